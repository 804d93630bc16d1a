import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environmentOn, type HostSide, startHostSide } from '../support/story/host-side.ts';
import { buildProgram, type ServedApp, startServedApp } from '../support/story/served-app.ts';
import { type Passing, startWatchingProxy, type WatchingProxy } from '../support/story/watching-proxy.ts';
import { byQa, manifestOf } from '../support/whole-product.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-program-'));
const passed: Passing[] = [];
const commandLines = new Set<string>();
let side: HostSide;
let proxy: WatchingProxy;
let app: ServedApp;

beforeAll(async () => {
  const program = await buildProgram(folder);
  side = await startHostSide();
  proxy = await startWatchingProxy(side.port, async (passing) => {
    passed.push(passing);
    for (const line of runningCommands()) commandLines.add(line);
  });
  const environment = { ...environmentOn(side, proxy.port), LOG_LEVEL: 'trace', COUNTERSIGN_WRITER: 'git' };
  app = startServedApp(program, environment);
  await app.said(({ msg }) => msg === 'swept');
});
afterAll(async () => {
  app.kill();
  await app.ended;
  await proxy.close();
  await side.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What every user of the machine can read of every process. */
function runningCommands(): readonly string[] {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-axww', '-o', 'command=']).toString().split('\n');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/** Lines of a key that are its own. */
const keyLines = (pem: string): readonly string[] =>
  pem.split('\n').filter((line) => /^[\w+/=]{20,}$/.test(line));

/** Everything that would let somebody be us, by what it is. */
function secrets(): ReadonlyMap<string, string> {
  const found = new Map([['a-secret-of-the-story', 'webhook secret']]);
  for (const [file, what] of [
    [side.ground.appKey, 'App key'],
    [side.ground.signingKey, 'signing key'],
  ] as const)
    for (const line of keyLines(readFileSync(file, 'utf8'))) found.set(line, what);
  for (const { authorization = '' } of passed) {
    const [scheme = '', credential = ''] = authorization.split(' ');
    if (credential === '') continue;
    const plain = scheme.toLowerCase() === 'basic' ? Buffer.from(credential, 'base64').toString() : '';
    found.set(credential, `${scheme} credential`);
    if (plain !== '') found.set(plain.slice(plain.indexOf(':') + 1), 'password of git');
  }
  return found;
}

const leaksIn = (text: string): readonly string[] => [
  ...new Set([...secrets()].flatMap(([secret, what]) => (text.includes(secret) ? [what] : []))),
];

/** Every file below a folder that is not compressed by git, as one text. */
function filesIn(directory: string): string {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

const objectsOf = (repository: string): string =>
  execFileSync('git', ['-C', repository, 'cat-file', '--batch', '--batch-all-objects'], {
    maxBuffer: 2 ** 28,
  }).toString('latin1');

test('T19: no token, key or secret is in a log, an error, a process list or a record', async () => {
  const manifest = manifestOf('r1', { signoff: byQa });
  await side.as('ada', side.idle).brings('r1', { 'releases/r1.yml': manifest });
  await app.said(({ recorded }) => Array.isArray(recorded) && recorded.includes('notice-posted'));
  // Errors of each kind: the host breaks off, refuses, and limits; git fails; somebody sends nonsense.
  await side.trouble(
    { on: 'graphql repository', do: 'fail' },
    { on: 'graphql', do: 'cut', call: 2 },
    { on: 'git', do: 'fail', status: 503, times: 2 },
  );
  const webhook = `http://127.0.0.1:${side.ground.appPort}/api/github/webhooks`;
  await fetch(webhook, {
    method: 'POST',
    body: '{"secret":"a-secret-of-the-story"}',
    headers: { 'x-github-event': 'push', 'x-github-delivery': 'one', 'x-hub-signature-256': 'sha256=00' },
  });
  await side.as('grace', async () => {}).comments(await side.issue('signoff'), '/approve');
  await app.said(({ decided }) => Array.isArray(decided) && decided.includes('signoff approved'));
  app.terminate();
  expect(await app.ended).toBe(0);

  expect(leaksIn(app.output())).toEqual([]);
  expect(leaksIn([...commandLines].join('\n'))).toEqual([]);
  expect(leaksIn(objectsOf(side.bare))).toEqual([]);
  expect(leaksIn(passed.map(({ path, body }) => `${path} ${body}`).join('\n'))).toEqual([]);
  expect(leaksIn(filesIn(join(side.root, 'app')))).toEqual([]);
});

test('and the test above had something to find, everywhere it looked', () => {
  const kinds = new Set(secrets().values());
  for (const kind of ['webhook secret', 'App key', 'signing key', 'password of git'])
    expect(kinds).toContain(kind);
  expect([...kinds].some((kind) => /^(bearer|token) /i.test(kind))).toBe(true);
  expect([...commandLines].some((line) => /\bgit\b.* push /.test(line))).toBe(true);
  expect([...commandLines].some((line) => /\bgit\b.* fetch /.test(line))).toBe(true);
  expect(app.output()).toMatch(/"level":(40|50)/);
  expect(objectsOf(side.bare)).toContain('"kind":"vote-cast"');
  expect(leaksIn('the word a-secret-of-the-story')).toEqual(['webhook secret']);
});
