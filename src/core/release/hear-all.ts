import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import type { Facts, Spoken } from './facts.ts';
import { type Listened, listen, record, threadOf, untilThen } from './listen.ts';
import { releaseUntil } from './release-until.ts';
import { failurePolicy } from './resolution.ts';
import { answersOn, isSettled } from './settled.ts';
import { spokenOn } from './spoken.ts';
import { type Heard, isLater, type OpenRelease, waitingAttempt } from './state.ts';

/**
 * Hears what was said on the threads of all activities. Where approving one bars from another (T16), a failure of one ends
 * the release or runs others, or somebody aborts it, words count in the order they were said, whichever thread they stand on: it must not matter
 * whether both were heard at once.
 */
export function hearAll(heard: Listened, facts: Facts, at: Instant): Listened {
  const activities = activitiesOf(heard.state.revision.plan);
  const coupled = activities.some((activity) => isCoupled(heard.state, activity));
  if (!coupled && !saidIn(heard.state, facts).some(({ body }) => /\/abort/i.test(body)))
    return activities.reduce((now, activity) => listen(now, activity, facts, at), heard);
  const silent = activities.reduce((now, activity) => listen(now, activity, facts, at, 0), heard);
  return saidIn(silent.state, facts).reduce((before, comment) => {
    const now = allUntil(before, comment, facts, at);
    return activities.reduce((then, activity) => listen(then, activity, facts, at, comment.id), now);
  }, silent);
}

const isCoupled = ({ revision }: OpenRelease, activity: Activity): boolean =>
  activity.apartFrom?.some(({ kind }) => kind === 'approvers') === true ||
  ['fail', 'run'].includes(failurePolicy(revision.plan, activity).kind);

/**
 * What the release had come to when somebody spoke, though nobody was there to record it (T20, decisions 0006, 0066). While
 * what people say of an activity is not understood, time decides nothing about it.
 */
export function allUntil(heard: Listened, comment: Spoken, facts: Facts, at: Instant): Listened {
  const now = activitiesOf(heard.state.revision.plan).reduce(
    (then, activity) =>
      then.unclear.has(activity.id)
        ? then
        : record(then, untilThen(then.state, activity, comment, facts, at)),
    heard,
  );
  return now.state.ended ? now : record(now, releaseUntil(now.state, comment, at));
}

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
