import { day, hour, minute } from './clock-face.ts';

/**
 * A length of time. Elapsed time is what a stopwatch shows: `1d` is 24 hours, on a day with 23 or 25 hours too. Business
 * days are counted on a calendar (S-144).
 */
export type Duration =
  | { readonly kind: 'elapsed'; readonly ms: number }
  | { readonly kind: 'business-days'; readonly days: number };

/** No process should wait for longer than a leap year; a longer one is a slip of the pen. */
const mostDays = 366;

const units = { w: 7 * day, d: day, h: hour, m: minute } as const;

type Unit = keyof typeof units;

export const durationPhrase =
  'a duration such as 90m, 24h, 3d, 2w or 2 business days, of 366 days at the most';

/** A duration as people write it (syntax, Grammar); undefined where the text is none. */
export const readDuration = (text: string): Duration | undefined => {
  const match = /^([1-9]\d{0,5})(?:([mhdw])| business days?)$/.exec(text);
  if (match === null) return undefined;
  const count = Number(match[1]);
  const unit = match[2] as Unit | undefined;
  const ms = count * (unit === undefined ? day : units[unit]);
  if (ms > mostDays * day) return undefined;
  return unit === undefined ? { kind: 'business-days', days: count } : { kind: 'elapsed', ms };
};

/** As people write it, in the largest unit that leaves no rest; a part of a minute counts as one. */
export const writeDuration = (duration: Duration): string => {
  if (duration.kind === 'business-days')
    return duration.days === 1 ? '1 business day' : `${duration.days} business days`;
  const ms = Math.ceil(duration.ms / minute) * minute;
  const unit = (Object.keys(units) as Unit[]).find((one) => ms % units[one] === 0) as Unit;
  return `${ms / units[unit]}${unit}`;
};

/**
 * How much longer one written duration is than another, in milliseconds or business days; not a number where only a
 * calendar could tell, or one of them is none.
 */
export const longerBy = (one: string | undefined, other: string | undefined): number => {
  const [first, second] = [one, other].map((text) => (text === undefined ? undefined : readDuration(text)));
  if (first?.kind === 'elapsed' && second?.kind === 'elapsed') return first.ms - second.ms;
  if (first?.kind === 'business-days' && second?.kind === 'business-days') return first.days - second.days;
  return Number.NaN;
};
