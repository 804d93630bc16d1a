import type { Elector } from '../policy/policy.ts';
import { unitedElector } from '../policy/united-elector.ts';
import type { Person } from '../values.ts';
import { type Electors, grantedIn } from './ballot.ts';
import { delegateOf } from './delegation.ts';
import type { Attempt } from './state.ts';

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
