import { earliest } from '../time/earliest.ts';
import type { Instant } from '../values.ts';
import { nextMoment } from './clockwork.ts';
import { nextOpeningMoment, type Rules } from './opening.ts';
import type { OpenRelease } from './state.ts';

/** When something happens by itself next, as far as the record and the rules that are given tell; undefined: not in sight. */
export function nextTurnOf(state: OpenRelease, at: Instant, rules?: Rules): Instant | undefined {
  const opening = rules && nextOpeningMoment(state, { kind: 'known', value: rules }, at);
  return earliest([nextMoment(state, at), opening]);
}
