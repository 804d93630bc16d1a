import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Requirement } from '../../../src/core/manifest/manifest.ts';
import { evaluate } from '../../../src/core/policy/evaluate.ts';
import type { BallotFacts, Policy } from '../../../src/core/policy/policy.ts';
import { ballot, policy, vote } from './ballot.ts';

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'count' as const, count })),
  fc.constantFrom({ kind: 'majority' as const }, { kind: 'unanimous' as const }),
);

const ids = fc.subarray([1, 2, 3, 4, 5, 6]);

type Case = {
  readonly asked: Policy;
  readonly members: readonly (readonly number[])[];
  readonly approve: readonly number[];
};

const someCase: fc.Arbitrary<Case> = fc
  .array(fc.record({ require: requirement, members: ids }), { minLength: 1, maxLength: 3 })
  .chain((rules) => {
    const members = rules.map((one) => one.members);
    return fc.record({
      asked: fc.constant(policy(...rules.map((one) => one.require))),
      members: fc.constant(members),
      approve: fc.subarray([...new Set(members.flat())]),
    });
  });

const shuffled = (facts: BallotFacts): fc.Arbitrary<BallotFacts> =>
  fc.record({
    roster: fc.shuffledSubarray([...facts.roster], { minLength: facts.roster.length }),
    votes: fc.shuffledSubarray([...facts.votes], { minLength: facts.votes.length }),
    doubts: fc.constant(facts.doubts),
    barred: fc.constant(facts.barred),
    unknown: fc.constant(facts.unknown),
  });

const check = <T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, predicate), { numRuns: 500 });

/** All ways to give each voter one rule or none, by exhaustion: what the matching is held against. */
const satisfiable = (seats: readonly number[], voters: readonly (readonly number[])[]): boolean => {
  if (seats.every((wanted) => wanted === 0)) return true;
  const [first, ...rest] = voters;
  if (first === undefined) return false;
  const take = (rule: number) => seats.map((wanted, index) => (index === rule ? wanted - 1 : wanted));
  return (
    satisfiable(seats, rest) || first.some((rule) => (seats[rule] ?? 0) > 0 && satisfiable(take(rule), rest))
  );
};

it('does not depend on the order of roster and votes', () => {
  const both = someCase.chain(({ asked, members, approve }) => {
    const facts = ballot(members, { approve });
    return shuffled(facts).map((other) => ({ asked, facts, other }));
  });
  check(both, ({ asked, facts, other }) => {
    expect(evaluate(asked, other)).toEqual(evaluate(asked, facts));
  });
});

it('approves exactly when each approving person can be given one seat and all seats are taken', () => {
  check(someCase, ({ asked, members, approve }) => {
    const verdict = evaluate(asked, ballot(members, { approve }));
    const rulesOf = (id: number) => members.flatMap((one, rule) => (one.includes(id) ? [rule] : []));
    const possible = satisfiable(
      verdict.rules.map(({ seats }) => seats),
      approve.map(rulesOf),
    );
    const staffed = members.every((one) => one.length > 0);
    expect(verdict.status === 'approved').toBe(possible && staffed);
  });
});

it('counts nobody twice, and only people who approve and are eligible', () => {
  check(someCase, ({ asked, members, approve }) => {
    const { rules } = evaluate(asked, ballot(members, { approve: [...approve, ...approve] }));
    const counted = rules.flatMap((one) => one.counted.map(({ id }) => id));
    expect(new Set(counted).size).toBe(counted.length);
    expect(approve).toEqual(expect.arrayContaining(counted));
    rules.forEach((one, index) => {
      expect(one.counted.length).toBeLessThanOrEqual(one.seats);
      expect(members[index]).toEqual(expect.arrayContaining(one.counted.map(({ id }) => id)));
    });
  });
});

it('is never helped by taking an approval away', () => {
  check(fc.tuple(someCase, fc.nat()), ([{ asked, members, approve }, pick]) => {
    const fewer = approve.filter((_, index) => index !== pick % (approve.length + 1));
    if (evaluate(asked, ballot(members, { approve: fewer })).status !== 'approved') return;
    expect(evaluate(asked, ballot(members, { approve })).status).toBe('approved');
  });
});

it('never approves while something is unknown or in doubt, and always rejects on a rejection', () => {
  check(fc.tuple(someCase, fc.boolean()), ([{ asked, members, approve }, doubtful]) => {
    const first = members.flat()[0];
    const doubts =
      first === undefined || !doubtful
        ? []
        : [{ person: { id: first, login: 'x' }, what: 'edited' as const }];
    const unknown = doubts.length > 0 ? [] : ['team:qa'];
    const facts = ballot(members, { approve }, { doubts, unknown });
    expect(evaluate(asked, facts).status).toBe('blocked');
    if (first === undefined) return;
    const votes = [
      ...facts.votes,
      vote(
        first,
        members.flatMap((one, rule) => (one.includes(first) ? [rule] : [])),
        'reject',
      ),
    ];
    expect(evaluate(asked, { ...facts, votes }).status).toBe('rejected');
  });
});

it('names a set that unblocks, and no smaller one does', () => {
  check(someCase, ({ asked, members, approve }) => {
    const verdict = evaluate(asked, ballot(members, { approve }));
    if (verdict.status !== 'waiting') return;
    const also = (extra: readonly number[]) =>
      evaluate(asked, ballot(members, { approve: [...approve, ...extra] })).status;
    const unblock = verdict.unblock.map(({ id }) => id);
    expect(also(unblock)).toBe('approved');
    const others = [...new Set(members.flat())].filter((id) => !approve.includes(id));
    const subsets: number[][] = [[]];
    for (const id of others) subsets.push(...subsets.map((one) => [...one, id]));
    for (const smaller of subsets.filter((one) => one.length < unblock.length)) {
      expect(also(smaller)).not.toBe('approved');
    }
  });
});
