import type { Clock } from '../../src/ports/clock.ts';

/** A clock that stands still until it is told to move. */
export type ManualClock = Clock & {
  /** Moves on by `ms`, running what falls due on the way, in order of time. */
  advance(ms: number): void;
  /** Milliseconds until each pending timer, nearest first. */
  pending(): readonly number[];
};

export function createManualClock(start = '2026-11-23T09:00:00.000Z'): ManualClock {
  let now = Date.parse(start);
  let timers: { at: number; task: () => void }[] = [];
  const sorted = () => [...timers].sort((a, b) => a.at - b.at);
  const runNext = (limit: number): boolean => {
    const next = sorted()[0];
    if (next === undefined || next.at > limit) return false;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.task();
    return true;
  };
  return {
    now: () => new Date(now).toISOString(),
    after: (ms, task) => {
      const timer = { at: now + ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const limit = now + ms;
      while (runNext(limit));
      now = limit;
    },
    pending: () => sorted().map((timer) => timer.at - now),
  };
}
