import type { Instant } from '../values.ts';
import type { Facts } from './facts.ts';
import { type Listened, listen, threadOf } from './listen.ts';
import { spokenOn } from './spoken.ts';
import { activitiesOf, isLater, type OpenRelease, waitingAttempt } from './state.ts';

/**
 * Hears what was said on the threads of all activities. Where approving one bars from another, words count in the order
 * they were said, whichever thread they stand on: it must not matter whether both were heard at once (T16).
 */
export function hearAll(heard: Listened, facts: Facts, at: Instant): Listened {
  const activities = activitiesOf(heard.state.revision.plan);
  const coupled = activities.some(({ apartFrom = [] }) => apartFrom.some(({ kind }) => kind === 'approvers'));
  if (!coupled) return activities.reduce((now, activity) => listen(now, activity, facts, at), heard);
  const silent = activities.reduce((now, activity) => listen(now, activity, facts, at, 0), heard);
  return saidIn(silent.state, facts).reduce(
    (now, comment) => activities.reduce((then, activity) => listen(then, activity, facts, at, comment), now),
    silent,
  );
}

/** Ids of the comments of people on the threads of what waits, oldest first. */
function saidIn(state: OpenRelease, facts: Facts): readonly number[] {
  return activitiesOf(state.revision.plan)
    .flatMap(({ id }) => {
      const attempt = waitingAttempt(state, id);
      const thread = attempt ? threadOf(attempt, facts) : undefined;
      return thread ? spokenOn(thread) : [];
    })
    .map(({ id, createdAt }) => ({ comment: id, at: createdAt }))
    .sort((a, b) => (isLater(a, b) ? 1 : -1))
    .map(({ comment }) => comment);
}
