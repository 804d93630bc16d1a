import type { Clock } from '../ports/clock.ts';

/** What a timer of Node can hold, in milliseconds (24.8 days). */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of this machine. Timers do not keep the process alive. */
export const systemClock: Clock = { now: () => new Date().toISOString(), after };

function after(ms: number, task: () => void): () => void {
  let cancelled = false;
  let cancelRest = () => {};
  const timer = setTimeout(
    () => {
      if (cancelled) return;
      if (ms > longestTimerMs) cancelRest = after(ms - longestTimerMs, task);
      else task();
    },
    Math.max(0, Math.min(ms, longestTimerMs)),
  );
  timer.unref();
  return () => {
    cancelled = true;
    clearTimeout(timer);
    cancelRest();
  };
}
