import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import { resolvePeople } from '../policy/resolve.ts';
import type { Instant, Person } from '../values.ts';
import { lifting, overruling } from './agreed.ts';
import { barsCommitters, currentDuties, keptApart } from './apart.ts';
import { directoryOf, electorsOf, type Obstacle, unbound, verdictOf } from './ballot.ts';
import { comesFirst, dueByTime, dueExpiry, type Moment, passed } from './clockwork.ts';
import { isReady, wanted } from './condition.ts';
import type { Happening, HappeningOf } from './event.ts';
import type { Names } from './facts.ts';
import { machineOutcome } from './machine.ts';
import { ownersOf } from './owners.ts';
import { awaited, isPremature } from './preconditions.ts';
import { contingencies, fatalFailures, hasFailed, isComplete, isSkipped, passage } from './resolution.ts';
import { scopeDigest, scopeIn } from './scope.ts';
import {
  type Attempt,
  type CastVote,
  deferralOf,
  isClosed,
  isVotingOpen,
  latestAttempt,
  type OpenRelease,
  sessionToCome,
  standingAttempts,
  waitingAttempt,
} from './state.ts';
import { calendarOf, startOf, timetableOf } from './timetable.ts';
import { isWatcher, watchOutcome } from './watch.ts';

/**
 * Outcomes that the recorded facts call for and that are not recorded yet, apart from activations, which need the people
 * of the moment. A function of the state alone, so that anyone can derive them again from the record (design 5).
 * `unknown` names activities about which something could not be established in this pass: they are not decided. Only
 * `among` are looked at, all of the manifest where nothing is said.
 */
export function dueOutcomes(
  state: OpenRelease,
  moment: Moment,
  unknown: ReadonlySet<string>,
  among: readonly Activity[] = activitiesOf(state.revision.plan),
): readonly Happening[] {
  if (state.ended || isClosed(state)) return [];
  const { at } = moment;
  const decided = among.flatMap((activity) => {
    const own = decisionOn(state, activity, moment, unknown);
    // What ends now is past being lifted.
    return own.length > 0 ? own : [...overruling(state, activity, at), ...lifting(state, activity, at)];
  });
  if (decided.length > 0) return failuresLast(decided);
  const skips = dueSkips(state, moment, among);
  return skips.length > 0 ? skips : releaseOutcomes(state, at);
}

/**
 * What one look finds together may have ended in either order. What a failure runs begins again for what fails after it: once
 * too often makes people look, once too seldom leaves a failure as it is (decision 0069).
 */
const failuresLast = (decided: readonly Happening[]): readonly Happening[] =>
  [false, true].flatMap((last) => decided.filter((event) => isFailing(event) === last));

const isFailing = ({ kind }: Happening): boolean =>
  kind === 'activity-rejected' || kind === 'activity-expired' || kind === 'activity-failed';

/** How the release ends once nothing of it is left to wait for, or a failure ends it (design 2). */
export function releaseOutcomes(state: OpenRelease, at: Instant): readonly Happening[] {
  const [fatal] = fatalFailures(state);
  if (fatal !== undefined) {
    return [
      ...standingAttempts(state).map((attempt) => abortion(attempt, 'release-failed', at)),
      { at, kind: 'release-failed', body: { activity: fatal.id } },
    ];
  }
  const { plan } = state.revision;
  const apart = contingencies(plan);
  const wanted = plan.phases.filter(({ id }) => !apart.has(id));
  if (!wanted.every((phase) => isComplete(state, phase))) return [];
  const without = wanted
    .flatMap((phase) => phase.activities)
    .filter((activity) => passage(state, activity) === 'let-pass')
    .map(({ id }) => id);
  // A phase that a failure started may still wait when a later attempt has mended that failure.
  const unneeded = standingAttempts(state).map((attempt) => abortion(attempt, 'unneeded', at));
  return without.length === 0
    ? [...unneeded, { at, kind: 'release-succeeded', body: {} }]
    : [...unneeded, { at, kind: 'release-partially-succeeded', body: { without } }];
}

export const abortion = (
  { activity, attempt }: Attempt,
  why: HappeningOf<'activity-aborted'>['body']['why'],
  at: Instant,
): HappeningOf<'activity-aborted'> => ({ at, kind: 'activity-aborted', body: { activity, attempt, why } });

/** What a fact brings with it: an aborted release leaves no attempt standing. */
export const consequences = (state: OpenRelease, event: Happening): readonly Happening[] =>
  event.kind === 'release-aborted'
    ? [...standingAttempts(state).map((attempt) => abortion(attempt, 'release-aborted', event.at)), event]
    : [event];

/** What custodians agree on about one activity, to be recorded before the next word is heard: theirs count in turn. */
export const dueAgreement = (state: OpenRelease, activity: Activity, at: Instant): readonly Happening[] =>
  dueOutcomes(state, { at, trusted: false }, new Set(), [activity]).filter(
    ({ kind }) => kind === 'activity-overruled' || kind === 'holds-lifted',
  );

/** What is decided about one activity at a moment; `unknown`: something about it could not be established. */
export const dueDecision = (
  state: OpenRelease,
  activity: Activity,
  moment: Moment,
  unknown: boolean,
): readonly Happening[] =>
  isClosed(state) ? [] : decisionOn(state, activity, moment, new Set(unknown ? [activity.id] : []));

function decisionOn(
  state: OpenRelease,
  activity: Activity,
  clock: Moment,
  unknown: ReadonlySet<string>,
): readonly Happening[] {
  const attempt = waitingAttempt(state, activity.id);
  if (!attempt) return [];
  const { at } = clock;
  // Words are heard first: as long as something about them is unknown, time decides nothing (T20).
  const moment = { at, trusted: clock.trusted && !unknown.has(activity.id) };
  if (isWatcher(activity)) return watchOutcome(state, activity, attempt, moment);
  if (!isManual(activity)) return machineOutcome(attempt, moment);
  const deferral = deferralOf(attempt);
  const ref = { activity: activity.id, attempt: attempt.attempt };
  if (deferral) return passed(deferral.until, moment) ? [{ at, kind: 'activity-resumed', body: ref }] : [];
  if (isPremature(activity, attempt)) return beforeVotes(activity, attempt, unknown, moment);
  const opens = sessionToCome(attempt);
  const expiry = dueExpiry(activity, attempt, moment);
  const reached = (due: Instant): boolean => passed(due, moment) && !comesFirst(expiry[0], due);
  if (opens !== undefined) return reached(opens) ? [{ at, kind: 'voting-opened', body: ref }] : expiry;
  const openUntil = isVotingOpen(attempt) ? attempt.timetable?.openUntil : undefined;
  if (openUntil !== undefined && reached(openUntil)) return [{ at, kind: 'voting-closed', body: ref }];
  const verdict = verdictOf(state, activity, attempt, unknown.has(activity.id) ? [activity.id] : []);
  const { scope } = attempt;
  if (verdict.status === 'approved') {
    // Several approvers may answer: the values of the last who counts are the activity's outputs (decision on G-19).
    const inputs = { ...votesOf(attempt, verdict.approvals).at(-1)?.inputs };
    return [{ at, kind: 'activity-approved', body: { ...ref, scope, approvals: verdict.approvals, inputs } }];
  }
  if (verdict.status === 'rejected') {
    const reason = votesOf(attempt, verdict.rejections)[0]?.reason;
    const body = {
      ...ref,
      scope,
      rejections: verdict.rejections,
      ...(reason === undefined ? {} : { reason }),
    };
    return [{ at, kind: 'activity-rejected', body }];
  }
  return dueByTime(activity, attempt, verdict, moment);
}

/** While its preconditions do not hold, nothing is decided but by time; and nothing ever stops holding (design 2). */
function beforeVotes(
  activity: Activity,
  attempt: Attempt,
  unknown: ReadonlySet<string>,
  moment: Moment,
): readonly Happening[] {
  const ref = { activity: activity.id, attempt: attempt.attempt };
  if (awaited(activity, attempt).length === 0)
    return [{ at: moment.at, kind: 'preconditions-met', body: ref }];
  return unknown.has(activity.id) ? [] : dueExpiry(activity, attempt, moment);
}

const votesOf = (attempt: Attempt, people: readonly Person[]): readonly CastVote[] =>
  attempt.votes.filter(({ elector }) => people.some(({ id }) => id === elector.person.id));

/** Activities whose turn it is: what they need is approved, and no attempt of theirs stands. */
export function turns(state: OpenRelease, moment: Moment): readonly Activity[] {
  return inTurn(state, moment).filter((activity) => {
    const shall = wanted(state, activity);
    return shall.kind === 'known' && shall.value;
  });
}

/** Activities whose turn it is, and of which nobody can tell whether they are wanted: why, by activity. */
export const undecidable = (state: OpenRelease, moment: Moment): ReadonlyMap<string, string> =>
  new Map(
    inTurn(state, moment).flatMap((activity) => {
      const shall = wanted(state, activity);
      return shall.kind === 'unknown'
        ? [[activity.id, `Whether this is wanted is not known: ${shall.why}.`]]
        : [];
    }),
  );

const dueSkips = (state: OpenRelease, moment: Moment, among: readonly Activity[]): readonly Happening[] =>
  inTurn(state, moment).flatMap((activity) => {
    const shall = wanted(state, activity);
    const unwanted = shall.kind === 'known' && !shall.value && among.some(({ id }) => id === activity.id);
    return unwanted ? [{ at: moment.at, kind: 'activity-skipped', body: { activity: activity.id } }] : [];
  });

/** What could begin now, were it wanted. */
function inTurn(state: OpenRelease, moment: Moment): readonly Activity[] {
  if (state.ended || isClosed(state)) return [];
  const start = startOf(state.revision);
  if (start !== undefined && !passed(start, moment)) return [];
  const { plan } = state.revision;
  const apart = contingencies(plan);
  return plan.phases
    .filter(({ id }) => apart.get(id)?.some((one) => hasFailed(state, one.id)) ?? true)
    .flatMap((phase) => phase.activities)
    .filter((activity) => isReady(state, activity) && isOpenForAttempt(state, activity.id));
}

/**
 * Activities that can begin. The roster is who may approve (T12): it cannot be taken before it is known who may not,
 * because they had a hand in what is released (T16).
 */
export const dueActivations = (state: OpenRelease, moment: Moment): readonly Activity[] =>
  turns(state, moment).filter((activity) => !barsCommitters(activity) || currentDuties(state) !== undefined);

const isOpenForAttempt = (state: OpenRelease, activity: string): boolean => {
  const latest = latestAttempt(state, activity);
  if (isSkipped(state, activity)) return false;
  return (
    latest === undefined ||
    latest.ending?.kind === 'superseded' ||
    latest.ending?.kind === 'aborted' ||
    latest.overruled?.act === 'retry'
  );
};

/** Begins an activity with the people of the moment, or says which names keep it from beginning (G-06). */
export function activate(
  state: OpenRelease,
  activity: Activity,
  names: Names,
  at: Instant,
): HappeningOf<'activity-activated'> | readonly Obstacle[] {
  const directory = directoryOf(state, names);
  const electors = electorsOf(activity, directory, keptApart(state, activity));
  if (electors.kind === 'unclear') return electors.obstacles;
  const scope = scopeIn(state, activity);
  const timetable = timetableOf(activity, at, calendarOf(state.revision));
  // Owners are bound with the first names that are: an act of theirs may come late (T13).
  const owners = resolvePeople(ownersOf(state.revision.plan, activity), directory).findings;
  return {
    at,
    kind: 'activity-activated',
    body: {
      ...(timetable === undefined ? {} : { timetable }),
      activity: activity.id,
      attempt: (latestAttempt(state, activity.id)?.attempt ?? 0) + 1,
      scope: scopeDigest(scope),
      roster: electors.electors,
      bindings: unbound(state, [...electors.bindings, ...owners.bindings]),
    },
  };
}
