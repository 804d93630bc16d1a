import type { Person } from '../values.ts';
import { persons, type Voter } from './electoral-roll.ts';
import type { Policy } from './policy.ts';
import { smallestRevote } from './revote.ts';
import { emptySeats, type Seating } from './seating.ts';
import { smallestCover } from './smallest-cover.ts';

/** How things stand: who could approve, apart from those who reject and those who may not. */
export type Standing = {
  readonly policy: Policy;
  readonly seats: readonly number[];
  /** Empty seats by rule. */
  readonly missing: readonly number[];
  readonly approving: readonly Voter[];
  /** They have not approved, and may. */
  readonly others: readonly Voter[];
  /** The seats as the votes that were cast and all the others fill them. */
  readonly together: Seating;
  /** How many more have to approve whatever seats they take, because rejections must be outweighed. */
  readonly wanted: number;
};

/**
 * A smallest set of people whose approval would be enough: it meets every rule when they approve, each when it is their
 * turn, and no smaller set does (design 3.4). The caller knows that everybody together would be enough.
 */
export const smallestSet = (standing: Standing): readonly Person[] => {
  const { others, wanted } = standing;
  const needed = needForSeats(standing);
  const called = new Set(needed.map(({ id }) => id));
  const fresh = others.filter(({ id }) => called.has(id)).length;
  const more = others.filter(({ id }) => !called.has(id)).slice(0, Math.max(0, wanted - fresh));
  return persons([...needed, ...more].sort((a, b) => a.id - b.id));
};

const needForSeats = (standing: Standing): readonly Voter[] => {
  const { policy, seats, missing, approving, others, together, wanted } = standing;
  if (policy.distinct === false) return smallestCover(approving, others, missing, wanted);
  // Votes that were cast keep their seats, so each of the others fills exactly one more: fewer can never be enough.
  if (emptySeats(together, seats) === 0)
    return others.filter(({ id }) => together.some((seated) => seated.has(id)));
  return smallestRevote(approving, others, seats, wanted);
};
