import { activitiesOf } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { dueExpiry } from './clockwork.ts';
import { type Attempt, isClosed, type OpenRelease } from './state.ts';

/**
 * Whether an attempt that still waits has expired by then, though nobody was there to record it: what a revision asks for is
 * asked anew, as if somebody had been (decision 0067). Nothing expires while the gate is closed.
 */
export const isOverdue = (state: OpenRelease, attempt: Attempt, at: Instant, trusted: boolean): boolean =>
  !isClosed(state) &&
  activitiesOf(state.revision.plan).some(
    (activity) =>
      activity.id === attempt.activity && dueExpiry(activity, attempt, { at, trusted }).length > 0,
  );
