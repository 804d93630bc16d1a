import type { Activity } from '../manifest/manifest.ts';
import { excludedPeople } from '../policy/eligibility.ts';
import type { Elector } from '../policy/policy.ts';
import { unitedElector } from '../policy/united-elector.ts';
import type { Person } from '../values.ts';
import { keptApart } from './apart.ts';
import { directoryOf, type Electors, electorsOf, grantedIn, guestsOf, type Obstacle } from './ballot.ts';
import { delegateOf, delegatesIn } from './delegation.ts';
import type { Names } from './facts.ts';
import type { Attempt, OpenRelease } from './state.ts';

/** Whom escalations let vote, and still would; `unknown` keeps anybody from knowing all of them (decision 0057). */
export type Guests = { readonly guests: readonly Elector[]; readonly unknown: readonly Obstacle[] };

type Place = {
  readonly electors: Extract<Electors, { readonly kind: 'known' }>;
  readonly attempt: Attempt;
  readonly guests: readonly Elector[];
};

/** Somebody who is asked, whom an escalation lets vote, or who speaks for somebody who may still vote (T12). */
export const voterIn = ({ electors, attempt, guests }: Place, person: Person): Elector | undefined => {
  const standing = attempt.delegations.flatMap(({ from, to }) => {
    const holder = electors.voters.find((one) => one.person.id === from.person.id);
    return holder ? [delegateOf(holder, to)] : [];
  });
  if (electors.excluded.bar.has(person.id)) return undefined;
  const all = [...electors.voters, ...guests, ...standing];
  return unitedElector(all.filter((one) => one.person.id === person.id));
};

/**
 * The guests of an attempt as of now: whom an escalation let vote may do so as long as they are whom it names, like everybody
 * who is asked (design 3.3). Nobody joins them afterwards.
 */
export function guestsNow(
  state: OpenRelease,
  activity: Activity,
  { escalations }: Attempt,
  names: Names,
): Guests {
  const granting = escalations.filter(({ granted }) => granted.length > 0);
  if (granting.length === 0) return { guests: [], unknown: [] };
  const directory = directoryOf(state, names);
  const { bar } = excludedPeople(activity.exclude, directory, keptApart(state, activity));
  const all = granting.map(({ to, granted }) => ({ granted, now: guestsOf(activity, to, directory, bar) }));
  return {
    guests: all.flatMap(({ granted, now }) => (now.kind === 'known' ? stillIn(granted, now.electors) : [])),
    unknown: all.flatMap(({ now }) =>
      now.kind === 'known' ? [] : now.obstacles.filter(({ kind }) => kind === 'unknown'),
    ),
  };
}

/** The seats of before that people have still. */
function stillIn(before: readonly Elector[], now: readonly Elector[]): readonly Elector[] {
  const seats = new Map(now.map(({ person, rules }) => [person.id, new Set(rules.map(({ rule }) => rule))]));
  return before.flatMap(({ person, rules }) => {
    const left = rules.filter(({ rule }) => seats.get(person.id)?.has(rule));
    return left.length === 0 ? [] : [{ person, rules: left }];
  });
}

/** Ids of those who were asked in an attempt and may not vote any more; undefined: nobody knows. */
export function awayFrom(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  names: Names,
): ReadonlySet<number> | undefined {
  if (attempt.ending) return undefined;
  const electors = electorsOf(activity, directoryOf(state, names), keptApart(state, activity));
  const { guests, unknown } = guestsNow(state, activity, attempt, names);
  if (electors.kind === 'unclear' || unknown.length > 0) return undefined;
  const here = new Set([...electors.voters, ...guests].map(({ person }) => person.id));
  // Most are still there, and a crowd is not searched for each of them.
  const missed = [...attempt.roster, ...grantedIn(attempt), ...delegatesIn(attempt)].filter(
    ({ person }) => !here.has(person.id),
  );
  return new Set(
    missed.flatMap(({ person }) => (voterIn({ electors, attempt, guests }, person) ? [] : [person.id])),
  );
}
