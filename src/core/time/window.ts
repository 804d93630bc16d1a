import type { Instant } from '../values.ts';
import { day } from './clock-face.ts';
import { type DayNumber, dateAt, momentAt, type TimeOfDay, type Weekday, weekdayOf } from './date.ts';

/**
 * A change window that comes back every week: open from a time of day to just before another. Where `until` is not
 * later than `from` it ends on the next day; `days` are those on which it opens.
 */
export type Window = {
  readonly days: readonly Weekday[];
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  readonly zone: string;
};

/** A window for some environments, compared ignoring case; none means all. */
export type ChangeWindow = Window & { readonly environments: readonly string[] };

/** Whether a moment lies in one of the windows. Without any window nothing is held, so always (design 3.9). */
export const isInWindow = (windows: readonly Window[], at: Instant): boolean =>
  windows.length === 0 || windows.some((window) => closingOf(window, Date.parse(at)) !== undefined);

/** When the opening ends that a moment lies in; undefined where it lies in none. */
const closingOf = (window: Window, at: number): number | undefined => {
  const today = dateAt(at, window.zone);
  // Yesterday's may reach into today.
  const date = [today - 1, today].find(
    (one) => opensOn(window, one) && opening(window, one) <= at && at < closing(window, one),
  );
  return date === undefined ? undefined : closing(window, date);
};

/** The first moment, not before the given one, that lies in no window; undefined where there is none within a week. */
export const nextClosing = (windows: readonly Window[], from: number): number | undefined => {
  let at = from;
  while (at <= from + 7 * day) {
    const ends = windows.map((window) => closingOf(window, at)).filter((end) => end !== undefined);
    if (ends.length === 0) return at;
    at = Math.max(...ends);
  }
  return undefined;
};

const opensOn = (window: Window, date: DayNumber): boolean => window.days.includes(weekdayOf(date));

const opening = (window: Window, date: DayNumber): number => momentAt(date, window.from, window.zone);

const closing = ({ from, until, zone }: Window, date: DayNumber): number =>
  momentAt(until <= from ? date + 1 : date, until, zone);

/** When the next window opens after a moment, in milliseconds; undefined where none ever does. */
export const nextOpening = (windows: readonly Window[], after: number): number | undefined => {
  const openings = windows.flatMap((window) => {
    const today = dateAt(after, window.zone);
    const week = [0, 1, 2, 3, 4, 5, 6, 7].map((days) => today + days);
    return week.filter((date) => opensOn(window, date)).map((date) => opening(window, date));
  });
  const later = openings.filter((at) => at > after);
  return later.length === 0 ? undefined : Math.min(...later);
};
