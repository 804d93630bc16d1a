import type { Instant } from '../values.ts';
import { addDuration, type Calendar } from './calendar.ts';
import { type Duration, readDuration, writeDuration } from './duration.ts';
import { momentOrDatePhrase, readMoment } from './moment.ts';

/** The last moment at which an approval still counts (S-086): so long after activation, or at a fixed time. */
export type Deadline =
  | { readonly kind: 'after'; readonly duration: Duration }
  | { readonly kind: 'at'; readonly instant: Instant };

export const deadlinePhrase = `a duration such as 24h or 2 business days, ${momentOrDatePhrase}`;

/** A duration, a moment or a date; a date means the end of that day in the zone. Undefined where it is none of them. */
export const readDeadline = (text: string, zone: string): Deadline | undefined => {
  const duration = readDuration(text);
  if (duration !== undefined) return { kind: 'after', duration };
  const instant = readMoment(text, zone);
  return instant === undefined ? undefined : { kind: 'at', instant };
};

export const writeDeadline = (deadline: Deadline): string =>
  deadline.kind === 'after' ? writeDuration(deadline.duration) : deadline.instant;

/** The moment that is recorded and compared (T20). A fixed time may lie before the activation. */
export const deadlineInstant = (deadline: Deadline, activatedAt: Instant, calendar: Calendar): Instant =>
  deadline.kind === 'at' ? deadline.instant : addDuration(activatedAt, deadline.duration, calendar);
