import { IANAZone } from 'luxon';
import type { Instant } from '../values.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** Always 24 hours; a calendar day may have 23 or 25. */
export const day = 24 * hour;

/** Milliseconds since 1970 as an instant; what is below a second is cut off. */
export const instantFrom = (ms: number): Instant =>
  `${new Date(Math.floor(ms / second) * second).toISOString().slice(0, -5)}Z`;

/** The zones that the platform lists: asking it about a single one takes a thousand times longer. */
const listed: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/**
 * Whether the platform knows the time zone. Offsets such as `+02:00` are no zones here: they know no summer time, and
 * only some platforms take them.
 */
export const isZone = (name: string): boolean =>
  listed.has(name) || (/^[A-Za-z]/.test(name) && IANAZone.isValidZone(name));

/**
 * What the clock on the wall shows at a moment: milliseconds since 1970-01-01T00:00 on that wall. Throws a RangeError on
 * a zone that `isZone` refuses: whoever read it should have.
 */
export const wallTime = (at: number, zone: string): number => {
  const offset = IANAZone.create(zone).offset(at);
  if (Number.isNaN(offset)) throw new RangeError(`${zone} is not a time zone`);
  return at + Math.round(offset * minute);
};

/**
 * The first moment at which the clock on the wall shows this time or a later one. So of an hour that the clock repeats
 * the first pass is meant, and a time that it skips means the moment at which it jumps. Whole seconds. Made of offsets
 * alone, because luxon starts its own search from the present offset, and the same input must give the same output at
 * any time of the year.
 */
export const momentOfWallTime = (wall: number, zone: string): number => {
  // A day to either side is past every difference to UTC, and no zone changes its clock twice in two days.
  const offsets = [wall - day, wall + day].map((near) => wallTime(near, zone) - near);
  let early = wall - Math.max(...offsets);
  let late = wall - Math.min(...offsets);
  if (wallTime(early, zone) >= wall) return early;
  while (late - early > second) {
    const middle = early + Math.floor((late - early) / 2 / second) * second;
    if (wallTime(middle, zone) >= wall) late = middle;
    else early = middle;
  }
  return late;
};
