import { ForgeError } from '../ports/forge.ts';
import type { Outcome } from '../ports/work-queue.ts';

/** What happens next after a failure of the host (house style 9). Anything that is no `ForgeError` is a bug. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ForgeError)) throw error;
  switch (error.code) {
    case 'unavailable':
      return {
        kind: 'retry',
        why: error.message,
        ...(error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs }),
      };
    case 'forbidden':
      return { kind: 'stalled', who: 'the administrator of the GitHub App', what: error.message };
    case 'not-found':
      return { kind: 'stalled', who: 'the administrator of the repository', what: error.message };
    case 'invalid':
      throw error;
  }
}
