import type { Instant } from '../values.ts';
import { instantFrom } from './clock-face.ts';
import { dateAt, momentAt, type TimeOfDay, type Weekday, weekdayOf, writeDate } from './date.ts';

/** A board that meets every week; `except` are dates on which it does not. */
export type WeeklySession = {
  readonly every: Weekday;
  readonly at: TimeOfDay;
  readonly except: readonly string[];
  /** The clock that it goes by; absent: that of the calendar it is part of. */
  readonly zone?: string;
};

/** When a board meets (S-065): every week, apart from some dates such as `2026-12-29`, or at the moments of a list. */
export type Sessions =
  | ({ readonly kind: 'weekly' } & Required<WeeklySession>)
  | { readonly kind: 'listed'; readonly at: readonly Instant[] };

/**
 * The first session that begins after a moment: who asks as a session begins waits for the next one. Undefined where the
 * list has none left; a weekly board always meets again.
 */
export const nextSession = (sessions: Sessions, after: Instant): Instant | undefined => {
  const past = Date.parse(after);
  if (sessions.kind === 'listed') {
    const later = sessions.at.map((at) => Date.parse(at)).filter((at) => at > past);
    return later.length === 0 ? undefined : instantFrom(Math.min(...later));
  }
  const { every, at, zone, except } = sessions;
  let date = dateAt(past, zone);
  while (weekdayOf(date) !== every || except.includes(writeDate(date)) || momentAt(date, at, zone) <= past)
    date += 1;
  return instantFrom(momentAt(date, at, zone));
};
