import type { Configuration } from '../configuration/configuration.ts';
import { gatesFor, subjectsOf } from '../floors/applied.ts';
import { demandedBy } from '../floors/apply-floors.ts';
import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import { addDuration } from '../time/calendar.ts';
import { type Duration, readDuration } from '../time/duration.ts';
import { earliest } from '../time/earliest.ts';
import { type Holds, heldBy, holdsOn, nextTurn } from '../time/holds.ts';
import type { Instant, Known } from '../values.ts';
import type { Moment } from './clockwork.ts';
import type { Happening } from './event.ts';
import type { Barrier, Unguarded } from './machine-event.ts';
import { contingencies, hasPassed, isComplete, isFailure, passage } from './resolution.ts';
import {
  type Attempt,
  isClosed,
  latestAttempt,
  type OpenRelease,
  standingOpening,
  waitingAttempt,
} from './state.ts';
import { calendarOf } from './timetable.ts';
import { unguardedIn } from './unguarded.ts';

/** An activity that opens an environment. */
export type Opener = Activity & { readonly environment: string };

export const isOpener = (activity: Activity): activity is Opener => activity.environment !== undefined;

/** Automated activities whose attempt has begun and not ended: their environment is open, or waits to be. */
const atWork = (state: OpenRelease): readonly { readonly activity: Opener; readonly attempt: Attempt }[] =>
  activitiesOf(state.revision.plan)
    .filter(isOpener)
    .flatMap((activity) => {
      const attempt = waitingAttempt(state, activity.id);
      return attempt ? [{ activity, attempt }] : [];
    });

/** What holds environments by the clock. */
export type Rules = Pick<Configuration, 'freezes' | 'windows'>;

/**
 * Environments that open now, and those that are shut (T1, T5, design 3.9). Freezes and windows are those in force at the
 * moment; while they, or the time, are not known nothing opens.
 */
export function dueOpenings(state: OpenRelease, rules: Known<Rules>, moment: Moment): readonly Happening[] {
  if (state.ended || isClosed(state)) return [];
  return atWork(state).flatMap(({ activity, attempt }): readonly Happening[] => {
    const { environment } = activity;
    const ref = { activity: activity.id, attempt: attempt.attempt, environment };
    const standing = standingOpening(attempt);
    const holds = rules.kind === 'known' ? holdsOn(rules.value, environment) : noHolds;
    const why = barrierTo(state, activity, attempt, holds, moment);
    if (standing && why) return [{ at: moment.at, kind: 'environment-shut', body: { ...ref, holds, why } }];
    if (standing || why || rules.kind === 'unknown' || !moment.trusted) return [];
    if (unguardedIn(state, environment, attempt)) return [];
    return [openingOf(state, activity, attempt, holds, moment.at)];
  });
}

/** Shuts whatever is open while nobody knows what was approved; it opens again by itself. */
export const shutAll = (state: OpenRelease, why: string, at: Instant): readonly Happening[] =>
  atWork(state)
    .filter(({ attempt }) => standingOpening(attempt))
    .map(({ activity: { id, environment }, attempt: { attempt } }) => {
      const body = {
        activity: id,
        attempt,
        environment,
        holds: noHolds,
        why: { kind: 'unclear' as const, why },
      };
      return { at, kind: 'environment-shut', body };
    });

/** Nothing by the clock holds anything. */
export const noHolds: Holds = { freezes: [], windows: [] };

const openingOf = (
  state: OpenRelease,
  { id, environment, validFor }: Opener,
  { attempt }: Attempt,
  holds: Holds,
  at: Instant,
): Happening => {
  const until =
    validFor === undefined
      ? {}
      : // The rules saw that it can be read.
        { until: addDuration(at, readDuration(validFor) as Duration, calendarOf(state.revision)) };
  const body = { activity: id, attempt, environment, commit: state.target.commit, ...until, holds };
  return { at, kind: 'environment-opened', body };
};

/** What keeps the environment of an attempt shut; undefined: nothing. */
export function barrierTo(
  state: OpenRelease,
  activity: Opener,
  { lifted }: Attempt,
  holds: Holds,
  { at, trusted }: Moment,
): Barrier | undefined {
  const recorded = barrierInRecord(state, activity);
  return recorded || lifted || !trusted ? recorded : heldBy(holds, activity.environment, at);
}

/** The same, as far as the record tells where nobody knows the rules; undefined: nothing known. */
export function barrierNow(
  state: OpenRelease,
  activity: Opener,
  attempt: Attempt,
  rules: Rules | undefined,
  at: Instant,
): Barrier | Unguarded | undefined {
  const { environment } = activity;
  const holds = rules === undefined ? noHolds : holdsOn(rules, environment);
  return (
    barrierInRecord(state, activity) ??
    unguardedIn(state, environment, attempt) ??
    barrierTo(state, activity, attempt, holds, { at, trusted: true })
  );
}

function barrierInRecord(state: OpenRelease, activity: Opener): Barrier | undefined {
  const moved = state.deviations.slice(state.acknowledged).find(({ what }) => what === 'target-moved');
  if (moved?.what === 'target-moved') return { kind: 'moved', ref: moved.ref };
  const rejected = rejectedIn(state, activity);
  if (rejected) return { kind: 'rejected', activity: rejected.id };
  const activities = [...new Set([...unmetNeeds(state, activity), ...unapproved(state, activity)])];
  return activities.length === 0 ? undefined : { kind: 'unapproved', activities };
}

/**
 * Somebody said no and nobody has settled it, wherever in the release that was (T5). What a failure runs must not be kept
 * from running by it.
 */
export const rejectedIn = (state: OpenRelease, activity?: Activity): Activity | undefined => {
  const { plan } = state.revision;
  const starters = activity === undefined ? [] : (contingencies(plan).get(activity.phase) ?? []);
  return activitiesOf(plan).find((other) => {
    const attempt = latestAttempt(state, other.id);
    const no = attempt?.ending?.kind === 'rejected' && isFailure(attempt);
    return no && passage(state, other) === 'none' && starters.every(({ id }) => id !== other.id);
  });
};

/** What it needed and was done when it began may wait again, because a revision changed it. */
function unmetNeeds(state: OpenRelease, { phase, needs }: Opener): readonly string[] {
  const { phases } = state.revision.plan;
  const before = phases.filter(({ id }) => id === phase).flatMap((own) => own.needs);
  return [
    ...needs.filter((id) => !hasPassed(state, id)),
    ...phases
      .filter((one) => before.includes(one.id) && !isComplete(state, one))
      .flatMap(({ activities }) => activities.filter(({ id }) => !hasPassed(state, id)).map(({ id }) => id)),
  ];
}

/** What floors demand before the environment opens, and people have not approved: nothing stands in for them (T1). */
function unapproved(state: OpenRelease, activity: Opener): readonly string[] {
  const { plan, floors = [] } = state.revision;
  return floors
    .filter((floor) => subjectsOf(floor, plan).some(({ id }) => id === activity.id))
    .flatMap((floor) =>
      demandedBy(floor).flatMap((demanded) => {
        const gates = gatesFor(floor, demanded, activity, plan);
        return gates.length === 0
          ? [demanded]
          : gates.filter(({ id }) => !isApprovedByPeople(state, id)).map(({ id }) => id);
      }),
    );
}

const isApprovedByPeople = (state: OpenRelease, activity: string): boolean => {
  const ending = latestAttempt(state, activity)?.ending;
  return ending?.kind === 'approved' && ending.automatic === undefined;
};

/** When an environment of the release opens or shuts by itself next; undefined: not in sight. */
export function nextOpeningMoment(state: OpenRelease, rules: Known<Rules>, at: Instant): Instant | undefined {
  if (state.ended || isClosed(state) || rules.kind === 'unknown') return undefined;
  const turns = atWork(state)
    .filter(({ attempt }) => !attempt.lifted)
    .map(({ activity: { environment } }) => nextTurn(holdsOn(rules.value, environment), environment, at));
  return earliest(turns);
}

/** Why environments of the release are not open though their turn has come, by activity. */
export const barriersIn = (
  state: OpenRelease,
  rules: Known<Rules>,
  moment: Moment,
): ReadonlyMap<string, Barrier | Unguarded | 'unknown'> =>
  new Map(
    (state.ended ? [] : atWork(state)).flatMap(({ activity, attempt }) => {
      if (standingOpening(attempt)) return [];
      const { id, environment } = activity;
      const holds = rules.kind === 'known' ? holdsOn(rules.value, environment) : noHolds;
      // A hold ends by itself; what somebody has to set up is better said before.
      const why = barrierInRecord(state, activity) ?? unguardedIn(state, environment, attempt);
      return [[id, why ?? barrierTo(state, activity, attempt, holds, moment) ?? 'unknown']];
    }),
  );
