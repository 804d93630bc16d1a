import type { Activity } from '../manifest/manifest.ts';
import type { Resolutions } from '../policy/principals.ts';
import type { Instant, Person } from '../values.ts';
import { directoryOf, electorsOf, type Obstacle, verdictOf } from './ballot.ts';
import type { Happening, HappeningOf } from './event.ts';
import { scopeDigest, scopeOf } from './scope.ts';
import {
  type Attempt,
  activitiesOf,
  type CastVote,
  isApproved,
  isClosed,
  latestAttempt,
  type OpenRelease,
  waitingAttempt,
} from './state.ts';

/**
 * Outcomes that the recorded facts call for and that are not recorded yet, apart from activations, which need the people
 * of the moment. A function of the state alone, so that anyone can derive them again from the record (design 5).
 * `unknown` names activities about which something could not be established in this pass: they are not decided. Only
 * `among` are looked at, all of the manifest where nothing is said.
 */
export function dueOutcomes(
  state: OpenRelease,
  at: Instant,
  unknown: ReadonlySet<string>,
  among: readonly Activity[] = activitiesOf(state.revision.plan),
): readonly Happening[] {
  if (state.ended || isClosed(state)) return [];
  const decided = among.flatMap((activity) => decisionOn(state, activity, at, unknown));
  if (decided.length > 0) return decided;
  const complete = activitiesOf(state.revision.plan).every((activity) => isApproved(state, activity.id));
  return complete ? [{ at, kind: 'release-succeeded', body: {} }] : [];
}

function decisionOn(
  state: OpenRelease,
  activity: Activity,
  at: Instant,
  unknown: ReadonlySet<string>,
): readonly Happening[] {
  const attempt = waitingAttempt(state, activity.id);
  if (!attempt) return [];
  const verdict = verdictOf(state, activity, attempt, unknown.has(activity.id) ? [activity.id] : []);
  const ref = { activity: activity.id, attempt: attempt.attempt, scope: attempt.scope };
  if (verdict.status === 'approved') {
    // Several approvers may answer: the values of the last who counts are the activity's outputs (decision on G-19).
    const inputs = { ...votesOf(attempt, verdict.approvals).at(-1)?.inputs };
    return [{ at, kind: 'activity-approved', body: { ...ref, approvals: verdict.approvals, inputs } }];
  }
  if (verdict.status !== 'rejected') return [];
  const reason = votesOf(attempt, verdict.rejections)[0]?.reason;
  const body = { ...ref, rejections: verdict.rejections, ...(reason === undefined ? {} : { reason }) };
  return [{ at, kind: 'activity-rejected', body }];
}

const votesOf = (attempt: Attempt, people: readonly Person[]): readonly CastVote[] =>
  attempt.votes.filter(({ elector }) => people.some(({ id }) => id === elector.person.id));

/** Activities whose turn it is: what they need is approved, and no attempt of theirs stands. */
export function dueActivations(state: OpenRelease): readonly Activity[] {
  if (state.ended || isClosed(state)) return [];
  const { phases } = state.revision.plan;
  const phaseDone = (id: string) =>
    phases.some(
      (phase) => phase.id === id && phase.activities.every((activity) => isApproved(state, activity.id)),
    );
  return phases
    .filter((phase) => phase.needs.every(phaseDone))
    .flatMap((phase) => phase.activities)
    .filter(
      (activity) =>
        activity.needs.every((need) => isApproved(state, need)) && isOpenForAttempt(state, activity.id),
    );
}

const isOpenForAttempt = (state: OpenRelease, activity: string): boolean => {
  const latest = latestAttempt(state, activity);
  return latest === undefined || latest.ending?.kind === 'superseded' || latest.ending?.kind === 'aborted';
};

/** Begins an activity with the people of the moment, or says which names keep it from beginning (G-06). */
export function activate(
  state: OpenRelease,
  activity: Activity,
  resolutions: Resolutions,
  at: Instant,
): HappeningOf<'activity-activated'> | readonly Obstacle[] {
  const electors = electorsOf(activity, directoryOf(state, resolutions), state.authors);
  if (electors.kind === 'unclear') return electors.obstacles;
  const scope = scopeOf(state.release, activity, state.revision.roles, state.target);
  return {
    at,
    kind: 'activity-activated',
    body: {
      activity: activity.id,
      attempt: (latestAttempt(state, activity.id)?.attempt ?? 0) + 1,
      scope: scopeDigest(scope),
      roster: electors.electors,
      bindings: unbound(state, electors.bindings),
    },
  };
}

/** Only what was not bound before is worth recording. */
export const unbound = <T extends { readonly principal: string }>(
  state: OpenRelease,
  bindings: readonly T[],
): readonly T[] => {
  const seen = new Set(Object.keys(state.bindings));
  return bindings.filter(({ principal }) => !seen.has(principal) && seen.add(principal));
};
