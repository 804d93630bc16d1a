import type { Activity } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { present } from '../written/present.ts';
import type { Revision } from './event.ts';
import { type Attempt, deferralOf } from './state.ts';
import { calendarOf, ladderOf, noTimes, sameRungs, type Timetable, timetableOf } from './timetable.ts';

/**
 * The times of an attempt whose scope changes at `at`: what is voted on now is open for its whole time, and a board decides
 * in a session about what it saw. The deadline stays, with the moments of reminders and escalations: no revision prolongs a
 * vote. Whom escalations tell or let vote is as the revision says; who is new there comes as if they had been from the
 * beginning of the attempt (decision 0055).
 */
export function restartedTimes(
  revision: Pick<Revision, 'calendar'>,
  activity: Activity,
  attempt: Attempt,
  at: Instant,
): { readonly timetable?: Timetable } {
  const { until = at } = deferralOf(attempt) ?? {};
  const begin = Date.parse(until) > Date.parse(at) ? until : at;
  const calendar = calendarOf(revision);
  const anew = timetableOf(activity, begin, calendar);
  const before = attempt.timetable;
  if (before === undefined && anew === undefined) return {};
  const { opens, openUntil, approves } = anew ?? {};
  const { deadline, reminders, escalations } = before ?? noTimes;
  const from = before?.opens ?? attempt.deferrals.at(-1)?.until ?? attempt.activatedAt;
  const ladder = ladderOf(activity.timing ?? { escalate: [] }, from, deadline, calendar);
  const kept = sameRungs(escalations, ladder);
  const timed = ladder.map((rung, index) => ({ ...rung, at: escalations[kept[index] ?? -1]?.at ?? rung.at }));
  return {
    timetable: { ...present({ opens, openUntil, approves, deadline }), reminders, escalations: timed },
  };
}
