import { createSign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalGitHub } from '../../../src/local-github/server.ts';

const seed = `
organizations:
  acme:
    members: [mona]
    teams:
      engineering: { members: [ada] }
      qa: { members: [grace, { login: linus, state: pending }], parent: engineering, privacy: closed }
users: { mona: { name: Mona Lisa, email: mona@example.com }, ada: {}, grace: {}, linus: {}, eve: {} }
repositories:
  acme/payments:
    from: ./payments
    private: true
    permissions: { mona: admin, team:engineering: write }
  acme/site: { from: ./payments, private: false }
apps:
  gate:
    id: 7
    private-key: ./gate.pem
    permissions: { contents: write, checks: write, issues: write, pull_requests: write, members: read }
    events: []
    installed-on: [acme]
  visitor:
    id: 8
    private-key: ./visitor.pem
    permissions: { metadata: read }
    events: []
    installed-on: [acme]
`;

/** JSON of unknown shape, read by path: the tests name exactly what they look at. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type World = Awaited<ReturnType<typeof startWorld>>;

function appToken(id: number, keyFile: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat: seconds - 10, exp: seconds + 300, iss: String(id) })}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(readFileSync(keyFile), 'base64url')}`;
}

/** The value at a path such as `data.repository.issues.nodes.0.number`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => {
    return typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  }, value);
}

export const text = (value: unknown, path: string): string => {
  const found = at(value, path);
  if (typeof found !== 'string') throw new Error(`${path} is not text in ${JSON.stringify(value)}`);
  return found;
};

/** A local GitHub with one private repository, two Apps and a clock that only the test moves. */
export async function startWorld() {
  const root = mkdtempSync(join(tmpdir(), 'local-github-'));
  mkdirSync(join(root, 'payments/releases'), { recursive: true });
  writeFileSync(join(root, 'payments/README.md'), 'payments\n');
  writeFileSync(join(root, 'payments/releases/one.yml'), 'release: one\n');
  writeFileSync(join(root, 'seed.yml'), seed);
  const clock = { now: new Date('2026-11-23T09:00:00Z') };
  const lines: string[] = [];
  const host = await startLocalGitHub({
    port: 0,
    data: join(root, 'data'),
    seed: { file: join(root, 'seed.yml') },
    now: () => clock.now,
    log: (line) => lines.push(line),
  });
  const request = async (method: string, path: string, token: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${host.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const raw = await response.text();
    return { status: response.status, headers: response.headers, body: raw === '' ? null : JSON.parse(raw) };
  };
  const installation = async (id: number, slug: string): Promise<string> => {
    const jwt = appToken(id, join(root, `${slug}.pem`), clock.now);
    const listed = await request('GET', '/app/installations', jwt);
    const made = await request('POST', `/app/installations/${at(listed.body, '0.id')}/access_tokens`, jwt);
    return text(made.body, 'token');
  };
  const tokens = { gate: await installation(7, 'gate'), visitor: await installation(8, 'visitor') };
  const tokenOf = (who: string): string =>
    who === 'gate' || who === 'visitor' ? tokens[who] : `ghp_local_${who}`;
  return {
    host,
    lines,
    clock,
    rest: (who: string, method: string, path: string, body?: unknown) =>
      request(method, path, tokenOf(who), body),
    /** Asks as an App's installation (`gate`, `visitor`) or as a person. */
    ask: async (who: string, query: string, variables: object = {}) =>
      (await request('POST', '/api/graphql', tokenOf(who), { query, variables })).body,
    raw: (token: string, body: unknown) => request('POST', '/graphql', token, body),
    end: async () => {
      await host.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
