import { execFile } from 'node:child_process';
import { createSign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalGitHub, startLocalGitHub } from '../../src/local-github/server.ts';

/** JSON of unknown shape; `at` looks into it. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };
export type Hook = { readonly headers: IncomingHttpHeaders; readonly text: string; readonly body: unknown };
export type GitResult = { readonly code: number; readonly out: string };

const seed = (hookUrl: string) => `
organizations:
  acme:
    members: [mona, eve]
    teams:
      engineering: { members: [ada] }
      backend: { members: [{ login: barbara, role: maintainer }], parent: engineering }
      qa: { members: [grace, { login: linus, state: pending }], parent: engineering, privacy: closed }
      hidden: { members: [mona], privacy: secret }
users: { mona: { name: Mona Lisa }, robo: { type: Bot }, outsider: {} }
repositories:
  acme/payments:
    from: ./payments
    private: true
    permissions: { mona: admin, team:engineering: write, tess: triage, rob: read }
    environments: { production: { protection-rules: [gate] } }
    workflows:
      release.yml: { name: Release, jobs: { build: success, deploy: { environment: production }, after: success } }
      broken.yml: { jobs: { build: failure, after: success } }
      held.yml: { jobs: { build: success, deploy: held } }
  acme/site: { from: ./payments }
  acme/empty: { private: true, permissions: { mona: admin } }
apps:
  gate:
    id: 7
    private-key: ./gate.pem
    webhook: { url: '${hookUrl}', secret: development }
    client-secret: gate-secret
    callback-urls: ['http://127.0.0.1:9/callback']
    permissions: { contents: write, checks: write, issues: write, pull_requests: write, members: read, deployments: write, actions: write }
    events: [push, pull_request, pull_request_review, merge_group, issues, issue_comment, check_run, check_suite, create, delete, sub_issues, membership, workflow_dispatch, workflow_run, deployment, deployment_status, deployment_protection_rule]
    installed-on: [acme]
  viewer:
    id: 8
    private-key: ./viewer.pem
    permissions: { contents: read, issues: read }
    installed-on: [acme]
`;

/** The value at a path such as `items.0.name`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => {
    return typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  }, value);
}

export function textAt(value: unknown, path: string): string {
  const found = at(value, path);
  if (typeof found !== 'string') throw new Error(`${path} is not text in ${JSON.stringify(value)}`);
  return found;
}

export function numberAt(value: unknown, path: string): number {
  const found = at(value, path);
  if (typeof found !== 'number') throw new Error(`${path} is not a number in ${JSON.stringify(value)}`);
  return found;
}

export const column = (value: unknown, path: string): unknown[] =>
  (Array.isArray(value) ? value : []).map((row: unknown) => at(row, path));

/** An App's JSON web token; `claims` spoils it on purpose. */
export function jsonWebToken(keyFile: string, now: Date, claims: object = {}): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { iat: seconds - 10, exp: seconds + 300, iss: '7', ...claims };
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(readFileSync(keyFile), 'base64url')}`;
}

async function receiver() {
  const hooks: Hook[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      hooks.push({ headers: request.headers, text, body: JSON.parse(text) });
      response.writeHead(answer.status).end('heard');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { hooks, answer, url: `http://127.0.0.1:${port}/hooks`, close };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** A local GitHub with one private, one public and one empty repository, an App that listens, and a clock. */
export async function startWorld() {
  const root = mkdtempSync(join(tmpdir(), 'local-github-'));
  const listener = await receiver();
  mkdirSync(join(root, 'payments/docs'), { recursive: true });
  writeFileSync(join(root, 'payments/README.md'), 'payments\n');
  writeFileSync(join(root, 'payments/docs/plan.md'), 'plan\n');
  writeFileSync(join(root, 'seed.yml'), seed(listener.url));
  const clock = { now: new Date('2026-11-23T09:00:00.250Z') };
  const start = () =>
    startLocalGitHub({
      port: 0,
      data: join(root, 'data'),
      seed: { file: join(root, 'seed.yml') },
      now: () => clock.now,
    });
  const running: { host: LocalGitHub } = { host: await start() };
  const send = async (
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
    extra: Record<string, string> = {},
  ): Promise<Answer> => {
    const headers: Record<string, string> = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...extra,
    };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(path.startsWith('http') ? path : `${running.host.url}${path}`, {
      method,
      headers,
      ...content,
    });
    const raw = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') === true && raw !== '';
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(raw) : raw };
  };
  const key = (slug: string) => join(root, `${slug}.pem`);
  const app = (method: string, path: string, body?: unknown) =>
    send(method, path, jsonWebToken(key('gate'), clock.now), body);
  const mint = async (id: number, slug: string, body?: unknown): Promise<string> => {
    const jwt = jsonWebToken(key(slug), clock.now, { iss: String(id) });
    const listed = await send('GET', '/api/v3/app/installations', jwt);
    const path = `/api/v3/app/installations/${numberAt(listed.body, '0.id')}/access_tokens`;
    return textAt((await send('POST', path, jwt, body)).body, 'token');
  };
  const tokens: Record<string, string> = { gate: await mint(7, 'gate'), viewer: await mint(8, 'viewer') };
  const tokenOf = (who: string) => (who === 'anybody' ? null : (tokens[who] ?? `ghp_local_${who}`));
  return {
    root,
    clock,
    hooks: listener.hooks,
    hookAnswer: listener.answer,
    key,
    app,
    mint,
    send,
    tokenOf,
    url: () => running.host.url,
    /** Asks as a user, as the App `gate` or `viewer`, or as `anybody` without credentials. */
    rest: (who: string, method: string, path: string, body?: unknown, extra?: Record<string, string>) =>
      send(method, `/api/v3${path}`, tokenOf(who), body, extra),
    graphql: async (who: string, query: string, variables: object = {}) =>
      (await send('POST', '/api/graphql', tokenOf(who), { query, variables })).body,
    /** Everything the App heard since the last call, as `event.action`. */
    heard: async (): Promise<string[]> => {
      await running.host.idle();
      return listener.hooks
        .splice(0)
        .map((hook) => [hook.headers['x-github-event'], at(hook.body, 'action')].filter(Boolean).join('.'));
    },
    idle: () => running.host.idle(),
    /** Runs git as a user would; the token goes by environment. */
    git: (who: string, folder: string, ...args: string[]): Promise<GitResult> => {
      const token = tokenOf(who);
      const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
      const header =
        token === null
          ? {}
          : {
              GIT_CONFIG_COUNT: '1',
              GIT_CONFIG_KEY_0: 'http.extraheader',
              GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
            };
      const person = {
        GIT_AUTHOR_NAME: who,
        GIT_AUTHOR_EMAIL: `${who}@example.com`,
        GIT_COMMITTER_NAME: who,
        GIT_COMMITTER_EMAIL: `${who}@example.com`,
      };
      const env = {
        PATH: process.env['PATH'] ?? '',
        HOME: root,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        LC_ALL: 'C',
        ...header,
        ...person,
      };
      return new Promise((resolve) => {
        execFile('git', args, { cwd: folder, env }, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: `${stdout}${stderr}` }),
        );
      });
    },
    restart: async () => {
      await running.host.close();
      running.host = await start();
    },
    end: async () => {
      await running.host.close();
      await listener.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The head of a branch. */
export async function headOf(world: World, repository: string, branch = 'main'): Promise<string> {
  return textAt(
    (await world.rest('mona', 'GET', `/repos/${repository}/git/ref/heads/${branch}`)).body,
    'object.sha',
  );
}

/** A branch with one changed file, by the contents endpoint. */
export async function branchWith(
  world: World,
  branch: string,
  path: string,
  content: string,
): Promise<string> {
  const sha = await headOf(world, 'acme/payments');
  await world.rest('ada', 'POST', '/repos/acme/payments/git/refs', { ref: `refs/heads/${branch}`, sha });
  const body = { message: `Change ${path}`, content: Buffer.from(content).toString('base64'), branch };
  const known = await world.rest('ada', 'GET', `/repos/acme/payments/contents/${path}?ref=${branch}`);
  const change = known.status === 200 ? { ...body, sha: at(known.body, 'sha') } : body;
  const put = await world.rest('ada', 'PUT', `/repos/acme/payments/contents/${path}`, change);
  return textAt(put.body, 'commit.sha');
}
