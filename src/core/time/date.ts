import { day, minute, momentOfWallTime, second, wallTime } from './clock-face.ts';

/** Days of the week as people write them, in order. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof weekdays)[number];

/** A date as a number of days since 1970-01-01. */
export type DayNumber = number;

export const datePhrase = 'a date such as 2026-11-25';

/** A date written `2026-11-25`, of the years 1970 to 2999; undefined where there is no such day. */
export const readDate = (text: string): DayNumber | undefined => {
  if (!/^(?:19[789]|2\d\d)\d-\d\d-\d\d$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // Some engines read the 31st of February as a day of March.
  return !Number.isNaN(ms) && writeDate(ms / day) === text ? ms / day : undefined;
};

export const writeDate = (date: DayNumber): string => new Date(date * day).toISOString().slice(0, 10);

export const weekdayOf = (date: DayNumber): Weekday =>
  // 1970 began on a Thursday.
  weekdays[(((date + 3) % 7) + 7) % 7] as Weekday;

/** The date in a zone, in milliseconds since 1970. */
export const dateAt = (at: number, zone: string): DayNumber => Math.floor(wallTime(at, zone) / day);

/** The first moment of a day in a zone; where midnight is skipped that is later than 00:00. */
export const startOfDay = (date: DayNumber, zone: string): number => momentOfWallTime(date * day, zone);

/** The last whole second of a day in a zone. */
export const endOfDay = (date: DayNumber, zone: string): number => startOfDay(date + 1, zone) - second;

/** A time of day on the clock of a zone, `00:00` to `23:59`. */
export type TimeOfDay = string;

export const timeOfDayPhrase = 'a time of day from 00:00 to 23:59';

export const isTimeOfDay = (text: string): text is TimeOfDay => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The moment at which the clock of a zone shows a time on a date, as `momentOfWallTime` says. */
export const momentAt = (date: DayNumber, time: TimeOfDay, zone: string): number => {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return momentOfWallTime(date * day + (hours * 60 + minutes) * minute, zone);
};
