import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import type { Facts, Spoken } from './facts.ts';
import { type Listened, listen, record, threadOf, untilThen } from './listen.ts';
import { answersOn, isSettled } from './settled.ts';
import { spokenOn } from './spoken.ts';
import { type Heard, isLater, type OpenRelease, waitingAttempt } from './state.ts';

/**
 * Hears what was said on the threads of all activities. Where approving one bars from another, words count in the order
 * they were said, whichever thread they stand on: it must not matter whether both were heard at once (T16).
 */
export function hearAll(heard: Listened, facts: Facts, at: Instant): Listened {
  const activities = activitiesOf(heard.state.revision.plan);
  const coupled = activities.some(({ apartFrom = [] }) => apartFrom.some(({ kind }) => kind === 'approvers'));
  if (!coupled) return activities.reduce((now, activity) => listen(now, activity, facts, at), heard);
  const silent = activities.reduce((now, activity) => listen(now, activity, facts, at, 0), heard);
  return saidIn(silent.state, facts).reduce((before, comment) => {
    const now = activities.reduce((then, activity) => bring(then, activity, comment, facts, at), before);
    return activities.reduce((then, activity) => listen(then, activity, facts, at, comment.id), now);
  }, silent);
}

/** What time had made of one activity bars from another from then on, whichever people speak of. */
const bring = (heard: Listened, activity: Activity, comment: Spoken, facts: Facts, at: Instant): Listened =>
  heard.unclear.has(activity.id)
    ? heard
    : record(heard, untilThen(heard.state, activity, comment, facts, at));

/** Comments of people on the threads of what waits, oldest first; those that are settled are past. */
function saidIn(state: OpenRelease, facts: Facts): readonly Spoken[] {
  return activitiesOf(state.revision.plan)
    .flatMap(({ id }) => {
      const attempt = waitingAttempt(state, id);
      const thread = attempt ? threadOf(attempt, facts) : undefined;
      const answered = thread && answersOn(thread);
      return answered ? spokenOn(thread).filter((comment) => !isSettled(comment, answered)) : [];
    })
    .sort((a, b) => (isLater(placeOf(a), placeOf(b)) ? 1 : -1));
}

const placeOf = ({ id, createdAt }: Spoken): Heard => ({ comment: id, at: createdAt });
