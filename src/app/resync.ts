import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { Forge } from '../ports/forge.ts';
import type { WorkQueue } from '../ports/work-queue.ts';

const retryMs = 30_000;

export type Resync = {
  /** Asks for every repository the App is installed on; a failure is logged and tried again half a minute later. */
  run(): Promise<void>;
  /** Whether one run has succeeded since the start. */
  done(): boolean;
  stop(): void;
};

/** Lost webhooks cost time, never truth: everything is looked at again at the start and every hour (design 6). */
export function createResync(world: {
  readonly forge: Pick<Forge, 'repositories'>;
  readonly queue: Pick<WorkQueue, 'enqueue'>;
  readonly clock: Clock;
  readonly log: Logger;
}): Resync {
  let done = false;
  let stopped = false;
  let cancelRetry = () => {};
  const run = async (): Promise<void> => {
    if (stopped) return;
    cancelRetry();
    try {
      const repositories = await world.forge.repositories();
      for (const repository of repositories) world.queue.enqueue({ kind: 'repository', repository });
      done = true;
      world.log.info({ repositories: repositories.length }, 'resync');
    } catch (error) {
      world.log.warn({ err: error, retryMs }, 'The repositories could not be listed, trying again');
      if (!stopped) cancelRetry = world.clock.after(retryMs, () => void run());
    }
  };
  return {
    run,
    done: () => done,
    stop: () => {
      stopped = true;
      cancelRetry();
    },
  };
}
