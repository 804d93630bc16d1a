import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Keys, an address and a seed: what a local GitHub and an App need before they know of each other. */
export type Ground = {
  readonly appKey: string;
  readonly signingKey: string;
  readonly seed: string;
  readonly port: number;
  readonly repositories: readonly string[];
};

const pem = (key: { export(how: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

const configuration = 'manifests: releases/*.yml\ntime-zone: UTC\n';

/** ada brings releases in, grace approves them, mona owns everything. */
export async function layGround(root: string, repositories: number): Promise<Ground> {
  const folder = join(root, 'first');
  mkdirSync(join(folder, '.github'), { recursive: true });
  writeFileSync(join(folder, '.github', 'countersign.yml'), configuration);
  const appKey = join(root, 'app.pem');
  const signingKey = join(root, 'signing.pem');
  writeFileSync(appKey, pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
  writeFileSync(signingKey, pem(generateKeyPairSync('ed25519').privateKey));
  const names = Array.from({ length: repositories }, (_, index) => `acme/service-${index}`);
  const port = await freePort();
  const seed = join(root, 'seed.yml');
  writeFileSync(seed, seedOf(names, appKey, port));
  return { appKey, signingKey, seed, port, repositories: names };
}

/** GitHub gives an organization of this size 12,500 calls an hour, enough to open a thousand releases in one go. */
const others = Array.from({ length: 170 }, (_, index) => `member-${index}`);

const seedOf = (names: readonly string[], appKey: string, port: number): string => `organizations:
  acme:
    members: [mona, ${others.join(', ')}]
    teams: { engineering: { members: [ada] }, qa: { members: [grace] } }
users: { mona: {}, ada: {}, grace: {}, ${others.map((name) => `${name}: {}`).join(', ')} }
repositories:
${names
  .map((name) => `  ${name}: { from: ./first, permissions: { team:engineering: write, team:qa: read } }\n`)
  .join('')}apps:
  countersign:
    id: 1
    private-key: ${appKey}
    webhook: { url: 'http://127.0.0.1:${port}/api/github/webhooks', secret: a-secret-of-the-bench }
    permissions: { metadata: read, contents: write, checks: write, statuses: write, issues: write, pull_requests: read, members: read }
    events: [push, pull_request, pull_request_review, issue_comment, issues, check_run, check_suite, deployment_status, membership, team, organization]
    installed-on: [acme]
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
