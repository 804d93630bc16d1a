import type { Phase } from '../manifest/manifest.ts';
import { verdictOf } from './ballot.ts';
import { activitiesOf, isClosed, latestAttempt, type OpenRelease } from './state.ts';

/** Where an activity stands. `superseded` shows as pending: its next attempt has not begun. */
export type ActivityStatus = 'pending' | 'waiting' | 'blocked' | 'approved' | 'rejected' | 'aborted';
export type PhaseStatus = 'pending' | 'waiting-for-approval' | 'succeeded' | 'failed';
export type ReleaseStatus = 'running' | 'on-hold' | 'succeeded' | 'failed' | 'closed' | 'cancelled';

/** What keeps activities from beginning or being decided, in words, by activity id. */
export type Hindrances = ReadonlyMap<string, string>;

/** Computed, never stored (design 2). */
export function activityStatus(state: OpenRelease, id: string, hindrances: Hindrances): ActivityStatus {
  const attempt = latestAttempt(state, id);
  switch (attempt?.ending?.kind) {
    case 'approved':
      return 'approved';
    case 'rejected':
      return 'rejected';
    case 'aborted':
      return 'aborted';
    case 'superseded':
      return hindrances.has(id) ? 'blocked' : 'pending';
    default:
      break;
  }
  if (hindrances.has(id)) return 'blocked';
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === id);
  if (!attempt || !activity) return 'pending';
  return verdictOf(state, activity, attempt, []).status === 'blocked' ? 'blocked' : 'waiting';
}

/** A phase cannot complete until all its activities are resolved (S-122, S-124, S-046). */
export function phaseStatus(state: OpenRelease, phase: Phase, hindrances: Hindrances): PhaseStatus {
  const all = phase.activities.map((activity) => activityStatus(state, activity.id, hindrances));
  if (all.some((status) => status === 'rejected')) return 'failed';
  if (all.some((status) => status === 'waiting' || status === 'blocked')) return 'waiting-for-approval';
  return all.every((status) => status === 'approved') ? 'succeeded' : 'pending';
}

/** On hold as soon as any manual activity waits (S-119); failed when one was rejected and nothing else waits. */
export function releaseStatus(state: OpenRelease, hindrances: Hindrances): ReleaseStatus {
  if (isClosed(state)) return 'closed';
  if (state.ended) return state.ended.kind;
  const all = activitiesOf(state.revision.plan).map((activity) =>
    activityStatus(state, activity.id, hindrances),
  );
  if (all.some((status) => status === 'waiting' || status === 'blocked')) return 'on-hold';
  return all.some((status) => status === 'rejected') ? 'failed' : 'running';
}

/** How many activities require somebody's input (S-120). */
export const waitingCount = (state: OpenRelease, hindrances: Hindrances): number =>
  activitiesOf(state.revision.plan).filter((activity) => {
    const status = activityStatus(state, activity.id, hindrances);
    return status === 'waiting' || status === 'blocked';
  }).length;

/** Was anything rejected that no later attempt has mended? */
export const hasRejection = (state: OpenRelease): boolean =>
  activitiesOf(state.revision.plan).some(
    (activity) => latestAttempt(state, activity.id)?.ending?.kind === 'rejected',
  );
