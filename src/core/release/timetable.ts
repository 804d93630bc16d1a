import type { Activity, Timing } from '../manifest/manifest.ts';
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

/** The moments that an attempt's times mean, fixed when it begins, so that nobody has to count again (T20). */
export type Timetable = {
  /** No vote counts before it: the session that comes next. */
  readonly opens?: Instant;
  /** Nothing is approved before it. */
  readonly openUntil?: Instant;
  /** The last moment at which a vote counts. */
  readonly deadline?: Instant;
  readonly reminders: readonly Instant[];
  readonly escalations: readonly Instant[];
  /** When it approves by itself. */
  readonly approves?: Instant;
};

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
  const moments = (offsets: readonly string[]): readonly Instant[] =>
    offsets.flatMap((text) => {
      const offset = readOffset(text);
      const moment = offset && instantOf(offset, from, deadline, calendar);
      return moment === undefined ? [] : [moment];
    });
  return {
    ...present({ opens, openUntil, deadline, approves }),
    reminders: moments(timing.remind),
    escalations: moments(timing.escalate.map(({ at }) => at)),
  };
}

/** When a release begins that says so; undefined: when it is merged. */
export const startOf = ({ plan, calendar }: Pick<Revision, 'plan' | 'calendar'>): Instant | undefined =>
  plan.start === undefined
    ? undefined
    : readMoment(plan.start, calendarOf({ ...(calendar && { calendar }) }).zone);
