import type { Outcome } from '../ports/work-queue.ts';

/** How one run ended: with an outcome, or with a bug (anything thrown is one, house style 9). */
export type Ending = Outcome | { readonly kind: 'bug'; readonly error: unknown };

const firstRetryMs = 1_000;
const longestRetryMs = 5 * 60_000;
/** A time already past would spin: our clock and the host's may differ a little (T20). */
const shortestWaitMs = 1_000;

/** What a delay depends on beside the ending; times in milliseconds since 1970. */
export type Resting = {
  /** Runs in a row that failed, this one included. */
  readonly failures: number;
  /** When the newest `waiting` outcome wanted to look again; a failed run does not forget it. */
  readonly due: number | undefined;
  readonly now: number;
};

/**
 * Milliseconds until the key runs again, or undefined to wait for an event. A retry without a time doubles from one
 * second to five minutes; a known deadline that comes earlier wins.
 */
export function nextDelay(ending: Ending, { failures, due, now }: Resting): number | undefined {
  switch (ending.kind) {
    case 'settled':
    case 'stalled':
      return undefined;
    case 'waiting':
      return isTime(due) ? Math.max(shortestWaitMs, due - now) : firstRetryMs;
    case 'retry':
    case 'bug': {
      const given = ending.kind === 'retry' ? ending.afterMs : undefined;
      const delay = given ?? backoffMs(failures);
      return isTime(due) && due > now ? Math.min(delay, due - now) : delay;
    }
  }
}

function isTime(due: number | undefined): due is number {
  return due !== undefined && !Number.isNaN(due);
}

function backoffMs(failures: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 20));
}
