import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { Key } from '../ports/work-queue.ts';

const retryMs = 30_000;

export type Resync = {
  /** Asks for every repository the App is installed on; a failure is logged and tried again half a minute later. */
  run(): Promise<void>;
  /** Whether one run has succeeded since the start. */
  done(): boolean;
  /** `owner/name` of what the last run that succeeded has seen. */
  repositories(): readonly string[];
  stop(): void;
};

/** Lost webhooks cost time, never truth: everything is looked at again at the start and every hour (design 6). */
export function createResync(world: {
  /** Lists the repositories, `owner/name`. */
  readonly look: () => Promise<readonly string[]>;
  /** Asks for work that decides nothing. */
  readonly upkeep: (key: Key) => void;
  readonly clock: Clock;
  readonly log: Logger;
}): Resync {
  let seen: readonly string[] | undefined;
  let stopped = false;
  let cancelRetry = () => {};
  const run = async (): Promise<void> => {
    if (stopped) return;
    cancelRetry();
    try {
      const repositories = await world.look();
      for (const repository of repositories) world.upkeep({ kind: 'repository', repository });
      seen = repositories;
      world.log.info({ repositories: repositories.length }, 'resync');
    } catch (error) {
      world.log.warn({ err: error, retryMs }, 'The repositories could not be listed, trying again');
      if (!stopped) cancelRetry = world.clock.after(retryMs, () => void run());
    }
  };
  return {
    run,
    done: () => seen !== undefined,
    repositories: () => seen ?? [],
    stop: () => {
      stopped = true;
      cancelRetry();
    },
  };
}
