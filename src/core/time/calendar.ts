import type { Instant } from '../values.ts';
import { day, instantFrom, momentOfWallTime, second, wallTime } from './clock-face.ts';
import {
  type DayNumber,
  dateAt,
  readDate,
  startOfDay,
  type Weekday,
  weekdayOf,
  weekdays,
  writeDate,
} from './date.ts';
import type { Duration } from './duration.ts';
import type { WeeklySession } from './sessions.ts';

/** On which days people work, and where. Holidays are dates such as `2026-12-25`. */
export type Calendar = {
  readonly zone: string;
  readonly businessDays: readonly Weekday[];
  readonly holidays: readonly string[];
  /** When boards meet, by id; absent: none does. */
  readonly sessions?: { readonly [id: string]: WeeklySession };
};

/** Monday to Friday in UTC, without holidays: what holds where nothing is configured. */
export const defaultCalendar: Calendar = {
  zone: 'UTC',
  businessDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  holidays: [],
};

/**
 * Whether business days can be counted on a calendar: at least one day of the week is one. Holidays are a list with an
 * end, so they never take the last. Where this is false every day that is no holiday counts as a business day, so that
 * counting ends; a configuration should not get that far.
 */
export const hasBusinessDays = (calendar: Calendar): boolean => calendar.businessDays.length > 0;

/** Whether a date, such as `2026-12-25`, is a business day; never where there is no such date. */
export const isBusinessDate = (date: string, calendar: Calendar): boolean => {
  const number = readDate(date);
  return number !== undefined && businessDayTest(calendar)(number);
};

const businessDayTest = (calendar: Calendar): ((date: DayNumber) => boolean) => {
  const days = new Set(hasBusinessDays(calendar) ? calendar.businessDays : weekdays);
  const holidays = new Set(calendar.holidays);
  return (date) => days.has(weekdayOf(date)) && !holidays.has(writeDate(date));
};

/** The n-th business day after a date, or before it where the step is -1. */
const countDays = (
  from: DayNumber,
  days: number,
  step: 1 | -1,
  isBusinessDay: (date: DayNumber) => boolean,
): DayNumber => {
  let date = from;
  for (let left = days; left > 0; ) {
    date += step;
    if (isBusinessDay(date)) left -= 1;
  }
  return date;
};

/** A time of day on a date; where the clock jumps from it into the next day, the last second before. */
const sameTimeOn = (date: DayNumber, timeOfDay: number, zone: string): number =>
  Math.min(momentOfWallTime(date * day + timeOfDay, zone), startOfDay(date + 1, zone) - second);

/**
 * When a duration that begins at a moment ends. Business days end at the same time of day on the n-th business day after
 * it. On a day that is none, counting begins with the first moment of the next business day, so that people get n whole
 * days: one business day from a Saturday ends as Tuesday begins. `momentOfWallTime` says what holds where the clock is
 * changed; in an hour that it repeats, a later beginning may so end up to an hour earlier.
 */
export const addDuration = (from: Instant, duration: Duration, calendar: Calendar): Instant => {
  const at = Date.parse(from);
  if (duration.kind === 'elapsed') return instantFrom(at + duration.ms);
  const { zone } = calendar;
  const isBusinessDay = businessDayTest(calendar);
  const today = dateAt(at, zone);
  if (isBusinessDay(today)) {
    const last = countDays(today, duration.days, 1, isBusinessDay);
    return instantFrom(sameTimeOn(last, wallTime(at, zone) - today * day, zone));
  }
  return instantFrom(startOfDay(countDays(today, duration.days + 1, 1, isBusinessDay), zone));
};

/**
 * When a duration must have begun that ends at a moment: the mirror image of `addDuration`. Business days begin at the
 * same time of day on the n-th business day before it; where it ends on a day that is none, as the n-th begins.
 */
export const subtractDuration = (until: Instant, duration: Duration, calendar: Calendar): Instant => {
  const at = Date.parse(until);
  if (duration.kind === 'elapsed') return instantFrom(at - duration.ms);
  const { zone } = calendar;
  const isBusinessDay = businessDayTest(calendar);
  const today = dateAt(at, zone);
  const first = countDays(today, duration.days, -1, isBusinessDay);
  const timeOfDay = isBusinessDay(today) ? wallTime(at, zone) - today * day : 0;
  return instantFrom(sameTimeOn(first, timeOfDay, zone));
};
