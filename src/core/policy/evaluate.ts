import type { Person } from '../values.ts';
import { castVotes, choosers, electoralRoll, persons, type Voter } from './electoral-roll.ts';
import type { BallotFacts, Blockage, Objection, Policy, RuleVerdict, Verdict } from './policy.ts';
import { emptySeats, fillSeats, openRules, type Seating, seatsOf } from './seating.ts';
import { type Standing, smallestSet } from './unblock.ts';

/** The votes in order: who may vote, who did so, and how many seats there are to fill. */
type Count = {
  readonly policy: Policy;
  readonly everybody: readonly Voter[];
  /** By rule. */
  readonly eligible: readonly (readonly Person[])[];
  readonly seats: readonly number[];
  readonly approving: readonly Voter[];
  readonly rejecting: readonly Voter[];
};

const countVotes = (policy: Policy, facts: BallotFacts): Count => {
  const everybody = electoralRoll(policy, facts);
  const eligible = policy.rules.map((): Person[] => []);
  for (const { person, counted } of everybody) for (const rule of counted) eligible[rule]?.push(person);
  const seats = policy.rules.map((rule, index) => seatsOf(rule, (eligible[index] as Person[]).length));
  return { policy, everybody, eligible, seats, ...choosers(everybody, facts) };
};

/** The rules that a vote may count for now, from the first on: all of them, unless they open one after the other. */
export const rulesOpenNow = (policy: Policy, facts: BallotFacts): number => {
  const { approving, seats } = countVotes(policy, facts);
  const cast = castVotes(approving);
  return openRules(policy, cast, seats, fillSeats(policy, cast, seats));
};

const ruleVerdicts = ({ policy, eligible, approving, seats }: Count): readonly RuleVerdict[] => {
  const cast = castVotes(approving);
  const seating = fillSeats(policy, cast, seats);
  const open = openRules(policy, cast, seats, seating);
  return policy.rules.map((rule, index) => {
    const seated = seating[index] as ReadonlySet<number>;
    const wanted = seats[index] as number;
    return {
      rule,
      eligible: eligible[index] as readonly Person[],
      seats: wanted,
      counted: persons(approving.filter(({ id }) => seated.has(id))),
      met: wanted > 0 && seated.size === wanted,
      closed: index >= open,
    };
  });
};

/** Whether rejections end it by themselves, whatever else is said, unknown or in doubt. */
const isRejected = ({ policy, everybody, rejecting }: Count): boolean => {
  switch (policy.reject?.kind) {
    case undefined:
      return rejecting.length > 0;
    case 'count':
      return rejecting.length >= policy.reject.count;
    case 'majority':
      return rejecting.length * 2 > everybody.filter(({ counted }) => counted.size > 0).length;
    case 'outweighed':
      return false;
  }
};

/** Rules that nobody can meet, whoever says what: nobody is asked, or all of nobody. */
const emptyRules = ({ everybody, seats }: Count): readonly number[] =>
  seats.flatMap((wanted, rule) =>
    wanted === 0 || !everybody.some(({ rules }) => rules.has(rule)) ? [rule] : [],
  );

/**
 * What stands in the way, the most fundamental first: while something is unknown nobody can say who is missing; a rule
 * that nobody can meet stays unmet whatever becomes of a doubt.
 */
const blockageOf = (
  facts: BallotFacts,
  { seats }: Count,
  { empty, missing }: Reach,
): Blockage | undefined => {
  if (facts.unknown.length > 0) return { kind: 'unknown', why: [...facts.unknown].sort() };
  // No rule at all is an error, not an approval (house style 5).
  if (empty.length > 0 || seats.length === 0) return { kind: 'nobody-eligible', rules: empty };
  if (missing > 0) return { kind: 'too-few-eligible', missing };
  const doubts = [...facts.doubts].sort((a, b) => a.person.id - b.person.id || a.what.localeCompare(b.what));
  return doubts.length > 0 ? { kind: 'doubt', doubts } : undefined;
};

/** How far the people who are left could bring it. */
type Reach = {
  /** They have said nothing that counts, and may approve. */
  readonly others: readonly Voter[];
  /** The seats as the votes that were cast and all the others fill them. */
  readonly together: Seating;
  /** Rules that nobody can meet. */
  readonly empty: readonly number[];
  /** Seats that stay empty even if everybody approved, those who reject too. */
  readonly missing: number;
  /** Seats stay empty because of rejections. */
  readonly outOfReach: boolean;
};

const reachOf = (count: Count, facts: BallotFacts): Reach => {
  const { policy, everybody, seats, approving, rejecting } = count;
  const empty = emptyRules(count);
  const spoken = new Set([...approving, ...rejecting].map(({ id }) => id));
  const others = everybody.filter(({ id }) => !spoken.has(id) && !facts.barred.has(id));
  const together = fillSeats(policy, [...castVotes(approving), ...others], seats);
  if (isEnough(count, together, others)) return { others, together, empty, missing: 0, outOfReach: false };
  const missing = missingWith(count, [...others, ...rejecting.filter(({ id }) => !facts.barred.has(id))]);
  return { others, together, empty, missing, outOfReach: missing === 0 && empty.length === 0 };
};

const missingWith = ({ policy, approving, seats }: Count, people: readonly Voter[]): number =>
  emptySeats(fillSeats(policy, [...approving, ...people], seats), seats);

/** Whose vote counts for an earlier rule only may vote once more. */
const isEnough = (count: Count, together: Seating, others: readonly Voter[]): boolean =>
  emptySeats(together, count.seats) === 0 || missingWith(count, others) === 0;

type Unblocking = Pick<Extract<Verdict, { status: 'waiting' }>, 'unblock' | 'gone'>;

const nobody: ReadonlySet<number> = new Set();

/** Whom to ask. Whoever may not vote any more stays in the denominator, and asking them helps nobody (T12). */
const unblocking = (
  count: Count,
  { others, together }: Reach,
  away: ReadonlySet<number>,
  need: Pick<Standing, 'missing' | 'wanted'>,
): Unblocking => {
  const isAway = ({ id }: Voter): boolean => away.has(id);
  const gone = [...count.approving, ...others].filter(isAway);
  if (gone.length === 0) return { unblock: smallestSet({ ...count, ...need, others, together }) };
  // What they said counts on as it was cast.
  const approving = count.approving.map((one) => (isAway(one) ? { ...one, rules: one.voted } : one));
  const present = { ...count, approving };
  const here = others.filter((one) => !isAway(one));
  const left = fillSeats(count.policy, [...castVotes(approving), ...here], count.seats);
  return need.wanted > here.length || !isEnough(present, left, here)
    ? { unblock: [], gone: persons(gone) }
    : { unblock: smallestSet({ ...present, ...need, others: here, together: left }) };
};

/**
 * What the votes add up to (design 3, points 1 to 5). All rules must be full. Rejections that end it do so whatever is
 * unknown or in doubt, because doubt works only against approval (T15); where their sum counts, it is drawn only once
 * everything is known, the voting time is over and the quorum is there. The order of roster and votes is irrelevant.
 */
export const evaluate = (policy: Policy, facts: BallotFacts): Verdict => {
  const count = countVotes(policy, facts);
  const { approving, rejecting, seats } = count;
  const rules = ruleVerdicts(count);
  const common = { rules, approvals: persons(approving), rejections: persons(rejecting) };
  const rejected = (because: Objection): Verdict => ({ ...common, status: 'rejected', because });
  if (isRejected(count)) return rejected('rejections');

  const reach = reachOf(count, facts);
  const { others, outOfReach } = reach;
  const outweighing = policy.reject?.kind === 'outweighed';
  const wanted = outweighing ? Math.max(0, rejecting.length + 1 - approving.length) : 0;
  if (outOfReach && !(outweighing && facts.votingOpen)) return rejected('out-of-reach');
  const blockage = blockageOf(facts, count, reach);
  if (blockage !== undefined) return { ...common, status: 'blocked', blockage };
  const hopeless = outOfReach || wanted > others.length;
  if (!facts.votingOpen) {
    const full = rules.every(({ met }) => met);
    if (full && wanted === 0) return { ...common, status: 'approved' };
    if (full || hopeless) return rejected(full ? 'outweighed' : 'out-of-reach');
  }
  const missing = rules.map(({ counted }, rule) => (seats[rule] as number) - counted.length);
  const whom = hopeless
    ? { unblock: [] }
    : unblocking(count, reach, facts.away ?? nobody, { missing, wanted });
  return { ...common, status: 'waiting', ...whom, votingOpen: facts.votingOpen, outOfReach: hopeless };
};
