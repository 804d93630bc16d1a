import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { Forge } from '../ports/forge.ts';
import type { Key } from '../ports/work-queue.ts';
import type { Memory } from '../reconcile/memory.ts';
import { dueForReading } from '../reconcile/sweep.ts';
import { countCalls } from './count-calls.ts';
import type { Redelivered } from './redelivery.ts';
import type { Resync } from './resync.ts';

/** How one sweep ended, for whoever counts; `calls` are those of the sweep itself, not of the work it asked for. */
export type SweepEnding = {
  readonly kind: 'redelivery' | 'repositories';
  readonly result: 'done' | 'failed';
  readonly calls: number;
  readonly redeliveries: number;
};

export type SweeperWorld = {
  readonly resync: Resync;
  /** Asks for the releases of a repository that moved; answers how many. */
  readonly sweep: (repository: string) => Promise<number>;
  readonly redeliver: () => Promise<Redelivered>;
  readonly memory: Pick<Memory, 'open'>;
  readonly spareTime: Forge['spareTime'];
  /** Asks for work that decides nothing. */
  readonly upkeep: (key: Key) => void;
  readonly clock: Clock;
  readonly log: Logger;
  readonly counted: (sweep: SweepEnding) => void;
};

/**
 * Everything that was missed is found by looking again (design 6); none of it is on the path of a decision, so it waits
 * where the rest of the hour's quota is kept for these (T17), and is made up for then.
 */
export type Sweeper = {
  /** Looks at every repository, and for releases that moved without our hearing of it. */
  everyHour(): Promise<void>;
  /** Has failed deliveries repeated, sweeps what the last hour could not, and reads the day's share of open releases. */
  everyFiveMinutes(): Promise<void>;
};

export function createSweeper(world: SweeperWorld): Sweeper {
  const { clock, log, resync } = world;
  /** Repositories whose last sweep failed, or had to wait for a new quota. */
  const behind = new Set<string>();
  let readUpTo = Date.parse(clock.now());
  const sweepAll = async (repositories: readonly string[]) => {
    const found = { releases: 0, failed: 0, postponed: 0 };
    // One after the other: a host that is asked for many things at once takes it ill.
    for (const repository of repositories) {
      behind.add(repository);
      try {
        if (world.spareTime(repository) > 0) found.postponed += 1;
        else {
          found.releases += await world.sweep(repository);
          behind.delete(repository);
        }
      } catch (error) {
        found.failed += 1;
        log.warn({ err: error, repository }, 'A repository could not be swept, trying again in five minutes');
      }
    }
    return found;
  };
  const sweepRepositories = (repositories: readonly string[]): Promise<void> =>
    told(world, 'repositories', async () => {
      const found = await sweepAll(repositories);
      return { line: { repositories: repositories.length, ...found }, failed: found.failed > 0 };
    });
  const redeliver = (): Promise<void> =>
    told(world, 'redelivery', async () => {
      const { asked, givenUp, cut } = await world.redeliver();
      if (givenUp > 0)
        log.warn({ deliveries: givenUp }, 'Deliveries failed again and again and are given up');
      return { line: { redeliveries: asked, cut }, redeliveries: asked };
    });
  return {
    everyHour: async () => {
      await resync.run();
      await sweepRepositories(resync.repositories());
    },
    everyFiveMinutes: async () => {
      await redeliver();
      if (behind.size > 0) await sweepRepositories([...behind]);
      const now = Date.parse(clock.now());
      for (const key of dueForReading(world.memory, readUpTo, now)) world.upkeep(key);
      readUpTo = now;
    },
  };
}

type Told = { readonly line: object; readonly redeliveries?: number; readonly failed?: boolean };

/** Runs a sweep, counts it, and logs one line. Nothing that goes wrong here may end the process: the next tick tries again. */
async function told(
  world: SweeperWorld,
  kind: SweepEnding['kind'],
  work: () => Promise<Told>,
): Promise<void> {
  const { log, counted } = world;
  const { value, calls } = await countCalls(async () => {
    try {
      return { kind: 'done', ...(await work()) } as const;
    } catch (error) {
      return { kind: 'broken', error } as const;
    }
  });
  if (value.kind === 'broken') {
    log.warn({ err: value.error, sweep: kind, calls }, 'A sweep failed, trying again in five minutes');
    counted({ kind, result: 'failed', calls, redeliveries: 0 });
    return;
  }
  const { line, redeliveries = 0, failed = false } = value;
  log.info({ sweep: kind, ...line, calls }, 'swept');
  counted({ kind, result: failed ? 'failed' : 'done', calls, redeliveries });
}
