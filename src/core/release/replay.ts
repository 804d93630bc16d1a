import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Elector } from '../policy/policy.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Digest, Json } from '../values.ts';
import { admissionObjection } from './admit.ts';
import { dueAcknowledgement } from './agreed.ts';
import { dueEscalations } from './clockwork.ts';
import { dueOrders } from './dispatch.ts';
import { dueActivations, dueOutcomes } from './due.ts';
import { type EventKind, type Happening, type HappeningOf, natureOf, type ReleaseEvent } from './event.ts';
import { apply } from './fold.ts';
import { dueOpenings, shutAll } from './opening.ts';
import { isOverdue } from './overdue.ts';
import { restartedTimes } from './restart-times.ts';
import { differences, scopeDigest, scopeIn } from './scope.ts';
import {
  askingAttempts,
  latestAttempt,
  type OpenRelease,
  type ReleaseState,
  waitingAttempt,
} from './state.ts';
import { calendarOf, timetableOf } from './timetable.ts';

/** An outcome that does not follow from the facts recorded before it. */
export type ReplayFinding = { readonly sequence: number; readonly why: string };

/**
 * Derives every recorded outcome again from the facts before it, through the same pure core that decided them (design 5).
 * The people an attempt began with are facts that came with the outcome; everything else in it is checked.
 */
export function replay(events: readonly ReleaseEvent[]): readonly ReplayFinding[] {
  const findings: ReplayFinding[] = [];
  // Attempts end before the release does, in one append: how it ended is told a little later.
  const endings = new Set(events.map(({ kind }) => kind));
  let state: ReleaseState = { kind: 'unopened', release: events[0]?.release ?? '', sequence: 0 };
  let before: OpenRelease | undefined;
  for (const event of events) {
    if ((state.kind === 'unopened') !== (event.kind === 'release-opened')) {
      findings.push({ sequence: event.sequence, why: 'a release is opened once, and before anything else' });
    }
    if (state.kind === 'opened' && natureOf[event.kind] === 'outcome') {
      const why = objection({ state, before: before ?? state, endings }, event);
      if (why !== undefined) findings.push({ sequence: event.sequence, why });
    }
    if (event.kind === 'manifest-revised' && state.kind === 'opened') before = state;
    state = apply(state, event);
  }
  return findings;
}

/** `before` is the state that the newest revision changed. */
type Place = {
  readonly state: OpenRelease;
  readonly before: OpenRelease;
  readonly endings: ReadonlySet<EventKind>;
};

/** Why the outcome does not follow; undefined: it does. */
function objection(place: Place, event: Happening): string | undefined {
  const { state } = place;
  switch (event.kind) {
    case 'activity-activated':
      return activationObjection(state, event);
    case 'activity-escalated':
      return escalationObjection(state, event);
    case 'scope-changed':
      return rescopeObjection(place, event.body) ?? lapseObjection(state, event);
    case 'attempt-superseded':
      return rescopeObjection(place, event.body) ?? unendedObjection(place, event);
    case 'activity-aborted':
      return abortObjection(place, event.body);
    case 'environment-opened':
    case 'environment-shut':
      return openingObjection(state, event);
    case 'workflow-ordered':
      return orderObjection(state, event);
    case 'run-admitted':
      return admissionObjection(state, event) ?? staleObjection(state, activitiesOf(state.revision.plan));
    default: {
      const { body } = event;
      const decided = activitiesOf(state.revision.plan).filter(
        ({ id }) => !('activity' in body) || id === body.activity,
      );
      return staleObjection(state, decided) ?? voteObjection(state, event, decided);
    }
  }
}

function voteObjection(
  state: OpenRelease,
  { at, kind, body }: Happening,
  decided: readonly Activity[],
): string | undefined {
  // Words are judged as of when they were said, and may be heard after a time that had not come then (T20).
  const due = [
    ...dueAcknowledgement(state, at),
    ...[true, false].flatMap((trusted) => dueOutcomes(state, { at, trusted }, new Set(), decided)),
  ];
  return due.some((one) => one.kind === kind && sameJson(one, { at, kind, body }))
    ? undefined
    : `${kind} does not follow from the votes`;
}

/** An approval is of what the manifest asks now: a change of scope has to be recorded before anything is decided (T2). */
function staleObjection(state: OpenRelease, activities: readonly Activity[]): string | undefined {
  const stale = activities.find((activity) => {
    const attempt = latestAttempt(state, activity.id);
    // What was superseded, or given up, is of another scope for good: its next attempt may be left out (S-124).
    const isOver = attempt?.ending?.kind === 'superseded' || attempt?.ending?.kind === 'aborted';
    return attempt !== undefined && !isOver && attempt.scope !== scopeNow(state, activity);
  });
  return stale ? `the scope of ${stale.id} had changed to ${scopeNow(state, stale)}` : undefined;
}

const scopeNow = (state: OpenRelease, activity: Activity): Digest => scopeDigest(scopeIn(state, activity));

function activationObjection(
  state: OpenRelease,
  { at, body }: HappeningOf<'activity-activated'>,
): string | undefined {
  const moment = { at, trusted: true };
  const activity = dueActivations(state, moment).find((one) => one.id === body.activity);
  if (!activity) return `it was not the turn of ${body.activity}`;
  const scope = scopeNow(state, activity);
  if (scope !== body.scope) return `the scope of ${body.activity} is ${scope}`;
  const attempt = (latestAttempt(state, body.activity)?.attempt ?? 0) + 1;
  if (attempt !== body.attempt) return `attempt ${attempt} of ${body.activity} was next`;
  const timetable = timetableOf(activity, at, calendarOf(state.revision)) ?? null;
  return sameJson(body.timetable ?? null, timetable) ? undefined : `the times of ${body.activity} are others`;
}

function escalationObjection(
  state: OpenRelease,
  { at, body }: HappeningOf<'activity-escalated'>,
): string | undefined {
  const due = dueEscalations(state, { at, trusted: true }).find(
    ({ activity, rung }) => activity.id === body.activity && rung === body.rung,
  );
  if (due === undefined || !sameJson(due.escalation.to, body.to))
    return `nothing of ${body.activity} was to be escalated`;
  return body.granted.every((elector) => due.escalation.grant && isGuest(due.activity, elector))
    ? undefined
    : `the escalation of ${body.activity} lets others vote`;
}

/** Whom an escalation lets vote is a fact that came with it; what they may do is not (T12). */
const isGuest = ({ approvers }: Activity, { rules }: Elector): boolean =>
  rules.every(({ rule, guest }) => guest === true && rule < approvers.length);

type Rescoped = HappeningOf<'scope-changed' | 'attempt-superseded'>['body'];

function rescopeObjection({ state, before }: Place, body: Rescoped): string | undefined {
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === body.activity);
  const attempt = latestAttempt(state, body.activity);
  if (!activity || attempt?.attempt !== body.attempt || attempt.scope !== body.from)
    return `${body.activity} did not have that scope`;
  const after = scopeIn(state, activity);
  if (scopeDigest(after) !== body.to) return `the scope of ${body.activity} is ${scopeDigest(after)}`;
  const earlier = activitiesOf(before.revision.plan).find((one) => one.id === body.activity);
  const old = earlier ? scopeIn(before, earlier) : {};
  return sameJson(body.differences, differences(old, after))
    ? undefined
    : `${body.activity} changed in other places`;
}

function lapseObjection(state: OpenRelease, { at, body }: HappeningOf<'scope-changed'>): string | undefined {
  const attempt = waitingAttempt(state, body.activity);
  if (!attempt) return `${body.activity} was not waiting`;
  const voters = attempt.votes.map((vote) => vote.elector.person);
  if (!sameJson(body.lapsed, voters)) return `other votes of ${body.activity} lapsed`;
  const [times] = activitiesOf(state.revision.plan)
    .filter(({ id }) => id === body.activity)
    .map((activity) => restartedTimes(state.revision, activity, attempt, at).timetable);
  return sameJson(body.timetable ?? null, times ?? null)
    ? undefined
    : `the times of ${body.activity} are others`;
}

const unendedObjection = (
  { state, before }: Place,
  { at, body: { activity } }: HappeningOf<'attempt-superseded'>,
): string | undefined =>
  askingAttempts(state).some(
    (attempt) =>
      attempt.activity === activity && !isOverdue({ before, after: state }, attempt, { at, trusted: true }),
  )
    ? `${activity} was still waiting`
    : undefined;

/** Freezes and windows came with the event; everything else about an environment follows from the record (T1). */
function openingObjection(
  state: OpenRelease,
  event: HappeningOf<'environment-opened' | 'environment-shut'>,
): string | undefined {
  const { freezes, windows } = event.body.holds;
  const all = windows.map((window) => ({ ...window, environments: [] }));
  const rules = { kind: 'known', value: { freezes, windows: all } } as const;
  const shut = event.kind === 'environment-shut' ? event.body.why : undefined;
  const due =
    shut?.kind === 'unclear'
      ? shutAll(state, shut.why, event.at)
      : dueOpenings(state, rules, { at: event.at, trusted: true });
  return due.some((one) => sameJson(one, { at: event.at, kind: event.kind, body: event.body }))
    ? undefined
    : `${event.body.activity} does not ${event.kind === 'environment-opened' ? 'open' : 'shut'} its environment then`;
}

/** Right before a workflow is started, everything stands that it was approved with (T2). */
function orderObjection(state: OpenRelease, event: HappeningOf<'workflow-ordered'>): string | undefined {
  const due = dueOrders(state, { at: event.at, trusted: true });
  return due.some((one) => sameJson(one, { at: event.at, kind: event.kind, body: event.body }))
    ? staleObjection(state, activitiesOf(state.revision.plan))
    : `${event.body.activity} was not to start a workflow then`;
}

type Aborted = HappeningOf<'activity-aborted'>['body'];

const endingsOf: { readonly [W in Exclude<Aborted['why'], 'removed'>]: readonly EventKind[] } = {
  cancelled: ['release-cancelled'],
  'release-aborted': ['release-aborted'],
  'release-failed': ['release-failed'],
  unneeded: ['release-succeeded', 'release-partially-succeeded'],
};

function abortObjection({ state, endings }: Place, body: Aborted): string | undefined {
  const { activity, attempt, why } = body;
  if (waitingAttempt(state, activity)?.attempt !== attempt) return `${activity} was not waiting`;
  const asked = activitiesOf(state.revision.plan).some(({ id }) => id === activity);
  if (asked === (why === 'removed'))
    return `the manifest ${asked ? 'still asks' : 'does not ask'} for ${activity}`;
  return why === 'removed' || endingsOf[why].some((kind) => endings.has(kind))
    ? undefined
    : 'the release did not end so';
}

const sameJson = (a: unknown, b: unknown): boolean => canonicalize(asJson(a)) === canonicalize(asJson(b));

/** Events are plain JSON by construction; the type system cannot see it through optional fields. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
