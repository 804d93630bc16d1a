import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { environmentOn, type HostSide, startHostSide } from '../support/story/host-side.ts';
import { buildProgram, type ServedApp, startServedApp } from '../support/story/served-app.ts';
import { startWatchingProxy, type WatchingProxy } from '../support/story/watching-proxy.ts';
import { byQa, manifestOf } from '../support/whole-product.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-program-'));
let program: string;
beforeAll(async () => {
  program = await buildProgram(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let side: HostSide;
let proxy: WatchingProxy;
let app: ServedApp;
/** Told when a commit of the record is about to reach the host, which it does when the answer resolves. */
let onCommit: () => Promise<void>;

const opened = () =>
  app.said(({ recorded }) => Array.isArray(recorded) && recorded.includes('notice-posted'));
const start = () => startServedApp(program, environmentOn(side, proxy.port));

beforeEach(async () => {
  onCommit = async () => {};
  side = await startHostSide();
  proxy = await startWatchingProxy(side.port, async ({ body }) => {
    if (body.includes('createCommitOnBranch')) await onCommit();
  });
  app = start();
  await app.said(({ msg }) => msg === 'swept');
  await side.as('ada', side.idle).brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa }) });
  await opened();
});
afterEach(async () => {
  app.kill();
  await app.ended;
  await proxy.close();
  await side.close();
});

/** Sends the signal when the commit is on its way, and lets the commit go on only after that. */
async function terminateDuringCommit(): Promise<void> {
  const issue = await side.issue('signoff');
  const sent = new Promise<void>((resolve) => {
    onCommit = async () => {
      app.terminate();
      resolve();
    };
  });
  await side.as('grace', async () => {}).comments(issue, '/approve');
  await sent;
}

test('SIGTERM while the record is being written: it is finished, shown, and nothing is done twice', async () => {
  await terminateDuringCommit();
  expect(await app.ended).toBe(0);
  expect(app.output()).toContain('"msg":"stopped"');
  expect(side.records.kinds('r1').slice(-3)).toEqual(['vote-cast', 'activity-approved', 'release-succeeded']);
  expect(await side.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
  const head = side.records.head();
  onCommit = async () => {
    throw new Error('nothing is left to record');
  };
  app = start();
  await app.said(({ msg, repository }) => msg === 'reconciled' && repository === 'acme/payments');
  app.terminate();
  expect(await app.ended).toBe(0);
  expect(side.records.head()).toBe(head);
});

test('a host that never answers keeps the process ten seconds, and the vote is counted by the next one', async () => {
  const issue = await side.issue('signoff');
  const stuck = new Promise<void>((resolve) => {
    onCommit = () => {
      app.terminate();
      resolve();
      return new Promise(() => {});
    };
  });
  await side.as('grace', async () => {}).comments(issue, '/approve');
  await stuck;
  expect(await app.ended).toBe(0);
  expect(side.records.kinds('r1')).not.toContain('vote-cast');
  onCommit = async () => {};
  app = start();
  await app.said(({ decided }) => Array.isArray(decided) && decided.includes('signoff approved'));
  expect(side.records.kinds('r1').filter((kind) => kind === 'vote-cast')).toHaveLength(1);
});

test('SIGTERM while nothing is going on ends it at once', async () => {
  app.terminate();
  expect(await app.ended).toBe(0);
  expect(app.output()).toContain('"msg":"stopped"');
});
