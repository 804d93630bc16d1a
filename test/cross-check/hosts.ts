import { createSign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'emulate';
import { startLocalGitHub } from '../../src/local-github/server.ts';

/** A host that answers REST requests at `url`, and the credentials of those who ask it. */
export type RestHost = {
  readonly name: 'local' | 'emulate';
  readonly url: string;
  /** A person's token. */
  readonly tokenOf: (login: string) => string;
};

export type Hosts = {
  readonly local: RestHost;
  readonly emulate: RestHost;
  /** Keys of the Apps, PEM; the same on both hosts. */
  readonly keyOf: (slug: App) => string;
  readonly end: () => Promise<void>;
};

export type App = 'countersign' | 'viewer' | 'other';

/** Numbers of the Apps, the same on both hosts. */
export const appIds: Readonly<Record<App, number>> = { countersign: 4, viewer: 5, other: 6 };

const seed = `
organizations:
  acme:
    members: [mona, ada]
    teams: { engineering: { members: [ada] } }
users: { mona: { name: Mona Lisa }, ada: { name: Ada }, grace: { name: Grace } }
repositories:
  acme/payments:
    from: ./payments
    private: true
    description: Pays
    permissions: { mona: admin, ada: write, team:engineering: write, grace: read }
  grace/notes: { from: ./payments, private: true }
apps:
  countersign:
    id: ${appIds.countersign}
    private-key: ./countersign.pem
    permissions: { contents: write, checks: write, issues: write, pull_requests: read, members: read }
    installed-on: [acme]
  viewer:
    id: ${appIds.viewer}
    private-key: ./viewer.pem
    permissions: { contents: read, issues: read }
    installed-on: [acme]
  other:
    id: ${appIds.other}
    private-key: ./other.pem
    permissions: { issues: write }
    installed-on: [acme]
`;

const people = ['mona', 'ada', 'grace'];

/** The same small world on both hosts: `acme/payments` with a README, its people, a team and two Apps. */
export const startHosts = async (): Promise<Hosts> => {
  const folder = mkdtempSync(join(tmpdir(), 'cross-check-'));
  mkdirSync(join(folder, 'payments'));
  writeFileSync(join(folder, 'payments', 'README.md'), '# payments\n\nPays\n');
  writeFileSync(join(folder, 'seed.yml'), seed);
  const local = await startLocalGitHub({
    port: 0,
    data: join(folder, 'data'),
    seed: { file: join(folder, 'seed.yml') },
  });
  const keyOf = (slug: App): string => readFileSync(join(folder, `${slug}.pem`), 'utf8');
  const emulate = await startEmulate(keyOf);
  return {
    // What GitHub serves at api.github.com is at the root here, so that both hosts are asked for the same paths.
    local: { name: 'local', url: local.url, tokenOf: (login) => `ghp_local_${login}` },
    emulate: { name: 'emulate', url: emulate.url, tokenOf: (login) => `token-of-${login}` },
    keyOf,
    end: async () => {
      await emulate.close();
      await local.close();
      rmSync(folder, { recursive: true });
    },
  };
};

const startEmulate = async (keyOf: (slug: App) => string) => {
  const app = (slug: App, installation: number, permissions: object) => ({
    app_id: appIds[slug],
    slug,
    name: slug,
    private_key: keyOf(slug),
    permissions,
    installations: [{ installation_id: installation, account: 'acme', repository_selection: 'all' }],
  });
  const emulate = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        people.map((login) => [`token-of-${login}`, { login, scopes: ['repo', 'admin:org', 'user'] }]),
      ),
      github: {
        users: [
          { login: 'mona', name: 'Mona Lisa' },
          { login: 'ada', name: 'Ada' },
          { login: 'grace', name: 'Grace' },
        ],
        orgs: [{ login: 'acme', members: [{ login: 'mona', role: 'admin' }, { login: 'ada' }] }],
        repos: [
          { owner: 'acme', name: 'payments', private: true, description: 'Pays' },
          { owner: 'grace', name: 'notes', private: true },
        ],
        apps: [
          app('countersign', 41, {
            contents: 'write',
            checks: 'write',
            issues: 'write',
            pull_requests: 'read',
            members: 'read',
          }),
          app('viewer', 51, { contents: 'read', issues: 'read' }),
          app('other', 61, { issues: 'write' }),
        ],
      },
    },
  });
  // Its seed knows neither teams nor the access of people.
  const arrange = async (method: string, path: string, body: object): Promise<void> => {
    const answer = await fetch(`${emulate.url}${path}`, {
      method,
      headers: { authorization: 'Bearer token-of-mona', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  await arrange('POST', '/orgs/acme/teams', { name: 'engineering', privacy: 'closed' });
  await arrange('PUT', '/orgs/acme/teams/engineering/memberships/ada', { role: 'member' });
  await arrange('PUT', '/orgs/acme/teams/engineering/repos/acme/payments', { permission: 'push' });
  await arrange('PUT', '/repos/acme/payments/collaborators/ada', { permission: 'push' });
  await arrange('PUT', '/repos/acme/payments/collaborators/grace', { permission: 'pull' });
  return emulate;
};

/** A JSON web token of an App; `claims` spoils it on purpose. */
export const jsonWebToken = (appId: number, key: string, now: Date, claims: object = {}): string => {
  const seconds = Math.floor(now.getTime() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { iat: seconds - 10, exp: seconds + 300, iss: String(appId), ...claims };
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(key, 'base64url')}`;
};
