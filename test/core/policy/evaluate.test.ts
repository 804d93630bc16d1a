import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/policy/evaluate.ts';
import { ballot, count, personOf, policy, vote } from './ballot.ts';

const majority = { kind: 'majority' } as const;
const unanimous = { kind: 'unanimous' } as const;
const [ada, bob, eve, fay] = [1, 2, 3, 4].map(personOf);
const status = (...args: Parameters<typeof evaluate>): string => evaluate(...args).status;

describe('quorum (S-081–S-084, G-01)', () => {
  it('counts people, not more than asked', () => {
    const verdict = evaluate(policy(count(2)), ballot([[1, 2, 3]], { approve: [3, 1, 2] }));
    expect(verdict).toMatchObject({ status: 'approved', approvals: [ada, bob, eve], rejections: [] });
    expect(verdict.rules).toMatchObject([
      { seats: 2, counted: [ada, bob], met: true, eligible: [ada, bob, eve] },
    ]);
  });

  it.each([
    { people: 1, seats: 1 },
    { people: 2, seats: 2 },
    { people: 3, seats: 2 },
    { people: 4, seats: 3 },
    { people: 5, seats: 3 },
  ])('S-136: majority of $people is $seats', ({ people, seats }) => {
    const members = [[1, 2, 3, 4, 5].slice(0, people)];
    expect(evaluate(policy(majority), ballot(members)).rules[0]?.seats).toBe(seats);
    expect(status(policy(majority), ballot(members, { approve: members[0]?.slice(0, seats) ?? [] }))).toBe(
      'approved',
    );
    expect(status(policy(majority), ballot(members, { approve: members[0]?.slice(1, seats) ?? [] }))).toBe(
      'waiting',
    );
  });

  it('unanimous is everybody', () => {
    expect(status(policy(unanimous), ballot([[1, 2, 3]], { approve: [1, 2, 3] }))).toBe('approved');
    expect(evaluate(policy(unanimous), ballot([[1, 2, 3]], { approve: [1, 3] }))).toMatchObject({
      status: 'waiting',
      unblock: [bob],
    });
  });

  it('counts a later eligible voter in the denominator', () => {
    const later = ballot([[1, 2]], { approve: [1] }, {});
    const verdict = evaluate(policy(unanimous), { ...later, votes: [...later.votes, vote(3, [0])] });
    expect(verdict).toMatchObject({ status: 'waiting', unblock: [bob] });
    expect(verdict.rules[0]).toMatchObject({ seats: 3, eligible: [ada, bob, eve] });
  });

  it('lets somebody whose membership was recorded with the vote fill that seat too', () => {
    const facts = ballot([[1], [2]], { approve: [2] });
    const both = { ...facts, votes: [...facts.votes, vote(1, [0, 1])] };
    expect(evaluate(policy(count(1), count(1)), both).status).toBe('approved');
  });
});

describe('several rules (G-02, G-07; pitfalls 2 and 15)', () => {
  it('are all needed', () => {
    expect(status(policy(count(1), count(1)), ballot([[1], [2]], { approve: [1] }))).toBe('waiting');
    expect(status(policy(count(1), count(1)), ballot([[1], [2]], { approve: [1, 2] }))).toBe('approved');
  });

  it('do not count one person on two teams twice', () => {
    expect(
      evaluate(
        policy(count(1), count(1)),
        ballot(
          [
            [1, 2],
            [1, 2],
          ],
          { approve: [1] },
        ),
      ),
    ).toMatchObject({
      status: 'waiting',
      unblock: [bob],
    });
  });

  it('do not let ada, who fits both, take the only seat of bob', () => {
    // Greedy assignment seats ada in the first rule and leaves bob outside.
    const verdict = evaluate(policy(count(1), count(1)), ballot([[1, 2], [1]], { approve: [1, 2] }));
    expect(verdict.status).toBe('approved');
    expect(verdict.rules.map(({ counted }) => counted)).toEqual([[bob], [ada]]);
  });

  it('move people along a chain of rules', () => {
    const members = [[1, 2], [1, 3], [3, 4], [4]];
    const verdict = evaluate(
      policy(count(1), count(1), count(1), count(1)),
      ballot(members, { approve: [1, 3, 4, 2] }),
    );
    expect(verdict.rules.map(({ counted }) => counted)).toEqual([[bob], [ada], [eve], [fay]]);
  });
});

describe('a rejection (G-03)', () => {
  it('ends it whatever else is said, unknown or in doubt', () => {
    const doubts = [{ person: personOf(3), what: 'deleted' as const }];
    expect(
      evaluate(
        policy(count(1)),
        ballot([[1, 2, 3]], { approve: [1], reject: [2] }, { doubts, unknown: ['team:qa'] }),
      ),
    ).toMatchObject({ status: 'rejected', approvals: [ada], rejections: [bob] });
  });

  it('does nothing when its author is eligible for no rule', () => {
    const facts = ballot([[1]], { approve: [1] });
    expect(status(policy(count(1)), { ...facts, votes: [...facts.votes, vote(2, [], 'reject')] })).toBe(
      'approved',
    );
    expect(status(policy(count(1)), { ...facts, votes: [...facts.votes, vote(2, [7], 'reject')] })).toBe(
      'approved',
    );
  });

  it('stands over an approval of the same person', () => {
    expect(evaluate(policy(count(1)), ballot([[1]], { approve: [1], reject: [1] }))).toMatchObject({
      status: 'rejected',
      approvals: [],
    });
  });
});

describe('blocked (G-06)', () => {
  it('when nobody is eligible for a rule, or there is no rule', () => {
    expect(evaluate(policy(count(1), unanimous), ballot([[1], []], { approve: [1] }))).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'nobody-eligible', rules: [1] },
    });
    expect(evaluate(policy(), ballot([]))).toMatchObject({
      blockage: { kind: 'nobody-eligible', rules: [] },
    });
  });

  it('when too few are eligible even together', () => {
    expect(evaluate(policy(count(2), count(1)), ballot([[1, 2], [1]], { approve: [1] }))).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'too-few-eligible', missing: 1 },
    });
  });

  it('by an edited or deleted comment, although the quorum is there', () => {
    const doubts = [
      { person: personOf(3), what: 'edited' as const },
      { person: personOf(2), what: 'edited' as const },
      { person: personOf(2), what: 'deleted' as const },
    ];
    expect(evaluate(policy(count(1)), ballot([[1, 2, 3]], { approve: [1] }, { doubts }))).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'doubt', doubts: [doubts[2], doubts[1], doubts[0]] },
    });
  });

  it('by anything unknown, before any other reason', () => {
    const facts = ballot([[]], {}, { unknown: ['team:qa', 'team:ops'] });
    expect(evaluate(policy(count(1)), facts)).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'unknown', why: ['team:ops', 'team:qa'] },
    });
  });

  it('when those who are left may not approve any more, although they count in the denominator (T12)', () => {
    const barred = new Set([2]);
    expect(evaluate(policy(count(2)), ballot([[1, 2]], { approve: [1] }, { barred }))).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'too-few-eligible', missing: 1 },
      rules: [{ eligible: [personOf(1), personOf(2)] }],
    });
  });
});
