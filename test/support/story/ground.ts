import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createSigner } from '../../../src/records/signer.ts';

/** What a story's world is made of before anything runs: keys, ports and the seed of the local GitHub. */
export type Ground = {
  readonly seedFile: string;
  readonly appKey: string;
  readonly signingKey: string;
  /** How the signing key is named to `verify`. */
  readonly fingerprint: string;
  readonly appPort: number;
};

const pem = (key: { export(how: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Members of further teams, by slug. */
export type Teams = Readonly<Record<string, readonly string[]>>;

// Made once a file of tests: primes take their time.
const appKeyText = pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);

export const newSigningKey = (): { readonly text: string; readonly fingerprint: string } => {
  const text = pem(generateKeyPairSync('ed25519').privateKey);
  const made = createSigner(text);
  if (made.kind === 'problem') throw new Error(made.problem);
  return { text, fingerprint: made.signer.fingerprint };
};

const configuration = `manifests: releases/*.yml
time-zone: Europe/Berlin
roles:
  release-manager: { users: [mona], teams: [release] }
`;

const people = ['mona', 'ada', 'alan', 'grace', 'katherine', 'linus', 'radia', 'tim', 'eve'];

/**
 * ada and alan may write and bring releases in; grace and katherine are QA (linus is invited, robo is a machine on the
 * team); radia, tim and katherine are SRE; eve may write but is on no team; mona owns everything.
 */
const seedOf = (appKey: string, appPort: number, teams: Teams, inherits: boolean): string => `organizations:
  acme:
    members: [mona]
    teams:
      engineering: { members: [ada, alan] }
      qa: { members: [grace, katherine, ada, robo, { login: linus, state: pending }] }
      sre: { members: [radia, tim, katherine] }
      release: { members: [mona] }
${Object.entries(teams)
  .map(([slug, members]) => `      ${slug}: { members: [${members.join(', ')}] }\n`)
  .join('')}users:
${people.map((login) => `  ${login}: { email: ${login}@example.com }\n`).join('')}  robo: { type: Bot }
repositories:
  acme/payments:
    from: ./payments
    private: true
    environments: { vault: { protection-rules: [countersign], branches: protected, admins-bypass: false } }
    workflows:
      smoke.yml: { jobs: { smoke-tests: success } }
      broken.yml: { jobs: { smoke-tests: failure } }
      forged.yml: { jobs: { smoke-tests: success } }
      deploy.yml: { jobs: { deploy: held } }
      rollback.yml: { jobs: { rollback: success } }
      ship.yml: { jobs: { ship: { environment: vault, conclusion: held } } }
    permissions: { mona: admin, team:engineering: write, team:qa: read, team:sre: read, grace: read, eve: write, robo: write, linus: read }
${inherits ? above : ''}apps:
  countersign:
    id: 1
    private-key: ${appKey}
    webhook: { url: 'http://127.0.0.1:${appPort}/api/github/webhooks', secret: a-secret-of-the-story }
    permissions: { metadata: read, contents: write, checks: write, statuses: write, issues: write, pull_requests: read, members: read, deployments: write, actions: write }
    events: [workflow_run, deployment_protection_rule, push, pull_request, pull_request_review, issue_comment, issues, check_run, check_suite, deployment_status, membership, team, organization]
    installed-on: [acme]
  typist:
    id: 2
    private-key: ${appKey}
    permissions: { metadata: read, issues: write }
    installed-on: [acme]
`;

/** The organization's own repository; its people may bring changes in there as well. */
const above = `  acme/.github:
    from: ./above
    private: true
    permissions: { mona: admin, team:engineering: write, team:qa: read, team:sre: read }
`;

/** Lays the ground in a folder. \`files\` join the first commit, which holds the configuration and no release. */
export async function layGround(
  root: string,
  files: Readonly<Record<string, string>>,
  teams: Teams = {},
  inherited?: Readonly<Record<string, string>>,
): Promise<Ground> {
  const appKey = join(root, 'app.pem');
  const signingKey = join(root, 'signing.pem');
  const seedFile = join(root, 'seed.yml');
  const appPort = await freePort();
  const { text, fingerprint } = newSigningKey();
  const first = { 'README.md': '# Payments\n', '.github/countersign.yml': configuration, ...files };
  lay(join(root, 'payments'), first);
  if (inherited !== undefined) lay(join(root, 'above'), { 'README.md': '# Everybody\n', ...inherited });
  writeFileSync(appKey, appKeyText);
  writeFileSync(signingKey, text);
  writeFileSync(seedFile, seedOf(appKey, appPort, teams, inherited !== undefined));
  return { seedFile, appKey, signingKey, fingerprint, appPort };
}

function lay(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Below what systems hand out by themselves, to others too: so nobody gets a port between this look and its use. */
const firstPort = 12_000;
const portsOfWorker = 400;
let tried = 0;

/**
 * A port that is free, and that no other worker of the test runner looks at. The App comes back to the port that its webhooks go
 * to, so that it must be known before.
 */
export async function freePort(): Promise<number> {
  const first = firstPort + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 40) * portsOfWorker;
  for (let left = portsOfWorker; left > 0; left -= 1) {
    const port = first + (tried % portsOfWorker);
    tried += 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`all ports from ${first} on are taken`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
