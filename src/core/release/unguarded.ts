import { guardedBy } from '../floors/guarded.ts';
import { present } from '../written/present.ts';
import type { Unguarded } from './machine-event.ts';
import type { Attempt, OpenRelease } from './state.ts';

/**
 * What a floor of the release has against opening an environment now; undefined: nothing. A function of the record alone:
 * whoever replays it finds the same (T14).
 */
export const unguardedIn = (
  { revision: { floors } }: OpenRelease,
  environment: string,
  { guard }: Attempt,
): Unguarded | undefined => {
  const isGuarded = guard?.kind === 'known' && guard.value.length === 0;
  if (isGuarded || guardedBy(floors, environment).length === 0) return undefined;
  return { kind: 'unguarded', environment, ...present({ guard }) };
};
