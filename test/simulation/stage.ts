import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRateLedger } from '../../src/local-github/api/rate-limit.ts';
import { createFaultPlan, type FaultPlan } from '../../src/local-github/faults/plan.ts';
import { type Served, serve } from '../../src/local-github/faults/serve.ts';
import { applySeed } from '../../src/local-github/seed/apply-seed.ts';
import type { Seed } from '../../src/local-github/seed/read-seed.ts';
import type { Host, Viewer } from '../../src/local-github/state/host.ts';
import { accountByLogin } from '../../src/local-github/state/lookup.ts';
import { emptyState } from '../../src/local-github/state/state.ts';
import type { Delivery, Repository } from '../../src/local-github/state/types.ts';
import { openDeliveries } from '../../src/local-github/webhooks/deliver.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createSigner } from '../../src/records/signer.ts';
import { type Dispatched, watchDispatches } from './dispatched.ts';
import { createMemoryGit, type MemoryGit } from './memory-git.ts';
import {
  configurationText,
  recordsBranch,
  repositoryName,
  type Settings,
  teams,
  writers,
} from './subject.ts';
import { workflowJobs } from './workflow-files.ts';

export const appId = 1;
export const hostUrl = 'http://github.test';

/** Keys are the same for all seeds of a process: making them takes longer than a whole seed. */
const appKey = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string;
const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const made = createSigner(signingKey as string);
if (made.kind === 'problem') throw new Error(made.problem);
export const { signer } = made;
export { appKey };

/** A local GitHub in memory, that nobody reaches but by `ask` and by the state itself. */
export type Stage = {
  readonly host: Host;
  readonly repository: Repository;
  readonly git: MemoryGit;
  readonly faults: FaultPlan;
  /** Webhooks that were sent off and have not arrived. */
  readonly posted: Delivery[];
  /** Bugs of the local GitHub itself. */
  readonly bugs: string[];
  readonly ask: (request: Request) => Promise<Served>;
  /** Every run that the App had started, oldest first. */
  readonly dispatched: readonly Dispatched[];
  readonly as: (login: string, viaApp?: boolean) => Viewer;
  readonly head: (branch?: string) => string | undefined;
};

export async function setStage(clock: Clock): Promise<Stage> {
  const git = createMemoryGit();
  const state = emptyState();
  const now = () => new Date(clock.now());
  await applySeed({ state, now, createGit: async () => git }, seed, keyFile());
  const [repository] = state.repositories.values();
  if (repository === undefined) throw new Error('the seed holds no repository');
  const faults = createFaultPlan();
  const posted: Delivery[] = [];
  const bugs: string[] = [];
  const deliveries = openDeliveries({
    send: async (_, delivery) => void posted.push(delivery),
  });
  const host: Host = {
    state,
    url: () => hostUrl,
    now,
    log: (line) => {
      if (/^(bug|graphql): /.test(line)) bugs.push(line);
    },
    git: () => git,
    touched: () => undefined,
    delivered: () => undefined,
    announce: (change, sender) => deliveries.announce(host, change, sender),
  };
  const doors = { host, deliveries, ledger: openRateLedger(), faults, pause: async () => undefined };
  const { dispatched, ask } = watchDispatches(host, git, (request) => serve(doors, request));
  return {
    host,
    repository,
    git,
    faults,
    posted,
    bugs,
    ask,
    dispatched,
    as: (login, viaApp = false) => {
      const account = accountByLogin(state, login);
      if (account === null) throw new Error(`nobody is called ${login}`);
      return { kind: 'user', userId: account.id, viaAppId: viaApp ? 2 : null };
    },
    head: (branch = recordsBranch) => git.allRefs().get(`refs/heads/${branch}`),
  };
}

let keyPath: string | undefined;

/** The seed names its keys by file. */
function keyFile(): string {
  if (keyPath === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
    keyPath = join(folder, 'app.pem');
    writeFileSync(keyPath, appKey);
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  return keyPath;
}

const member = (login: string) => ({ login, role: 'member', state: 'active' }) as const;
const teamOf = (members: readonly string[]) => ({
  members: members.map(member),
  privacy: 'closed' as const,
});

const seed: Seed = {
  organizations: {
    acme: {
      members: ['mona'],
      teams: Object.fromEntries(Object.entries(teams).map(([slug, members]) => [slug, teamOf(members)])),
    },
  },
  users: { zoe: { type: 'User' }, robo: { type: 'Bot' }, tim: { type: 'User' } },
  repositories: {
    [repositoryName]: {
      private: false,
      permissions: Object.fromEntries(writers.map((login) => [login, login === 'mona' ? 'admin' : 'write'])),
      environments: {},
      workflows: Object.fromEntries(Object.entries(workflowJobs).map(([file, jobs]) => [file, { jobs }])),
    },
  },
  apps: {
    countersign: {
      id: appId,
      'private-key': 'app.pem',
      webhook: { url: 'http://app.test/hooks', secret: 'simulation' },
      permissions: {
        metadata: 'read',
        contents: 'write',
        checks: 'write',
        issues: 'write',
        pull_requests: 'read',
        members: 'read',
        deployments: 'write',
        actions: 'write',
      },
      events: [
        'push',
        'pull_request',
        'issue_comment',
        'issues',
        'check_run',
        'membership',
        'team',
        'deployment_status',
        'deployment_protection_rule',
        'workflow_run',
      ],
      'installed-on': ['acme'],
    },
    checker: {
      id: 3,
      'private-key': 'app.pem',
      permissions: { metadata: 'read', checks: 'write' },
      events: [],
      'installed-on': ['acme'],
    },
    typist: {
      id: 2,
      'private-key': 'app.pem',
      permissions: { metadata: 'read', issues: 'write' },
      events: [],
      'installed-on': ['acme'],
    },
  },
  faults: [],
};

/** The first commit holds the configuration and no release. */
export async function firstCommit({ git, host }: Stage, settings: Settings): Promise<void> {
  const content = Buffer.from(configurationText(settings));
  const treeSha = await git.editTree(null, [{ path: '.github/countersign.yml', content }]);
  const author = { name: 'GitHub', email: 'noreply@github.com', date: host.now().toISOString() };
  const sha = await git.writeCommit({ treeSha, parents: [], author, committer: author, message: 'Begin\n' });
  await git.updateRefs([
    { ref: 'refs/heads/main', before: null, after: sha },
    { ref: 'refs/tags/v1', before: null, after: sha },
  ]);
}
