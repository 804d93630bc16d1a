import type { Activity, Principal, Timing } from '../manifest/manifest.ts';
import { writtenPrincipal } from '../policy/written-principal.ts';
import type { Calendar } from '../time/calendar.ts';
import { defaultCalendar } from '../time/calendar.ts';
import { deadlineInstant, readDeadline } from '../time/deadline.ts';
import { readMoment } from '../time/moment.ts';
import { instantOf, readOffset } from '../time/offset.ts';
import { nextSession } from '../time/sessions.ts';
import type { Instant } from '../values.ts';
import { ownValue } from '../written/own-value.ts';
import { present } from '../written/present.ts';
import type { Revision } from './event.ts';

/** A rung of the ladder: when others are told, or let vote too, and who they are. */
export type Rung = {
  readonly at: Instant;
  readonly to: readonly Principal[];
  readonly grant?: true;
};

/** The moments that an attempt's times mean, fixed when it begins, so that nobody has to count again (T20). */
export type Timetable = {
  /** No vote counts before it: the session that comes next. */
  readonly opens?: Instant;
  /** Nothing is approved before it. */
  readonly openUntil?: Instant;
  /** The last moment at which a vote counts. */
  readonly deadline?: Instant;
  readonly reminders: readonly Instant[];
  /** With whom they are about: a manifest that changes moves nobody to another moment (decision 0040). */
  readonly escalations: readonly Rung[];
  /** When it approves by itself. */
  readonly approves?: Instant;
};

/** Of an attempt that nothing happens to by time. */
export const noTimes: Timetable = { reminders: [], escalations: [] };

/** For each rung of a ladder the place of the one before that tells, or lets vote, the same people: the first for the first. */
export function sameRungs(before: readonly Rung[], after: readonly Rung[]): readonly (number | undefined)[] {
  const whom = ({ to, grant }: Rung): string => [grant === true, ...to.map(writtenPrincipal)].join(' ');
  const left = new Map(before.map((rung, place) => [place, whom(rung)]));
  return after.map((rung) => {
    const [place] = [...left].find(([, one]) => one === whom(rung)) ?? [];
    if (place !== undefined) left.delete(place);
    return place;
  });
}

export const calendarOf = ({ calendar }: Pick<Revision, 'calendar'>): Calendar => calendar ?? defaultCalendar;

/** A session that no calendar has never takes place. */
const never: Instant = '2999-12-31T00:00:00Z';

function opensOf(
  { session }: Timing,
  after: Instant,
  { zone, sessions = {} }: Calendar,
): Instant | undefined {
  if (session === undefined) return undefined;
  const board = ownValue(sessions, session);
  return board === undefined ? never : nextSession({ kind: 'weekly', zone, ...board }, after);
}

/**
 * The timetable of an attempt that begins at `begin`; undefined where the activity says nothing about time. Where a
 * session opens the vote, everything else counts from there.
 */
export function timetableOf(
  { timing }: Pick<Activity, 'timing'>,
  begin: Instant,
  calendar: Calendar,
): Timetable | undefined {
  if (timing === undefined) return undefined;
  const opens = opensOf(timing, begin, calendar);
  const from = opens ?? begin;
  const after = (text: string | undefined): Instant | undefined => {
    const deadline = text === undefined ? undefined : readDeadline(text, calendar.zone);
    return deadline && deadlineInstant(deadline, from, calendar);
  };
  const [openUntil, deadline, approves] = [
    after(timing.openFor),
    after(timing.deadline),
    after(timing.autoApprove?.at),
  ];
  const moment = momentFrom(from, deadline, calendar);
  return {
    ...present({ opens, openUntil, deadline, approves }),
    reminders: timing.remind.flatMap(moment),
    escalations: ladderOf(timing, from, deadline, calendar),
  };
}

/** The ladder of an attempt whose times count from `from`, and which ends at `deadline`. */
export const ladderOf = (
  { escalate }: Pick<Timing, 'escalate'>,
  from: Instant,
  deadline: Instant | undefined,
  calendar: Calendar,
): readonly Rung[] => {
  const moment = momentFrom(from, deadline, calendar);
  return escalate.flatMap(({ at: offset, to, grant }) =>
    moment(offset).map((at) => ({ at, to, ...present({ grant }) })),
  );
};

/** The moment of an offset; none where it counts from a deadline that there is not. */
const momentFrom =
  (from: Instant, deadline: Instant | undefined, calendar: Calendar) =>
  (text: string): readonly Instant[] => {
    const offset = readOffset(text);
    const moment = offset && instantOf(offset, from, deadline, calendar);
    return moment === undefined ? [] : [moment];
  };

/** When a release begins that says so; undefined: when it is merged. */
export const startOf = ({ plan, calendar }: Pick<Revision, 'plan' | 'calendar'>): Instant | undefined =>
  plan.start === undefined
    ? undefined
    : readMoment(plan.start, calendarOf({ ...(calendar && { calendar }) }).zone);
