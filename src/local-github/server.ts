import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { hourlyLimit, openRateLedger, type RateLimits } from './api/rate-limit.ts';
import { openBackground } from './background.ts';
import { createFaultPlan, type FaultPlan } from './faults/plan.ts';
import { serve, type TroubledDoors } from './faults/serve.ts';
import type { GitRepository } from './git/git-repository.ts';
import { createBareRepository, openRepository } from './git/open-repository.ts';
import { followQueue } from './merge-queue/follow-queue.ts';
import { openPages } from './pages/open-pages.ts';
import { applySeed } from './seed/apply-seed.ts';
import { readSeed } from './seed/read-seed.ts';
import { openDeliveryLog, readDeliveries } from './state/delivery-log.ts';
import type { Host } from './state/host.ts';
import { hasSnapshot, keepSnapshots, readSnapshot, writeSnapshot } from './state/snapshot.ts';
import { emptyState, type State } from './state/state.ts';
import type { Delivery, Repository } from './state/types.ts';
import { openDeliveries } from './webhooks/deliver.ts';

export type LocalGitHubOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  /** Directory for everything; created when missing, and found again after a restart. */
  readonly data: string;
  /** Read only when `data` holds nothing yet. */
  readonly seed?: { readonly file: string };
  readonly log?: (line: string) => void;
  readonly now?: () => Date;
  /**
   * Whether every request, response and webhook is compared with GitHub's published descriptions, in which case `close`
   * throws if anything differed. True unless said otherwise; costs half a second to load, and time for each call.
   */
  readonly strict?: boolean;
  /** Which of GitHub's rate limits refuse requests. Unless said otherwise the hourly one does, the secondary ones do not. */
  readonly limits?: Partial<RateLimits>;
};

export type LocalGitHub = {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
  /** Resolves when every webhook delivery on its way has been answered. */
  readonly idle: () => Promise<void>;
  /** What differed from GitHub's description so far, in sentences; empty where `strict` is off. */
  readonly violations: () => readonly string[];
};

/** Starts a local GitHub. Throws a `SeedError` on a bad seed, and on an unreadable snapshot or a taken port. */
export async function startLocalGitHub(options: LocalGitHubOptions): Promise<LocalGitHub> {
  const { data, log = () => undefined, now = () => new Date() } = options;
  mkdirSync(join(data, 'repositories'), { recursive: true, mode: 0o700 });
  const opened = new Map<number, GitRepository>();
  const git = (repository: Repository): GitRepository => {
    const known = opened.get(repository.id);
    if (known) return known;
    const fresh = openRepository(join(data, 'repositories', `${repository.id}.git`));
    opened.set(repository.id, fresh);
    return fresh;
  };
  const faults = createFaultPlan();
  const judge = (options.strict ?? true) ? await (await import('./fidelity/judge.ts')).openJudge() : null;
  const state = await loadState(options, now, git, faults);
  const keeper = keepSnapshots(data, state, log);
  const deliveryLog = openDeliveryLog(data, log);
  const background = openBackground(log);
  const deliveries = openDeliveries({ faults, judge: judge?.webhook });
  let url = '';
  const host: Host = {
    state,
    url: () => url,
    now,
    log,
    git,
    touched: keeper.touched,
    delivered: deliveryLog.append,
    announce: (change, senderId) => {
      keeper.touched();
      deliveries.announce(host, change, senderId);
      background.run(() => followQueue(host, change));
    },
  };
  const limits = { primary: true, secondary: false, ...options.limits };
  const ledger = openRateLedger((viewer) => hourlyLimit(host, viewer), limits);
  const pages = openPages(data);
  const web = webOf({ host, deliveries, ledger, faults, pages, pause: setTimeout, judge });
  const server = createAdaptorServer({ fetch: web.fetch });
  const hostname = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, hostname, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const violations = judge?.violations ?? (() => []);
  url = `http://${hostname}:${port}`;
  const idle = async () => {
    await background.idle();
    await deliveries.idle();
  };
  return {
    url,
    port,
    idle,
    violations,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await background.idle();
      await deliveries.stop();
      for (const repository of opened.values()) repository.close();
      await deliveryLog.flush();
      await keeper.flush();
      if (violations().length > 0)
        throw new Error(`This is not as GitHub describes it:\n${violations().join('\n')}`);
    },
  };
}

/** Everything over HTTP; a connection that is to be cut ends without a word. */
function webOf(doors: TroubledDoors) {
  return new Hono<{ Bindings: HttpBindings }>().all('*', async (context) => {
    const served = await serve(doors, context.req.raw);
    if (served.kind === 'answer') return served.response;
    context.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  });
}

/** The log may be ahead of the snapshot after a crash; its ids are never given twice. */
function restoreDeliveries(state: State, deliveries: readonly Delivery[]): void {
  for (const delivery of deliveries) {
    state.deliveries.set(delivery.id, delivery);
    state.counters['delivery'] = Math.max(state.counters['delivery'] ?? 0, delivery.id + 1);
  }
}

/** The state of an earlier run, or a fresh one from the seed, with the faults it asks for. */
async function loadState(
  options: LocalGitHubOptions,
  now: () => Date,
  git: (repository: Repository) => GitRepository,
  faults: FaultPlan,
): Promise<State> {
  const { data, seed } = options;
  if (hasSnapshot(data)) {
    const state = readSnapshot(data);
    restoreDeliveries(state, readDeliveries(data));
    return state;
  }
  const state = emptyState();
  const createGit = async (repository: Repository) => {
    await createBareRepository(
      data,
      join(data, 'repositories', `${repository.id}.git`),
      repository.defaultBranch,
    );
    return git(repository);
  };
  if (seed) {
    const read = readSeed(seed.file);
    await applySeed({ state, now, createGit }, read, seed.file);
    faults.add(read.faults);
  }
  await writeSnapshot(data, state);
  return state;
}
