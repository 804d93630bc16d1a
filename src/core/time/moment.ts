import type { Instant } from '../values.ts';
import { instantFrom, isZone } from './clock-face.ts';
import { endOfDay, readDate } from './date.ts';

export const momentPhrase =
  'a moment with its time zone, such as 2026-11-25T09:00:00Z or 2026-11-25T10:00:00+01:00';

export const momentOrDatePhrase = `${momentPhrase}, or a date such as 2026-11-25, which means the end of that day`;

const time = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * A moment as RFC 3339 writes it, of the years 1970 to 2999. Undefined where the day does not exist, where the offset is
 * missing, and for a leap second, which no clock here can show. What is below a second is cut off.
 */
export const readExactMoment = (text: string): Instant | undefined => {
  const [date = '', clock = ''] = [text.slice(0, 10), text.slice(11)];
  if (text[10]?.toUpperCase() !== 'T' || readDate(date) === undefined || !time.test(clock)) return undefined;
  return instantFrom(Date.parse(text.toUpperCase()));
};

/**
 * A moment, or a date. A date means the end of that day in the zone, its last whole second: the last moment at which an
 * approval still counts (S-086). Undefined where the text is neither, or the zone is not known.
 */
export const readMoment = (text: string, zone: string): Instant | undefined => {
  const date = readDate(text);
  if (date === undefined) return readExactMoment(text);
  return isZone(zone) ? instantFrom(endOfDay(date, zone)) : undefined;
};
