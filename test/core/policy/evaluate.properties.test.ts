import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RejectionRule, Requirement } from '../../../src/core/manifest/manifest.ts';
import { evaluate, rulesOpenNow } from '../../../src/core/policy/evaluate.ts';
import type { BallotFacts, Policy } from '../../../src/core/policy/policy.ts';
import { ballot, elector, policy, vote } from './ballot.ts';

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'count' as const, count })),
  fc.constantFrom({ kind: 'majority' as const }, { kind: 'unanimous' as const }),
  fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'all-but' as const, count })),
);

const rejection: fc.Arbitrary<RejectionRule | undefined> = fc.constantFrom(
  undefined,
  { kind: 'count', count: 2 },
  { kind: 'majority' },
  { kind: 'outweighed' },
);

const everyone = [1, 2, 3, 4, 5, 6];
const ids = fc.subarray(everyone);

/** Ways to judge; `asked` has them all. */
type How = Pick<Policy, 'distinct' | 'order' | 'reject'>;

type Case = {
  readonly asked: Policy;
  readonly members: readonly (readonly number[])[];
  readonly approve: readonly number[];
  readonly reject: readonly number[];
};

const how: fc.Arbitrary<How> = fc
  .record({ shared: fc.boolean(), inTurn: fc.boolean(), reject: rejection })
  .map(({ shared, inTurn, reject }) => ({
    ...(shared ? { distinct: false as const } : {}),
    ...(inTurn ? { order: 'sequential' as const } : {}),
    ...(reject === undefined ? {} : { reject }),
  }));

const caseOf = (judged: fc.Arbitrary<How>): fc.Arbitrary<Case> =>
  fc
    .tuple(
      judged,
      fc.array(fc.record({ require: requirement, members: ids }), { minLength: 1, maxLength: 3 }),
    )
    .chain(([judgement, rules]) => {
      const members = rules.map((one) => one.members);
      const voters = [...new Set(members.flat())];
      return fc
        .record({
          approve: fc.subarray(voters),
          reject: fc.subarray(voters, { maxLength: Math.min(3, voters.length) }),
        })
        .map(({ approve, reject }) => ({
          asked: { ...policy(...rules.map((one) => one.require)), ...judgement },
          members,
          approve: approve.filter((id) => !reject.includes(id)),
          reject,
        }));
    });

/** Rules that are met in any order, one seat a person, ended by one rejection: the default, without a rejection. */
const plain = caseOf(fc.constant({})).map((one) => ({
  ...one,
  approve: [...one.approve, ...one.reject],
  reject: [],
}));
const any = caseOf(how);

const rulesOf = (members: Case['members'], id: number): readonly number[] =>
  members.flatMap((one, rule) => (one.includes(id) ? [rule] : []));

const all = (members: Case['members']): readonly number[] => [...new Set(members.flat())];

/**
 * People vote again and again, each time for the rules that are open to them by then, as they would on the issue, until
 * no vote changes anything any more.
 */
const voteInTurn = (asked: Policy, start: BallotFacts, approving: readonly number[]): BallotFacts => {
  let facts = start;
  for (let before = -1; before !== facts.votes.flatMap(({ elector: { rules } }) => rules).length; ) {
    before = facts.votes.flatMap(({ elector: { rules } }) => rules).length;
    for (const id of approving) {
      const open = rulesOpenNow(asked, facts);
      const mine = facts.roster.find(({ person }) => person.id === id)?.rules ?? [];
      const rules = mine.filter(({ rule }) => rule < open).map(({ rule }) => rule);
      const others = facts.votes.filter(({ elector: { person } }) => person.id !== id);
      if (rules.length > 0) facts = { ...facts, votes: [...others, vote(id, rules)] };
    }
  }
  return facts;
};

/** The facts of a case, with votes for the rules that were open to them. */
const factsOf = ({ asked, members, approve, reject }: Case, rest: Partial<BallotFacts> = {}): BallotFacts =>
  asked.order === 'sequential'
    ? voteInTurn(asked, ballot(members, { reject }, rest), approve)
    : ballot(members, { approve, reject }, rest);

const shuffled = (facts: BallotFacts): fc.Arbitrary<BallotFacts> =>
  fc
    .record({
      roster: fc.shuffledSubarray([...facts.roster], { minLength: facts.roster.length }),
      votes: fc.shuffledSubarray([...facts.votes], { minLength: facts.votes.length }),
    })
    .map((order) => ({ ...facts, ...order }));

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
  const both = any.chain((one) => {
    const facts = factsOf(one);
    return shuffled(facts).map((other) => ({ asked: one.asked, facts, other }));
  });
  check(both, ({ asked, facts, other }) => {
    expect(evaluate(asked, other)).toEqual(evaluate(asked, facts));
  });
});

it('approves exactly when each approving person can be given one seat and all seats are taken', () => {
  check(plain, ({ asked, members, approve }) => {
    const verdict = evaluate(asked, ballot(members, { approve }));
    const possible = satisfiable(
      verdict.rules.map(({ seats }) => seats),
      approve.map((id) => rulesOf(members, id)),
    );
    const staffed = members.every((one) => one.length > 0);
    expect(verdict.status === 'approved').toBe(possible && staffed);
  });
});

it('pitfall 2: counts nobody twice in one rule, nor in two unless it may, and only people who approve and are eligible', () => {
  check(any, (one) => {
    const facts = factsOf(one);
    const { rules } = evaluate(one.asked, { ...facts, votes: [...facts.votes, ...facts.votes] });
    const counted = rules.flatMap((rule) => rule.counted.map(({ id }) => id));
    if (one.asked.distinct !== false) expect(new Set(counted).size).toBe(counted.length);
    expect(one.approve).toEqual(expect.arrayContaining(counted));
    rules.forEach((rule, index) => {
      const people = rule.counted.map(({ id }) => id);
      expect(new Set(people).size).toBe(people.length);
      expect(people.length).toBeLessThanOrEqual(rule.seats);
      expect(one.members[index]).toEqual(expect.arrayContaining(people));
    });
  });
});

it('is never helped by taking an approval away', () => {
  check(fc.tuple(any, fc.nat()), ([one, pick]) => {
    const facts = factsOf(one);
    const gone = one.approve[pick % (one.approve.length + 1)];
    const fewer = facts.votes.filter(({ elector: { person } }) => person.id !== gone);
    if (evaluate(one.asked, { ...facts, votes: fewer }).status !== 'approved') return;
    expect(evaluate(one.asked, facts).status).toBe('approved');
  });
});

it('pitfall 1: never approves while something is unknown, in doubt, or the voting time is not over', () => {
  const doubts = [{ person: { id: 1, login: 'x' }, what: 'edited' as const }];
  const reasons = fc.constantFrom<Partial<BallotFacts>>(
    { unknown: ['team:qa'] },
    { doubts },
    { votingOpen: true },
  );
  check(fc.tuple(any, reasons), ([one, reason]) => {
    const facts = factsOf(one, reason);
    expect(evaluate(one.asked, facts).status).not.toBe('approved');
    // What rejections do by themselves they do whatever is unknown or in doubt (T15).
    const sure = evaluate(one.asked, { ...facts, unknown: [], doubts: [], votingOpen: false });
    if (sure.status !== 'rejected' || one.asked.reject?.kind === 'outweighed') return;
    expect(evaluate(one.asked, facts).status).toBe('rejected');
  });
});

it('lets guests change no seat, and fill seats as anybody (T12)', () => {
  check(fc.tuple(any, ids), ([one, guests]) => {
    const facts = factsOf(one);
    const standIns = guests.map((id) => {
      const { person, rules } = elector(
        id + 100,
        one.members.map((_, rule) => rule),
      );
      return { person, rules: rules.map((rule) => ({ ...rule, guest: true as const })) };
    });
    const verdict = evaluate(one.asked, { ...facts, roster: [...facts.roster, ...standIns] });
    expect(verdict.rules.map(({ seats, eligible }) => [seats, eligible])).toEqual(
      evaluate(one.asked, facts).rules.map(({ seats, eligible }) => [seats, eligible]),
    );
    const votes = standIns.map((each) => ({ elector: each, choice: 'approve' as const }));
    const spoken = evaluate(one.asked, { ...facts, votes: [...facts.votes, ...votes] });
    expect(spoken.rules.map(({ seats }) => seats)).toEqual(verdict.rules.map(({ seats }) => seats));
  });
});

const subsets = (people: readonly number[]): readonly (readonly number[])[] => {
  const found: number[][] = [[]];
  for (const id of people) found.push(...found.map((one) => [...one, id]));
  return found;
};

it('names a set that unblocks, and no smaller one does, of people who are still there (pitfall 15)', () => {
  const seen = { enough: 0, gone: 0 };
  check(fc.tuple(any, fc.oneof(fc.constant<number[]>([]), ids)), ([one, away]) => {
    const facts = factsOf(one);
    const verdict = evaluate(one.asked, { ...facts, away: new Set(away) });
    expect({ ...verdict, unblock: [], gone: [] }).toEqual({
      ...evaluate(one.asked, facts),
      ...{ unblock: [], gone: [] },
    });
    if (verdict.status !== 'waiting') return;
    seen[verdict.gone ? 'gone' : 'enough'] += 1;
    const with_ = (extra: readonly number[]): string => {
      if (one.asked.order === 'sequential')
        return evaluate(one.asked, voteInTurn(one.asked, facts, extra)).status;
      const votes = extra.map((id) => vote(id, rulesOf(one.members, id)));
      return evaluate(one.asked, { ...facts, votes: [...facts.votes, ...votes] }).status;
    };
    const unblock = verdict.unblock.map(({ id }) => id);
    const able = all(one.members).filter((id) => !one.reject.includes(id) && !away.includes(id));
    expect(able).toEqual(expect.arrayContaining(unblock));
    expect(with_(verdict.gone ? able : unblock) === 'approved').toBe(!verdict.gone);
    if (verdict.gone) return;
    for (const smaller of subsets(able).filter((set) => set.length < unblock.length)) {
      expect(with_(smaller)).not.toBe('approved');
    }
  });
  expect(seen.enough).toBeGreaterThan(50);
  expect(seen.gone).toBeGreaterThan(10);
});

it('is rejected early exactly when those who are left cannot be enough, and could have been', () => {
  check(any, (one) => {
    const facts = factsOf(one);
    const verdict = evaluate(one.asked, facts);
    if (one.asked.reject?.kind === 'outweighed' || one.asked.order === 'sequential') return;
    const able = all(one.members);
    const reachable = (people: readonly number[]): boolean =>
      evaluate(one.asked, ballot(one.members, { approve: people })).status === 'approved';
    const left = able.filter((id) => !one.reject.includes(id));
    if (verdict.status === 'waiting' || verdict.status === 'approved') expect(reachable(left)).toBe(true);
    if (verdict.status === 'blocked') expect(reachable(able)).toBe(false);
    if (verdict.status !== 'rejected' || verdict.because !== 'out-of-reach') return;
    expect([reachable(left), reachable(able)]).toEqual([false, true]);
  });
});
