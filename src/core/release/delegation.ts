import type { Elector } from '../policy/policy.ts';
import type { Person } from '../values.ts';
import type { Attempt, Delegation } from './state.ts';

/** How a delegate's eligibility names whose seat it is. */
const speaksFor = 'delegate:';

/** The delegate in the seats of `from`: a guest, so that one seat moves and none is made (T12). */
export const delegateOf = (from: Elector, person: Person): Elector => ({
  person,
  rules: from.rules
    .filter(({ guest }) => !guest)
    .map(({ rule }) => ({
      rule,
      via: [{ principal: `${speaksFor}${from.person.login}`, id: from.person.id, inherited: false }],
      guest: true,
    })),
});

/** Everybody who may speak for somebody else on an attempt. */
export const delegatesIn = ({ delegations }: Attempt): readonly Elector[] =>
  delegations.map(({ from, to }) => delegateOf(from, to));

/** Whose seat a vote was cast for, where that is not the voter's own. */
export const delegatorOf = ({ rules }: Elector): number | undefined =>
  rules.flatMap(({ via }) => via).find(({ principal }) => principal.startsWith(speaksFor))?.id;

/** The attempt without what somebody delegated, and without what was said in their place. */
export const takenBack = (attempt: Attempt, person: number): Pick<Attempt, 'delegations' | 'votes'> => {
  const isTheirs = ({ from }: Pick<Delegation, 'from'>): boolean => from.person.id === person;
  if (!attempt.delegations.some(isTheirs)) return attempt;
  return {
    delegations: attempt.delegations.filter((one) => !isTheirs(one)),
    votes: attempt.votes.filter(({ elector }) => delegatorOf(elector) !== person),
  };
};
