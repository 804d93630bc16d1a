import type { Activity } from '../manifest/manifest.ts';
import type { Elector } from '../policy/policy.ts';
import { unitedElector } from '../policy/united-elector.ts';
import type { Person } from '../values.ts';
import { keptApart } from './apart.ts';
import { directoryOf, type Electors, electorsOf, grantedIn } from './ballot.ts';
import { delegateOf, delegatesIn } from './delegation.ts';
import type { Names } from './facts.ts';
import type { Attempt, OpenRelease } from './state.ts';

type Place = { readonly electors: Extract<Electors, { readonly kind: 'known' }>; readonly attempt: Attempt };

/** Somebody who is asked, whom an escalation lets vote, or who speaks for somebody who may still vote (T12). */
export const voterIn = ({ electors, attempt }: Place, person: Person): Elector | undefined => {
  const standing = attempt.delegations.flatMap(({ from, to }) => {
    const holder = electors.voters.find((one) => one.person.id === from.person.id);
    return holder ? [delegateOf(holder, to)] : [];
  });
  if (electors.excluded.bar.has(person.id)) return undefined;
  const all = [...electors.voters, ...grantedIn(attempt), ...standing];
  return unitedElector(all.filter((one) => one.person.id === person.id));
};

/** Ids of those who were asked in an attempt and may not vote any more; undefined: nobody knows. */
export function awayFrom(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  names: Names,
): ReadonlySet<number> | undefined {
  if (attempt.ending) return undefined;
  const electors = electorsOf(activity, directoryOf(state, names), keptApart(state, activity));
  if (electors.kind === 'unclear') return undefined;
  const here = new Set(electors.voters.map(({ person }) => person.id));
  // Most are still there, and a crowd is not searched for each of them.
  const missed = [...attempt.roster, ...delegatesIn(attempt)].filter(({ person }) => !here.has(person.id));
  return new Set(missed.flatMap(({ person }) => (voterIn({ electors, attempt }, person) ? [] : [person.id])));
}
