import type { Person } from '../values.ts';
import type { Candidate } from './matching.ts';
import type { BallotFacts, Choice, Elector, Policy } from './policy.ts';

/** Somebody who may vote, with everything that bears on which seats they can fill. */
export type Voter = {
  readonly id: number;
  readonly person: Person;
  /** Rules they could fill a seat of, by index: by the roster, or as recorded with their vote. */
  readonly rules: ReadonlySet<number>;
  /** Those of them that have this person in their denominator: guests are in none (T12). */
  readonly counted: ReadonlySet<number>;
  /** Rules that their vote counts for. Where the rules open one after the other, only those it was recorded with. */
  readonly voted: ReadonlySet<number>;
};

/** Sets of rules, each made once however many people have it: a crowd of thousands has a few. */
type Branch = { readonly rules: ReadonlySet<number>; readonly next: Branch[] };

const grow = (branch: Branch, rule: number): Branch => {
  const known = branch.next[rule];
  if (known !== undefined) return known;
  const grown = branch.rules.has(rule) ? branch : { rules: new Set([...branch.rules, rule]), next: [] };
  branch.next[rule] = grown;
  return grown;
};

/** One voter a numeric id, with the rules of the roster and those recorded with the vote; only rules that exist. */
export const electoralRoll = (policy: Policy, facts: BallotFacts): readonly Voter[] => {
  const none: Branch = { rules: new Set(), next: [] };
  type Entry = { readonly person: Person; rules: Branch; counted: Branch; voted: Branch };
  const roll = new Map<number, Entry>();
  const enter = ({ person, rules }: Elector, isVote: boolean): void => {
    const entry = roll.get(person.id) ?? { person, rules: none, counted: none, voted: none };
    roll.set(person.id, entry);
    for (const { rule, guest } of rules) {
      if (policy.rules[rule] === undefined) continue;
      entry.rules = grow(entry.rules, rule);
      if (!guest) entry.counted = grow(entry.counted, rule);
      if (isVote) entry.voted = grow(entry.voted, rule);
    }
  };
  for (const elector of facts.roster) enter(elector, false);
  for (const { elector } of facts.votes) enter(elector, true);
  // Without an order a vote is for every rule that its author is in, also by the roster alone.
  const inTurn = policy.order === 'sequential';
  return [...roll.values()]
    .filter(({ rules }) => rules !== none)
    .map(({ person, rules, counted, voted }) => ({
      id: person.id,
      person,
      rules: rules.rules,
      counted: counted.rules,
      voted: (inTurn ? voted : rules).rules,
    }))
    .sort((a, b) => a.id - b.id);
};

/** The voters who voted so, by id; should one person hold both votes, the rejection stands (T15). */
export const choosers = (
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

export const persons = (voters: readonly Voter[]): readonly Person[] => voters.map(({ person }) => person);

/** Candidates for the seats that their votes count for, as cast. */
export const castVotes = (approving: readonly Voter[]): readonly Candidate[] =>
  approving.map(({ id, voted }) => ({ id, rules: voted }));
