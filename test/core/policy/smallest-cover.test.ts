import { expect, it } from 'vitest';
import type { Voter } from '../../../src/core/policy/electoral-roll.ts';
import { smallestCover } from '../../../src/core/policy/smallest-cover.ts';

const voter = (id: number, ...rules: readonly number[]): Voter => ({
  id,
  person: { id, login: `u${id}` },
  rules: new Set(rules),
  counted: new Set(rules),
  voted: new Set(),
});

const missing = [1, 1, 1, 1, 1, 1];

it('finds the two who are enough where the most helpful one is in neither set, voted before or not (design 3.4)', () => {
  const [helpful, one, other] = [voter(1, 0, 1, 2, 3), voter(2, 0, 1, 4), voter(3, 2, 3, 5)];
  const ids = (approving: readonly Voter[], others: readonly Voter[]) =>
    smallestCover(approving, others, missing, 0)
      .map(({ id }) => id)
      .sort();
  expect(ids([], [helpful, one, other])).toEqual([2, 3]);
  expect(ids([helpful], [one, other])).toEqual([2, 3]);
  expect(ids([one, other], [helpful])).toEqual([2, 3]);
});
