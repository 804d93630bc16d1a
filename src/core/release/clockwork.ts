import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import { excludedPeople } from '../policy/eligibility.ts';
import type { Verdict } from '../policy/policy.ts';
import { instantFrom } from '../time/clock-face.ts';
import type { Instant } from '../values.ts';
import { keptApart } from './apart.ts';
import { directoryOf, guestsOf, type Obstacle, unbound } from './ballot.ts';
import type { Happening, HappeningOf } from './event.ts';
import type { Names } from './facts.ts';
import {
  type Attempt,
  deferralOf,
  isClosed,
  isVotingOpen,
  type OpenRelease,
  sessionToCome,
  standingOpening,
  waitingAttempt,
} from './state.ts';
import { noTimes, type Rung, startOf, type Timetable } from './timetable.ts';

/** A moment by GitHub's clock; where that cannot be trusted nothing happens because of time (T20). */
export type Moment = { readonly at: Instant; readonly trusted: boolean };

export const passed = (due: Instant, { at, trusted }: Moment, graceMs = 0): boolean =>
  trusted && Date.parse(due) + graceMs <= Date.parse(at);

/** GitHub's slowest page: a vote of the last second has to be readable before it can be missed (T20). */
export const expiryGraceMs = 30_000;

/** What happens because nobody has decided by now. A timeout is never an approval (design 3.8). */
export function dueByTime(
  activity: Activity,
  attempt: Attempt,
  verdict: Verdict,
  moment: Moment,
): readonly Happening[] {
  const { at } = moment;
  const { timetable } = attempt;
  if (timetable === undefined) return [];
  const ref = { activity: attempt.activity, attempt: attempt.attempt };
  const { reminders } = timetable;
  const stays = activity.timing?.expire === 'stay';
  const automatic = isVotingOpen(attempt) ? undefined : activity.timing?.autoApprove;
  const approves = approvesBy(timetable, stays);
  const hindered = verdict.rejections.length > 0 || verdict.status === 'blocked';
  if (automatic && approves && passed(approves, moment) && !hindered) {
    const body = { ...ref, scope: attempt.scope, approvals: [], inputs: {}, automatic: automatic.comment };
    return [{ at, kind: 'activity-approved', body }];
  }
  const expiry = dueExpiry(activity, attempt, moment);
  if (expiry.length > 0) return expiry;
  // After an outage one reminder says what several would have said.
  const rung = soonestFirst(reminders).findLastIndex((due) => passed(due, moment));
  if (rung < attempt.rungs.reminders) return [];
  const to = verdict.status === 'waiting' ? verdict.unblock : [];
  return [{ at, kind: 'reminder-due', body: { ...ref, rung, to } }];
}

/** Reminders count in the order of time, whatever the order they are written in. */
const soonestFirst = (reminders: readonly Instant[]): readonly Instant[] =>
  reminders.toSorted((a, b) => Date.parse(a) - Date.parse(b));

/** When nobody's silence approves; what has expired by then approves no more, however late somebody looks. */
export const approvesBy = ({ approves, deadline }: Timetable, stays: boolean): Instant | undefined =>
  approves !== undefined && deadline !== undefined && !stays && Date.parse(deadline) < Date.parse(approves)
    ? undefined
    : approves;

/** The end of an attempt that nobody has decided in time. */
export function dueExpiry(
  { timing }: Activity,
  { activity, attempt, scope, timetable }: Attempt,
  moment: Moment,
): readonly HappeningOf<'activity-expired'>[] {
  const deadline = timetable?.deadline;
  if (deadline === undefined || timing?.expire === 'stay' || !passed(deadline, moment, expiryGraceMs))
    return [];
  return [{ at: moment.at, kind: 'activity-expired', body: { activity, attempt, scope, deadline } }];
}

/** Whether an attempt had expired before something else came: no outage makes it come first (decision 0055). */
export const comesFirst = (expiry: HappeningOf<'activity-expired'> | undefined, due: Instant): boolean =>
  expiry !== undefined && Date.parse(expiry.body.deadline) < Date.parse(due);

type DueEscalation = {
  readonly activity: Activity;
  readonly attempt: Attempt;
  readonly rung: number;
  readonly escalation: Rung;
};

/** Rungs of ladders whose time has come; one that names nobody is in no other's way (S-087, S-138, decision 0057). */
export function dueEscalations(state: OpenRelease, moment: Moment): readonly DueEscalation[] {
  if (state.ended || isClosed(state)) return [];
  return activitiesOf(state.revision.plan).flatMap((activity) => {
    const attempt = waitingAttempt(state, activity.id);
    if (!attempt?.timetable || deferralOf(attempt)) return [];
    return escalationsToCome(attempt)
      .filter(({ escalation }) => passed(escalation.at, moment))
      .map((due) => ({ activity, attempt, ...due }));
  });
}

/** Rungs that are not done, in the order of the ladder. */
const escalationsToCome = ({
  timetable,
  rungs,
}: Attempt): readonly { readonly rung: number; readonly escalation: Rung }[] =>
  (timetable ?? noTimes).escalations.flatMap((escalation, rung) =>
    rungs.escalations.includes(rung) ? [] : [{ rung, escalation }],
  );

/** Tells others, or lets them vote too: for every rule, and in no denominator (T12). */
export function escalate(
  state: OpenRelease,
  { activity, attempt, rung, escalation }: DueEscalation,
  names: Names,
  at: Instant,
): HappeningOf<'activity-escalated'> | readonly Obstacle[] {
  const { to, grant } = escalation;
  const directory = directoryOf(state, names);
  const excluded = excludedPeople(activity.exclude, directory, keptApart(state, activity));
  const guests = grant
    ? guestsOf(activity, to, directory, excluded.bar)
    : { kind: 'known' as const, electors: [], bindings: [] };
  if (guests.kind === 'unclear') return guests.obstacles;
  const { electors: granted, bindings } = guests;
  const body = { activity: activity.id, attempt: attempt.attempt, rung, to, granted };
  return { at, kind: 'activity-escalated', body: { ...body, bindings: unbound(state, bindings) } };
}

/** The next moment at which something is due by itself; undefined: only people can move the release. */
export function nextMoment(state: OpenRelease, at: Instant): Instant | undefined {
  if (state.ended || isClosed(state)) return undefined;
  const start = startOf(state.revision);
  const waiting = activitiesOf(state.revision.plan).flatMap(({ id, timing }) => {
    const attempt = waitingAttempt(state, id);
    if (!attempt) return [];
    const until = standingOpening(attempt)?.until;
    return [
      ...momentsOf(attempt, timing?.expire === 'stay'),
      ...(until === undefined ? [] : [Date.parse(until)]),
    ];
  });
  const moments = [...(start === undefined ? [] : [Date.parse(start)]), ...waiting].filter(
    (due) => due > Date.parse(at),
  );
  return moments.length === 0 ? undefined : instantFrom(Math.min(...moments));
}

/** Whether anything of the release goes by the clock. */
export const hasTimes = (state: OpenRelease): boolean => nextMoment(state, state.openedAt) !== undefined;

/** What comes by itself, and when; votes and deferrals of people can change it. */
export type Coming = { readonly at: Instant } & (
  | { readonly kind: 'resumes' | 'voting-opens' | 'voting-closes' | 'approves' | 'reminder' | 'expires' }
  | { readonly kind: 'escalation'; readonly escalation: Rung }
);

/** What comes by itself for an attempt, in no order; some of it may be overdue. `stays`: its deadline is only shown. */
export function comingOf(attempt: Attempt, stays: boolean): readonly Coming[] {
  const deferral = deferralOf(attempt);
  if (deferral) return [{ kind: 'resumes', at: deferral.until }];
  const timetable = attempt.timetable ?? noTimes;
  const { openUntil, deadline, reminders } = timetable;
  const rungs = escalationsToCome(attempt).map(
    ({ escalation }): Coming => ({ kind: 'escalation', at: escalation.at, escalation }),
  );
  const opens = sessionToCome(attempt);
  const coming = (kind: Exclude<Coming['kind'], 'escalation'>, at: Instant | undefined): readonly Coming[] =>
    at === undefined ? [] : [{ kind, at }];
  const ends = coming('expires', stays ? undefined : deadline);
  // All other times count from the session, but those that stood before the scope changed may come first.
  if (opens !== undefined)
    return [
      ...[...ends, ...rungs].filter(({ at }) => Date.parse(at) < Date.parse(opens)),
      ...coming('voting-opens', opens),
    ];
  const open = isVotingOpen(attempt) ? openUntil : undefined;
  return [
    ...ends,
    ...coming('voting-closes', open),
    ...coming('approves', approvesBy(timetable, stays)),
    ...soonestFirst(reminders)
      .slice(attempt.rungs.reminders)
      .flatMap((at) => coming('reminder', at)),
    ...rungs,
  ];
}

const momentsOf = (attempt: Attempt, stays: boolean): readonly number[] =>
  comingOf(attempt, stays).map(({ kind, at }) => Date.parse(at) + (kind === 'expires' ? expiryGraceMs : 0));
