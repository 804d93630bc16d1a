import type { Elector, Via } from '../policy/policy.ts';
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

const isInPlace = ({ principal }: Via): boolean => principal.startsWith(speaksFor);

/** Whose seat a vote was cast for, where nothing of it is the voter's own. */
export function delegatorOf({ rules }: Elector): number | undefined {
  const via = rules.flatMap((seat) => seat.via);
  const [one] = via.every(isInPlace) ? via : [];
  return one?.id;
}

/** An elector without the seats that they have only in the place of people who are `gone`; undefined: with none. */
export function withoutSeatsOf(elector: Elector, gone: (delegator: number) => boolean): Elector | undefined {
  const isGone = (via: Via): boolean => isInPlace(via) && gone(via.id);
  if (!elector.rules.some(({ via }) => via.some(isGone))) return elector;
  const rules = elector.rules.flatMap((seat) => {
    const via = seat.via.filter((one) => !isGone(one));
    return via.length === 0 ? [] : [{ ...seat, via }];
  });
  return rules.length === 0 ? undefined : { ...elector, rules };
}

/** The attempt without what somebody delegated, and without what was said in their place, or is in doubt about it. */
export const takenBack = (
  attempt: Attempt,
  person: number,
): Pick<Attempt, 'delegations' | 'votes' | 'doubts'> => {
  const isTheirs = ({ from }: Pick<Delegation, 'from'>): boolean => from.person.id === person;
  if (!attempt.delegations.some(isTheirs)) return attempt;
  // What somebody says with seats of their own too is theirs, and stays so without this one.
  const votes = attempt.votes.flatMap((vote) => {
    const elector = withoutSeatsOf(vote.elector, (id) => id === person);
    return elector === undefined ? [] : [{ ...vote, elector }];
  });
  const delegates = attempt.delegations.filter(isTheirs).map(({ to }) => to.id);
  const speak = new Set([...votes, ...attempt.objections].map(({ elector }) => elector.person.id));
  return {
    delegations: attempt.delegations.filter((one) => !isTheirs(one)),
    votes,
    // Where they may still speak by themselves, what they edited or deleted raises its doubt again (T15).
    doubts: attempt.doubts.filter(({ person: { id } }) => speak.has(id) || !delegates.includes(id)),
  };
};
