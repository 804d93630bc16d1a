import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { createBranchWriter } from '../../src/github/branch-writer.ts';
import { connect } from '../../src/github/connection.ts';
import { createForge } from '../../src/github/forge.ts';
import { createGitCredentials } from '../../src/github/git-credentials.ts';
import { hostOf } from '../../src/github/host.ts';
import { type LocalGitHub, startLocalGitHub } from '../../src/local-github/server.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { describeForge, type ForgeWorld } from '../contract/forge.contract.ts';
import type { Answered } from '../contract/rest.contract.ts';

const seed = `
organizations:
  acme:
    members: [mona]
    teams:
      engineering: { members: [ada] }
      qa: { members: [grace, { login: linus, state: pending }], parent: engineering, privacy: closed }
users: { mona: {}, ada: {}, grace: {}, linus: {}, robo: { type: Bot } }
repositories:
  acme/payments:
    from: ./payments
    private: true
    permissions: { mona: admin, team:engineering: write, robo: write }
apps:
  countersign:
    id: 4
    private-key: ./app.pem
    permissions: { contents: write, checks: write, issues: write, pull_requests: read, members: read }
    installed-on: [acme]
  other:
    id: 5
    private-key: ./other.pem
    permissions: { issues: write }
    installed-on: [acme]
`;

const folder = mkdtempSync(join(tmpdir(), 'forge-'));
let local: LocalGitHub;
let world: ForgeWorld;

/** The host judges times itself; nothing here waits. */
const clock: Clock = { now: () => new Date().toISOString(), after: () => () => {} };

const send = async (
  url: string,
  method: string,
  token: string | undefined,
  body?: object,
): Promise<Answered> => {
  const answer = await fetch(url, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as Answered;
};

beforeAll(async () => {
  mkdirSync(join(folder, 'payments'));
  writeFileSync(join(folder, 'payments', 'README.md'), '# Payments\n');
  writeFileSync(join(folder, 'seed.yml'), seed);
  local = await startLocalGitHub({
    port: 0,
    data: join(folder, 'data'),
    seed: { file: join(folder, 'seed.yml') },
  });
  const host = hostOf({ gheHost: `127.0.0.1:${local.port}`, gheProtocol: 'http' });
  const privateKey = readFileSync(join(folder, 'app.pem'), 'utf8');
  const connection = connect({ host, appId: 4, privateKey, clock });
  const otherKey = readFileSync(join(folder, 'other.pem'), 'utf8');
  const fetched = vi.spyOn(globalThis, 'fetch');
  const isCall = (url: string) => url.startsWith(`${host.web}/api/`) && !url.endsWith('/access_tokens');
  const local4 = (path: string, body: object) => send(`${local.url}${path}`, 'POST', undefined, body);
  world = {
    forge: createForge(connection),
    writer: createBranchWriter(connection),
    credentials: createGitCredentials(connection),
    restricted: createBranchWriter(connect({ host, appId: 5, privateKey: otherKey, clock })),
    impostor: createForge(connect({ host, appId: 4, privateKey: otherKey, clock })),
    api: host.api,
    act: async (who, route, body, through) => {
      const [method = '', path = ''] = route.split(' ');
      const minted =
        through &&
        ((await local4('/_local/user-token', { login: who, app: through })) as unknown as { token: string });
      return send(`${host.api}${path}`, method, minted?.token ?? `ghp_local_${who}`, body);
    },
    replyByEmail: (login, issue, body) =>
      local4('/_local/comment-by-email', { repository: 'acme/payments', issue, login, body }),
    calls: () => {
      const count = fetched.mock.calls.filter(([url]) => isCall(String(url))).length;
      fetched.mockClear();
      return count;
    },
  };
});

afterAll(async () => {
  vi.restoreAllMocks();
  await local.close();
  rmSync(folder, { recursive: true });
});

describeForge('the forge over the local GitHub', () => world);
