import type { Instant } from '../values.ts';

/** The first of some moments in time; undefined: there is none. */
export const earliest = (moments: readonly (Instant | undefined)[]): Instant | undefined =>
  moments
    .filter((moment) => moment !== undefined)
    .toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
