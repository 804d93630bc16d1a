import type { Activity } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { present } from '../written/present.ts';
import type { Revision } from './event.ts';
import { type Attempt, deferralOf } from './state.ts';
import { calendarOf, type Timetable, timetableOf } from './timetable.ts';

/**
 * The times of an attempt whose scope changes at `at`: what is voted on now is open for its whole time, and a board decides
 * in a session about what it saw. Deadline, reminders and escalations stay: no revision prolongs a vote (decision 0055).
 */
export function restartedTimes(
  revision: Pick<Revision, 'calendar'>,
  activity: Activity,
  attempt: Attempt,
  at: Instant,
): { readonly timetable?: Timetable } {
  const { until = at } = deferralOf(attempt) ?? {};
  const begin = Date.parse(until) > Date.parse(at) ? until : at;
  const anew = timetableOf(activity, begin, calendarOf(revision));
  const before = attempt.timetable;
  if (before === undefined && anew === undefined) return {};
  const { opens, openUntil, approves } = anew ?? {};
  const { deadline, reminders = [], escalations = [] } = before ?? {};
  return { timetable: { ...present({ opens, openUntil, approves, deadline }), reminders, escalations } };
}
