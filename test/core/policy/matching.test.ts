import { expect, it } from 'vitest';
import { seatCandidates } from '../../../src/core/policy/matching.ts';

const candidate = (id: number, ...rules: readonly number[]) => ({ id, rules: new Set(rules) });

it('keeps whoever has a seat when later candidates join', () => {
  const before = seatCandidates([candidate(9, 0, 1), candidate(8, 0)], [1, 1]);
  const after = seatCandidates(
    [candidate(9, 0, 1), candidate(8, 0), candidate(1, 0), candidate(2, 1)],
    [1, 1],
  );
  expect([...before.keys()].sort()).toEqual([8, 9]);
  expect(after).toEqual(before);
});

it('gives a seat of a rule that does not exist to nobody', () => {
  expect(seatCandidates([candidate(1, 5), candidate(2)], [1]).size).toBe(0);
});

it('rearranges everybody when the last to come fits one rule only', () => {
  // Person n fits rules n and n + 1; the last person fits only rule 0, so all the others must move on by one.
  const crowd = Array.from({ length: 300 }, (_, id) => candidate(id, id, id + 1));
  const seats = Array.from({ length: 301 }, () => 1);
  const seated = seatCandidates([...crowd, candidate(300, 0)], seats);
  expect(seated.size).toBe(301);
  expect([seated.get(300), seated.get(0), seated.get(299)]).toEqual([0, 1, 300]);
});
