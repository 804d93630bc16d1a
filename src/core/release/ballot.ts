import type { Activity, Principal, QuorumRule } from '../manifest/manifest.ts';
import { type Electorate, type ExcludedPeople, electorate, excludedPeople } from '../policy/eligibility.ts';
import { evaluate, rulesOpenNow } from '../policy/evaluate.ts';
import type { BallotFacts, Elector, Policy, Verdict } from '../policy/policy.ts';
import { type Bound, type Directory, type Findings, resolvePeople, type Taken } from '../policy/resolve.ts';
import type { Person } from '../values.ts';
import { present } from '../written/present.ts';
import { barsCommitters, involvedIn, keptApart } from './apart.ts';
import { delegatesIn, withoutSeatsOf } from './delegation.ts';
import { dutyGap } from './duties.ts';
import type { Author, Binding } from './event.ts';
import type { Names } from './facts.ts';
import { awaited } from './preconditions.ts';
import { type Attempt, isVotingOpen, type OpenRelease, sessionToCome } from './state.ts';

/** The names that a release bound, and when (T13). */
export const boundIn = (state: OpenRelease): readonly Bound[] =>
  Object.entries(state.bindings).map(([principal, bound]) => ({ principal, ...bound }));

/** The names of a release, looked up with what GitHub says now and what was first recorded. */
export const directoryOf = (state: OpenRelease, { resolutions, bound }: Names): Directory => ({
  roles: state.revision.roles,
  resolutions,
  bindings: boundIn(state),
  ...present({ first: bound }),
});

/** Who may vote on an activity now, or the names that keep anybody from knowing. */
export type Electors =
  | {
      readonly kind: 'known';
      /** The roster: everybody who can approve. */
      readonly electors: readonly Elector[];
      /** The same with people who may only reject (T16). */
      readonly voters: readonly Elector[];
      readonly excluded: ExcludedPeople;
      readonly bindings: readonly Binding[];
    }
  | { readonly kind: 'unclear'; readonly obstacles: readonly Obstacle[] };

/** A name that cannot be used: it must be cleared before anybody is counted (design 3.1, T13). */
export type Obstacle =
  | { readonly kind: 'unknown' | 'missing' | 'rebound'; readonly principal: string }
  | ({ readonly kind: 'taken' } & Taken);

/** Names that kept looking up people from finding anybody. */
export const obstaclesIn = (all: readonly Findings[]): readonly Obstacle[] =>
  all.flatMap((found) => [
    ...found.unknown.map((principal) => ({ kind: 'unknown' as const, principal })),
    ...found.missing.map((principal) => ({ kind: 'missing' as const, principal })),
    ...found.rebound.map((principal) => ({ kind: 'rebound' as const, principal })),
    ...found.taken.map((one) => ({ kind: 'taken' as const, ...one })),
  ]);

/** Looks up everybody whom an activity asks. */
export function electorsOf(activity: Activity, directory: Directory, authors: readonly Author[]): Electors {
  const excluded = excludedPeople(activity.exclude, directory, authors);
  const all = electorate(activity.approvers, directory, excluded.bar);
  const obstacles = obstaclesIn([excluded, all]);
  if (obstacles.length > 0) return { kind: 'unclear', obstacles };
  return {
    kind: 'known',
    electors: all.electors.filter((elector) => !excluded.barApproval.has(elector.person.id)),
    voters: all.electors,
    excluded,
    bindings: [...excluded.bindings, ...all.bindings],
  };
}

const policyOf = ({ approvers, distinct, order, reject }: Activity): Policy => ({
  rules: approvers,
  ...present({ distinct, order, reject }),
});

/**
 * What a verdict looks at. Votes of people who were kept apart after voting are set aside; they stay in the denominator,
 * which never falls within an attempt (T12). While it is not certain who the committers are, an activity that bars them is
 * not approved (T16).
 */
function ballotFacts(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  unknown: readonly string[],
  away?: ReadonlySet<number>,
): BallotFacts {
  const barred = new Map(keptApart(state, activity).map(({ person, proof }) => [person.id, proof]));
  const incomplete = barsCommitters(activity) && dutyGap(state) !== undefined ? ['committers'] : [];
  const votes = attempt.votes.flatMap((vote) => {
    const isBarred = (id: number): boolean => {
      const proof = barred.get(id);
      return proof === 'proven' || (proof === 'claimed' && vote.choice === 'approve');
    };
    const elector = isBarred(vote.elector.person.id) ? undefined : withoutSeatsOf(vote.elector, isBarred);
    return elector === undefined ? [] : [{ ...vote, elector }];
  });
  const delegators = attempt.delegations.map(({ from }) => from);
  const delegates = delegatesIn(attempt).flatMap(
    (delegate) => withoutSeatsOf(delegate, (id) => barred.has(id)) ?? [],
  );
  return {
    roster: [...attempt.roster, ...grantedIn(attempt), ...delegators, ...delegates],
    votes,
    doubts: attempt.doubts,
    // Whoever has handed on their seat stays in the denominator and fills it no more (T12).
    barred: new Set([...barred.keys(), ...delegators.map(({ person }) => person.id)]),
    unknown: [...unknown, ...incomplete],
    votingOpen: isVotingOpen(attempt),
    ...present({ away }),
  };
}

/** How many rules of the activity are open to votes now, from the first on (G-07). */
export const openRulesOf = (state: OpenRelease, activity: Activity, attempt: Attempt): number =>
  rulesOpenNow(policyOf(activity), ballotFacts(state, activity, attempt, []));

/**
 * The verdict on an attempt. `unknown` are facts that could not be established in this pass; `away` decides nothing: it says
 * whom nobody has to ask.
 */
export function verdictOf(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  unknown: readonly string[],
  away?: ReadonlySet<number>,
): Verdict {
  const verdict = evaluate(policyOf(activity), ballotFacts(state, activity, attempt, unknown, away));
  const objectors = objectorsTo(attempt);
  const opens = sessionToCome(attempt);
  if (objectors.length === 0 && verdict.status === 'waiting') {
    const first = awaited(activity, attempt);
    return { ...verdict, ...present({ opens, first: first.length === 0 ? undefined : first }) };
  }
  if (objectors.length === 0 || verdict.status === 'rejected') return verdict;
  return { ...verdict, status: 'blocked', blockage: { kind: 'objection', people: objectors } };
}

/** People whom an escalation lets vote too: guests of every rule (T12). */
export const grantedIn = ({ escalations }: Attempt): readonly Elector[] =>
  escalations.flatMap(({ granted }) => granted);

/** Who rejected the same scope before, and has neither voted nor withdrawn since (T3). */
export const objectorsTo = ({ objections }: Attempt): readonly Person[] =>
  objections.map(({ elector }) => elector.person);

/**
 * The custodians who ask for the same thing, once there are as many as the configuration wants. Nobody who had a hand in
 * what is released counts (T3).
 */
export function custodiansAgree(
  state: OpenRelease,
  casts: readonly { readonly elector: Elector; readonly roster: readonly Elector[] }[],
): readonly Person[] | undefined {
  const { revision } = state;
  const barred = involvedIn(state);
  const votes = casts
    .filter(({ elector }) => !barred.has(elector.person.id))
    .map(({ elector }) => ({ elector, choice: 'approve' as const }));
  if (revision.custodians === undefined) return undefined;
  const roster = casts.at(-1)?.roster ?? [];
  const facts = { roster, votes, doubts: [], barred, unknown: [], votingOpen: false };
  const verdict = evaluate({ rules: [revision.custodians] }, facts);
  return verdict.status === 'approved' ? verdict.approvals : undefined;
}

/** Who holds an office that is no approval: an owner, the custodians. Names that cannot be used are obstacles. */
export function officeOf(
  rule: QuorumRule,
  directory: Directory,
  excluded: ReadonlySet<number>,
): Extract<Electors, { kind: 'unclear' }> | (Pick<Electorate, 'electors' | 'bindings'> & { kind: 'known' }) {
  const all = electorate([rule], directory, excluded);
  const obstacles = obstaclesIn([all]);
  return obstacles.length > 0
    ? { kind: 'unclear', obstacles }
    : { kind: 'known', electors: all.electors, bindings: all.bindings };
}

/** Whom an escalation lets vote too: for every rule but those that leave them out, whatever else they are (T12). */
export function guestsOf(
  { approvers }: Activity,
  to: readonly Principal[],
  directory: Directory,
  excluded: ReadonlySet<number>,
): ReturnType<typeof officeOf> {
  const office = officeOf({ from: to, require: { kind: 'count', count: 1 } }, directory, excluded);
  const away = approvers.map(({ except = [] }) => resolvePeople(except, directory));
  const obstacles = obstaclesIn(away.map(({ findings }) => findings));
  if (office.kind === 'unclear') return office;
  if (obstacles.length > 0) return { kind: 'unclear', obstacles };
  const electors = office.electors.flatMap(({ person, rules }): readonly Elector[] => {
    const via = rules.flatMap((seat) => seat.via);
    const seats = away.flatMap(({ found }, rule) =>
      found.some((one) => one.person.id === person.id) ? [] : [{ rule, guest: true as const, via }],
    );
    return seats.length === 0 ? [] : [{ person, rules: seats }];
  });
  return { kind: 'known', electors, bindings: office.bindings };
}

/** Only what was not bound before is worth recording. */
export const unbound = <T extends { readonly principal: string }>(
  state: OpenRelease,
  bindings: readonly T[],
): readonly T[] => {
  const seen = new Set(Object.keys(state.bindings));
  return bindings.filter(({ principal }) => !seen.has(principal) && seen.add(principal));
};
