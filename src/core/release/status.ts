import { type Activity, activitiesOf, isManual, type Phase } from '../manifest/manifest.ts';
import { verdictOf } from './ballot.ts';
import type { Ending } from './ending.ts';
import { hasFailed, isComplete, isSkipped, passage } from './resolution.ts';
import {
  type Attempt,
  deferralOf,
  isClosed,
  latestAttempt,
  type OpenRelease,
  type ReleaseEnding,
  standingOpening,
} from './state.ts';

/** Where an activity stands. `superseded` shows as pending: its next attempt has not begun. */
export type ActivityStatus =
  | 'pending'
  | 'waiting'
  | 'deferred'
  | 'blocked'
  /** Its turn has come, and something has to hold first. */
  | 'held'
  | 'running'
  | 'approved'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'expired'
  | 'ignored'
  | 'skipped'
  | 'aborted';
export type PhaseStatus = 'pending' | 'waiting-for-approval' | 'succeeded' | 'failed';
export type ReleaseStatus = 'scheduled' | 'running' | 'on-hold' | 'closed' | ReleaseEnding['kind'];

/** What keeps activities from beginning or being decided, in words, by activity id. */
export type Hindrances = ReadonlyMap<string, string>;

/** A workflow that was started goes on, whatever shuts its environment meanwhile. */
const isRunning = ({ dispatch }: Attempt): boolean => dispatch?.answer?.kind === 'run';

/** Computed, never stored (design 2). */
export function activityStatus(state: OpenRelease, id: string, hindrances: Hindrances): ActivityStatus {
  if (isSkipped(state, id)) return 'skipped';
  const attempt = latestAttempt(state, id);
  if (attempt?.overruled?.act === 'ignore') return 'ignored';
  // What was superseded or is tried again shows as pending: its next attempt has not begun.
  const over = attempt?.ending?.kind === 'superseded' || attempt?.overruled !== undefined;
  if (attempt?.ending && !over) return attempt.ending.kind as Exclude<Ending['kind'], 'superseded'>;
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === id);
  if (hindrances.has(id) && (!activity || isManual(activity))) return 'blocked';
  if (over) return 'pending';
  if (!attempt || !activity) return 'pending';
  if (!isManual(activity))
    return activity.environment === undefined || standingOpening(attempt) || isRunning(attempt)
      ? 'running'
      : 'held';
  if (deferralOf(attempt)) return 'deferred';
  const verdict = verdictOf(state, activity, attempt, []);
  if (verdict.status === 'blocked') return 'blocked';
  return verdict.status === 'waiting' && verdict.first ? 'held' : 'waiting';
}

/** Where each activity stands. */
export type StatusOf = (id: string) => ActivityStatus;

/** `activityStatus` of one state, worked out once for everything that shows it: verdicts take most of the time. */
export const statusesOf = (state: OpenRelease, hindrances: Hindrances): StatusOf => {
  const known = new Map<string, ActivityStatus>();
  return (id) => {
    const status = known.get(id) ?? activityStatus(state, id, hindrances);
    known.set(id, status);
    return status;
  };
};

/** A phase cannot complete until all its activities are resolved (S-122, S-124, S-046). */
export function phaseStatus(state: OpenRelease, phase: Phase, statusOf: StatusOf): PhaseStatus {
  const all = phase.activities.map(({ id }) => statusOf(id));
  if (phase.activities.some((activity) => isStuck(state, activity))) return 'failed';
  if (all.some((status) => status === 'waiting' || status === 'blocked')) return 'waiting-for-approval';
  return isComplete(state, phase) ? 'succeeded' : 'pending';
}

/** On hold as soon as any manual activity waits (S-119); failed when one was rejected and nothing else waits. */
export function releaseStatus(state: OpenRelease, statusOf: StatusOf): ReleaseStatus {
  if (isClosed(state)) return 'closed';
  if (state.ended) return state.ended.kind;
  const all = activitiesOf(state.revision.plan).map(({ id }) => statusOf(id));
  if (all.some((status) => status === 'waiting' || status === 'blocked')) return 'on-hold';
  if (hasRejection(state)) return 'failed';
  if (all.some((status) => status === 'deferred')) return 'scheduled';
  const begun = Object.keys(state.attempts).length > 0;
  return begun || state.revision.plan.start === undefined ? 'running' : 'scheduled';
}

/** How many activities require somebody's input (S-120). */
export const waitingCount = (activities: readonly Activity[], statusOf: StatusOf): number =>
  activities.filter(({ id }) => ['waiting', 'blocked'].includes(statusOf(id))).length;

/** Did anything fail that no later attempt has mended, and that nothing lets pass? */
export const hasRejection = (state: OpenRelease): boolean =>
  activitiesOf(state.revision.plan).some((activity) => isStuck(state, activity));

const isStuck = (state: OpenRelease, activity: Activity): boolean =>
  hasFailed(state, activity.id) && passage(state, activity) === 'none';
