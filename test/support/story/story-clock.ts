import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { readDuration } from '../../../src/core/time/duration.ts';
import type { Clock } from '../../../src/ports/clock.ts';

/** The clock of a story's App, which tells what it was asked to do later, and when what shall happen at once has happened. */
export type StoryClock = Clock & {
  noneSoon(): Promise<void>;
  /** Milliseconds of every timer that has not run. */
  timers(): readonly number[];
  /**
   * Lets a duration such as `72h` pass for both sides, from timer to timer, each with all that follows from it. Throws
   * where the story goes by the machine's time.
   */
  passes(duration: string, quiet: () => Promise<void>): Promise<void>;
  /** Gives the date back to the machine. */
  end(): void;
};

type Timer = { readonly ms: number; readonly due: number; readonly run: () => void };

/**
 * The machine's clock; or, where `from` is given, one that stands still at that moment. The date is then the same for
 * everything in this process: the local GitHub, the App and the libraries between them; only sockets and processes go on.
 */
export function createStoryClock(from?: string): StoryClock {
  const pending = new Set<Timer>();
  if (from !== undefined) vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(from) });
  const byItself = (ms: number) => from === undefined || ms <= 0;
  const nextUntil = (end: number): Timer | undefined =>
    [...pending].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
  return {
    now: systemClock.now,
    after: (ms, task) => {
      const run = () => {
        pending.delete(timer);
        task();
      };
      const timer: Timer = { ms, due: Date.now() + ms, run };
      pending.add(timer);
      const cancel = byItself(ms) ? systemClock.after(ms, run) : () => {};
      return () => {
        pending.delete(timer);
        cancel();
      };
    },
    noneSoon: async () => {
      while ([...pending].some(({ ms }) => ms <= 0)) await setImmediate();
    },
    timers: () => [...pending].map(({ ms }) => ms),
    passes: async (text, quiet) => {
      const duration = readDuration(text);
      if (from === undefined || duration?.kind !== 'elapsed') throw new Error(`${text} cannot pass here`);
      await quiet();
      const end = Date.now() + duration.ms;
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        vi.setSystemTime(Math.max(Date.now(), next.due));
        next.run();
        await quiet();
      }
      vi.setSystemTime(end);
    },
    end: () => {
      if (from !== undefined) vi.useRealTimers();
    },
  };
}
