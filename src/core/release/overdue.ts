import { activitiesOf } from '../manifest/manifest.ts';
import { dueExpiry, type Moment } from './clockwork.ts';
import { type Attempt, isClosed, type OpenRelease } from './state.ts';

/** A release before its newest revision, and after it. */
type Revised = { readonly before: OpenRelease; readonly after: OpenRelease };

/**
 * Whether an attempt that still waits has expired when it is revised, though nobody was there to record it, or would at once:
 * what the revision asks for is asked anew (decision 0067). Nothing expires while the gate is closed.
 */
export const isOverdue = ({ before, after }: Revised, attempt: Attempt, moment: Moment): boolean =>
  !isClosed(before) &&
  [before, after]
    .flatMap(({ revision }) => activitiesOf(revision.plan))
    .some((activity) => activity.id === attempt.activity && dueExpiry(activity, attempt, moment).length > 0);
