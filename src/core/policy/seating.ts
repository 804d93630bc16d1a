import type { QuorumRule } from '../manifest/manifest.ts';
import { type Candidate, seatCandidates } from './matching.ts';
import type { Policy } from './policy.ts';

/** Who sits where: for each rule, by index, the ids of the people on its seats. */
export type Seating = readonly ReadonlySet<number>[];

/** Seats of a rule among `eligible` people; `majority` is more than half (design 3.3, S-081 to S-084). */
export const seatsOf = ({ require }: QuorumRule, eligible: number): number => {
  switch (require.kind) {
    case 'count':
      return require.count;
    case 'majority':
      return Math.floor(eligible / 2) + 1;
    case 'unanimous':
      return eligible;
    case 'all-but':
      return Math.max(1, eligible - require.count);
  }
};

/**
 * Fills as many seats as these people can. One person takes one seat of one rule (decision 0001), unless the activity is
 * `distinct: false`: then they sit in every rule they are in. Earlier candidates come first.
 */
export const fillSeats = (
  policy: Policy,
  candidates: readonly Candidate[],
  seats: readonly number[],
): Seating => {
  const seating = seats.map(() => new Set<number>());
  if (policy.distinct === false) {
    for (const { id, rules } of candidates) {
      for (const rule of rules) {
        const taken = seating[rule];
        if (taken !== undefined && taken.size < (seats[rule] as number)) taken.add(id);
      }
    }
    return seating;
  }
  for (const [id, rule] of seatCandidates(candidates, seats)) (seating[rule] as Set<number>).add(id);
  return seating;
};

/** How many seats stay empty. */
export const emptySeats = (seating: Seating, seats: readonly number[]): number =>
  seats.reduce((sum, wanted, rule) => sum + wanted - (seating[rule] as ReadonlySet<number>).size, 0);

/**
 * How many rules are open: all of them, or, where they open one after the other, those that are full and the next one.
 * Full are as many from the first on as can all be full at once; `seating` has the approving people on their seats.
 */
export const openRules = (
  policy: Policy,
  approving: readonly Candidate[],
  seats: readonly number[],
  seating: Seating,
): number => {
  if (policy.order !== 'sequential') return seats.length;
  const isFull = (rule: number): boolean => (seating[rule] as ReadonlySet<number>).size === seats[rule];
  const firstFull = (count: number): boolean => {
    const first = seats.slice(0, count);
    return emptySeats(fillSeats(policy, approving, first), first) === 0;
  };
  let full = 0;
  // What is full at once with all the others needs no other seating to be so.
  while (full < seats.length && isFull(full)) full += 1;
  while (full < seats.length && firstFull(full + 1)) full += 1;
  return Math.min(full + 1, seats.length);
};
