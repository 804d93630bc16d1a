import type { Instant } from '../values.ts';
import { instantFrom, isZone } from './clock-face.ts';
import { type DayNumber, datePhrase, readDate, startOfDay } from './date.ts';
import { momentPhrase, readExactMoment } from './moment.ts';

/** A time in which nothing is released: from its first moment to just before `until`. */
export type Freeze = {
  readonly name: string;
  readonly from: Instant;
  /** The first moment that is free again. */
  readonly until: Instant;
  /** Names, compared ignoring case; none means all. */
  readonly environments: readonly string[];
};

export const freezeMomentPhrase = `${datePhrase}, or ${momentPhrase}`;

/** Which parts of a freeze cannot be read; `order` where it would end before it begins. */
export type FreezeFlaw = 'from' | 'until' | 'order';

/** A freeze, or everything that is wrong with it. */
export type ReadFreeze =
  | { readonly kind: 'freeze'; readonly freeze: Freeze }
  | { readonly kind: 'invalid'; readonly flaws: readonly FreezeFlaw[] };

/**
 * Gives the two ends of a freeze their meaning: a date as `from` means the start of that day in the zone, as `until` its
 * end; a moment means itself.
 */
export const readFreeze = (written: Freeze, zone: string): ReadFreeze => {
  const from = readEnd(written.from, zone, (date) => date);
  const until = readEnd(written.until, zone, (date) => date + 1);
  if (from === undefined || until === undefined) {
    const flaws: readonly FreezeFlaw[] = [
      ...(from === undefined ? (['from'] as const) : []),
      ...(until === undefined ? (['until'] as const) : []),
    ];
    return { kind: 'invalid', flaws };
  }
  if (Date.parse(from) >= Date.parse(until)) return { kind: 'invalid', flaws: ['order'] };
  return { kind: 'freeze', freeze: { ...written, from, until } };
};

const readEnd = (
  text: string,
  zone: string,
  dayThatBegins: (date: DayNumber) => DayNumber,
): Instant | undefined => {
  const date = readDate(text);
  if (date === undefined) return readExactMoment(text);
  return isZone(zone) ? instantFrom(startOfDay(dayThatBegins(date), zone)) : undefined;
};

/** The freezes that hold an environment at a moment (design 3.9), in the order given. */
export const frozenBy = (freezes: readonly Freeze[], environment: string, at: Instant): readonly Freeze[] => {
  const now = Date.parse(at);
  return freezes.filter(
    (freeze) =>
      concerns(freeze, environment) && Date.parse(freeze.from) <= now && now < Date.parse(freeze.until),
  );
};

/** Whether it is about an environment: named, or every one. */
export const concerns = (
  { environments }: { readonly environments: readonly string[] },
  environment: string,
): boolean =>
  environments.length === 0 || environments.some((name) => name.toLowerCase() === environment.toLowerCase());
