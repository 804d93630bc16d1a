import type { Instant } from '../values.ts';
import { day, instantFrom, second } from './clock-face.ts';
import { type Freeze, frozenBy } from './freeze.ts';
import { isInWindow, nextOpening, type Window } from './window.ts';

/** What is later than two years is no time to look again at, but a mistake that a person must see. */
const horizon = 731 * day;

/**
 * The first moment, not before the given one, at which an environment is neither frozen nor outside its windows (design
 * 3.9). Whole seconds; undefined where there is none within two years.
 */
export const nextOpenMoment = (
  freezes: readonly Freeze[],
  windows: readonly Window[],
  environment: string,
  from: Instant,
): Instant | undefined => {
  const first = Math.ceil(Date.parse(from) / second) * second;
  let at: number | undefined = first;
  while (at !== undefined && at <= first + horizon) {
    const instant = instantFrom(at);
    const holding = frozenBy(freezes, environment, instant);
    if (holding.length > 0) at = Math.max(...holding.map(({ until }) => Date.parse(until)));
    else if (isInWindow(windows, instant)) return instant;
    else at = nextOpening(windows, at);
  }
  return undefined;
};
