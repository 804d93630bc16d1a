import { describe, expect, it } from 'vitest';
import { evaluate, rulesOpenNow } from '../../../src/core/policy/evaluate.ts';
import type { BallotFacts, Elector, Policy } from '../../../src/core/policy/policy.ts';
import { ballot, count, elector, personOf, policy, vote } from './ballot.ts';

const [ada, bob, eve] = [1, 2, 3].map(personOf);

describe('order: sequential (G-07)', () => {
  const asked: Policy = { ...policy(count(1), count(1), count(1)), order: 'sequential' };
  const members = [[1, 2], [2, 3], [3]];
  const cast = (...votes: BallotFacts['votes']): BallotFacts => ({ ...ballot(members), votes });

  it('opens one rule after the other', () => {
    expect(rulesOpenNow(asked, cast())).toBe(1);
    expect(rulesOpenNow(asked, cast(vote(1, [0])))).toBe(2);
    expect(rulesOpenNow(asked, cast(vote(1, [0]), vote(2, [1])))).toBe(3);
    expect(rulesOpenNow(asked, cast(vote(1, [0]), vote(2, [1]), vote(3, [2])))).toBe(3);
    expect(rulesOpenNow(policy(count(1), count(1)), cast())).toBe(2);
    // Seated as they come, one would sit in the first rule and the other in the last.
    expect(rulesOpenNow(asked, cast(vote(1, [0, 1]), vote(2, [0, 2])))).toBe(3);
    expect(evaluate(asked, cast(vote(1, [0]))).rules.map(({ met, closed }) => [met, closed])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  it('counts a vote only for the rules it was recorded with', () => {
    // bob spoke when only the first rule was open.
    expect(evaluate(asked, cast(vote(2, [0])))).toMatchObject({
      status: 'waiting',
      unblock: [ada, bob, eve],
      rules: [{ counted: [bob] }, { counted: [] }, { counted: [] }],
    });
    expect(evaluate(asked, cast(vote(1, [0]), vote(2, [0]), vote(3, [1]))).status).toBe('waiting');
    expect(evaluate(asked, cast(vote(1, [0]), vote(2, [0, 1]), vote(3, [2]))).status).toBe('approved');
  });

  it('names the whole way, also where somebody has to vote once more', () => {
    expect(evaluate(asked, cast())).toMatchObject({ unblock: [ada, bob, eve] });
    // Only eve may decide the last rule, so bob has to take the second one, and ada the first.
    const both = evaluate(asked, cast(vote(1, [0]), vote(3, [1])));
    expect(both).toMatchObject({ status: 'waiting', unblock: [bob, eve] });
  });

  it('takes who has not spoken before who has, where rejections must be outweighed too', () => {
    const two: Policy = {
      ...policy(count(1), count(1)),
      order: 'sequential',
      reject: { kind: 'outweighed' },
    };
    const facts = { ...ballot([[1, 2, 4, 5], [1]], {}), votes: [vote(1, [0]), vote(4, [0], 'reject')] };
    expect(evaluate(two, facts)).toMatchObject({ status: 'waiting', unblock: [ada, bob] });
  });
});

describe('distinct (decision 0001, G-02)', () => {
  const members = [
    [1, 2],
    [1, 3],
    [1, 2, 3],
  ];
  const rules = policy(count(1), count(1), count(1));

  it('is so unless the activity says otherwise: one vote fills one seat', () => {
    expect(evaluate(rules, ballot(members, { approve: [1] }))).toMatchObject({
      status: 'waiting',
      unblock: [bob, eve],
    });
  });

  it('may be false: then one vote fills a seat in each rule', () => {
    const shared: Policy = { ...rules, distinct: false };
    expect(evaluate(shared, ballot(members))).toMatchObject({ status: 'waiting', unblock: [ada] });
    expect(evaluate(shared, ballot(members, { approve: [1] })).status).toBe('approved');
    expect(evaluate(shared, ballot(members, { approve: [2] }))).toMatchObject({ unblock: [ada] });
    expect(evaluate(shared, ballot([[1], []]))).toMatchObject({
      blockage: { kind: 'nobody-eligible', rules: [1, 2] },
    });
    expect(evaluate({ ...policy(count(2), count(2)), distinct: false }, ballot([[1, 2], [1]]))).toMatchObject(
      {
        blockage: { kind: 'too-few-eligible', missing: 1 },
      },
    );
  });

  it('finds smaller sets than taking the most helpful people first', () => {
    // Greedy takes the person of four rules and needs two more; two people of three rules each are enough.
    const six: Policy = { ...policy(...Array.from({ length: 6 }, () => count(1))), distinct: false };
    const people: readonly Elector[] = [
      elector(1, [0, 1, 3, 4]),
      elector(2, [0, 1, 2]),
      elector(3, [3, 4, 5]),
    ];
    expect(evaluate(six, { ...ballot([]), roster: people })).toMatchObject({ unblock: [bob, eve] });
  });
});

describe('guests (T12)', () => {
  const guest = (id: number, ...rules: readonly number[]): Elector => ({
    person: personOf(id),
    rules: elector(id, rules).rules.map((one) => ({ ...one, guest: true as const })),
  });

  it('fill seats and are in no denominator', () => {
    const facts = ballot([[1, 2]]);
    const roster = [...facts.roster, guest(3, 0)];
    const asked = policy({ kind: 'unanimous' });
    const spoken = {
      ...facts,
      roster,
      votes: [vote(1, [0]), { elector: guest(3, 0), choice: 'approve' as const }],
    };
    const verdict = evaluate(asked, spoken);
    expect(verdict).toMatchObject({ status: 'approved', approvals: [ada, eve] });
    expect(verdict.rules[0]).toMatchObject({ eligible: [ada, bob], seats: 2, counted: [ada, eve] });
  });

  it('keep a rule from being blocked where nobody else is left, but cannot be everybody', () => {
    const roster = [guest(3, 0)];
    expect(evaluate(policy(count(1)), { ...ballot([]), roster })).toMatchObject({
      status: 'waiting',
      unblock: [eve],
    });
    expect(evaluate(policy({ kind: 'unanimous' }), { ...ballot([]), roster })).toMatchObject({
      blockage: { kind: 'nobody-eligible', rules: [0] },
    });
  });
});

describe('2,000 people and 20 rules', () => {
  const people = Array.from({ length: 2_000 }, (_, index) => index + 1);
  const members = Array.from({ length: 20 }, (_, rule) =>
    people.filter((id) => (id * 7 + rule * 13) % 5 === 0),
  );

  it.each<Partial<Policy>>([{}, { distinct: false }, { order: 'sequential' }])(
    'are judged right: %j',
    (how) => {
      const asked: Policy = { ...policy(...members.map(() => count(50))), ...how };
      const facts = ballot(members);
      const verdict = evaluate(asked, facts);
      if (verdict.status !== 'waiting') throw new Error(verdict.status);
      // Five groups of 400, each in four rules: shared, 50 of each group do; else every seat wants its own person.
      expect(verdict.unblock).toHaveLength(how.distinct === false ? 250 : 1_000);
      const called = new Set(verdict.unblock.map(({ id }) => id));
      const votes = facts.roster.filter(({ person }) => called.has(person.id));
      const approving = votes.map((one) => ({ elector: one, choice: 'approve' as const }));
      expect(evaluate(asked, { ...facts, votes: approving }).status).toBe('approved');
      expect(evaluate(asked, { ...facts, votes: approving.slice(1) }).status).toBe('waiting');
    },
  );
});
