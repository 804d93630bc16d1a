import type { Instant } from '../values.ts';
import { addDuration, type Calendar, subtractDuration } from './calendar.ts';
import { instantFrom } from './clock-face.ts';
import { type Duration, readDuration, writeDuration } from './duration.ts';

/** When a reminder or an escalation is due, seen from the activation or from the deadline (S-138, S-145). */
export type Offset =
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'after'; readonly duration: Duration }
  | { readonly kind: 'before'; readonly duration: Duration };

export const offsetPhrase =
  'a percentage of the time until the deadline such as 50%, a duration after activation such as 2h, or one before the deadline such as 6h before';

/** `50%`, `2h`, `6h before`, `1 business day before`; undefined where the text is none of them. */
export const readOffset = (text: string): Offset | undefined => {
  const percent = /^([1-9]\d?|100)%$/.exec(text)?.[1];
  if (percent !== undefined) return { kind: 'percent', percent: Number(percent) };
  const isBefore = text.endsWith(' before');
  const duration = readDuration(isBefore ? text.slice(0, -' before'.length) : text);
  return duration === undefined ? undefined : { kind: isBefore ? 'before' : 'after', duration };
};

export const writeOffset = (offset: Offset): string => {
  if (offset.kind === 'percent') return `${offset.percent}%`;
  const duration = writeDuration(offset.duration);
  return offset.kind === 'before' ? `${duration} before` : duration;
};

/** Whether an offset means something only where there is a deadline. */
export const needsDeadline = (offset: Offset): boolean => offset.kind !== 'after';

/**
 * The moment that an offset means; undefined where it needs a deadline and there is none. It may lie before the
 * activation (`6h before` a deadline of two hours): then it was due from the start.
 */
export const instantOf = (
  offset: Offset,
  activatedAt: Instant,
  deadline: Instant | undefined,
  calendar: Calendar,
): Instant | undefined => {
  if (offset.kind === 'after') return addDuration(activatedAt, offset.duration, calendar);
  if (deadline === undefined) return undefined;
  if (offset.kind === 'before') return subtractDuration(deadline, offset.duration, calendar);
  const from = Date.parse(activatedAt);
  return instantFrom(from + Math.floor(((Date.parse(deadline) - from) * offset.percent) / 100));
};
