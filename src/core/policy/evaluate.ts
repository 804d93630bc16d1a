import type { QuorumRule } from '../manifest/manifest.ts';
import type { Person } from '../values.ts';
import { type Candidate, seatCandidates } from './matching.ts';
import type { BallotFacts, Blockage, Choice, Policy, RuleVerdict, Verdict } from './policy.ts';

type Voter = Candidate & { readonly person: Person };

const persons = (voters: readonly Voter[]): readonly Person[] => voters.map(({ person }) => person);

/** One voter a numeric id, with the rules of the roster and those recorded with the vote; only rules that exist. */
const electoralRoll = (policy: Policy, facts: BallotFacts): readonly Voter[] => {
  const roll = new Map<
    number,
    { readonly id: number; readonly person: Person; readonly rules: Set<number> }
  >();
  for (const { person, rules } of [...facts.roster, ...facts.votes.map(({ elector }) => elector)]) {
    const voter = roll.get(person.id) ?? { id: person.id, person, rules: new Set() };
    for (const { rule } of rules) if (policy.rules[rule] !== undefined) voter.rules.add(rule);
    roll.set(person.id, voter);
  }
  return [...roll.values()].filter(({ rules }) => rules.size > 0).sort((a, b) => a.id - b.id);
};

/** Seats of a rule among `eligible` people; `majority` is more than half (design 3.3). */
const seatsOf = (rule: QuorumRule, eligible: number): number => {
  switch (rule.require.kind) {
    case 'count':
      return rule.require.count;
    case 'majority':
      return Math.floor(eligible / 2) + 1;
    case 'unanimous':
      return eligible;
  }
};

/** The people who voted so, by id; should one person hold both votes, the rejection stands (T15). */
const choosers = (
  everybody: readonly Voter[],
  facts: BallotFacts,
): { readonly approving: readonly Voter[]; readonly rejecting: readonly Voter[] } => {
  const voted = (choice: Choice): ReadonlySet<number> =>
    new Set(facts.votes.filter((vote) => vote.choice === choice).map(({ elector }) => elector.person.id));
  const approved = voted('approve');
  const rejected = voted('reject');
  return {
    approving: everybody.filter(({ id }) => approved.has(id) && !rejected.has(id)),
    rejecting: everybody.filter(({ id }) => rejected.has(id)),
  };
};

/**
 * What stands in the way, the most fundamental first: while something is unknown nobody can say who is missing; a rule
 * that nobody can meet stays unmet whatever becomes of a doubt.
 */
const blockageOf = (
  facts: BallotFacts,
  rules: readonly RuleVerdict[],
  shortage: number,
): Blockage | undefined => {
  if (facts.unknown.length > 0) return { kind: 'unknown', why: [...facts.unknown].sort() };
  const empty = rules.flatMap(({ eligible }, rule) => (eligible.length === 0 ? [rule] : []));
  // No rule at all is an error, not an approval (house style 5).
  if (empty.length > 0 || rules.length === 0) return { kind: 'nobody-eligible', rules: empty };
  if (shortage > 0) return { kind: 'too-few-eligible', missing: shortage };
  const doubts = [...facts.doubts].sort((a, b) => a.person.id - b.person.id || a.what.localeCompare(b.what));
  return doubts.length > 0 ? { kind: 'doubt', doubts } : undefined;
};

/**
 * What the votes add up to (design 3, points 1 to 5). Each person fills at most one seat of one rule, whatever teams
 * they are in; all rules must be full. One rejection ends it, whatever is unknown or in doubt, because doubt works only
 * against approval (T15). The order of roster and votes is irrelevant.
 */
export const evaluate = (policy: Policy, facts: BallotFacts): Verdict => {
  const everybody = electoralRoll(policy, facts);
  const { approving, rejecting } = choosers(everybody, facts);
  const demands = policy.rules.map((rule, index) => {
    const eligible = everybody.filter(({ rules }) => rules.has(index));
    return { rule, eligible: persons(eligible), seats: seatsOf(rule, eligible.length) };
  });
  const seats = demands.map((demand) => demand.seats);
  const seated = seatCandidates(approving, seats);
  const rules = demands.map((demand, index): RuleVerdict => {
    const counted = persons(approving.filter(({ id }) => seated.get(id) === index));
    return { ...demand, counted, met: demand.seats > 0 && counted.length === demand.seats };
  });
  const common = { rules, approvals: persons(approving), rejections: persons(rejecting) };
  if (rejecting.length > 0) return { ...common, status: 'rejected' };

  const spoken = new Set(approving.map(({ id }) => id));
  const others = everybody.filter(({ id }) => !spoken.has(id) && !facts.barred.has(id));
  const full = seatCandidates([...approving, ...others], seats);
  const shortage = seats.reduce((sum, wanted) => sum + wanted, 0) - full.size;
  const blockage = blockageOf(facts, rules, shortage);
  if (blockage !== undefined) return { ...common, status: 'blocked', blockage };
  if (rules.every(({ met }) => met)) return { ...common, status: 'approved' };
  return { ...common, status: 'waiting', unblock: persons(others.filter(({ id }) => full.has(id))) };
};
