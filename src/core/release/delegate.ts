import type { Command } from '../command/command.ts';
import { obstacleSentence } from '../messages/obstacle-words.ts';
import type { Elector } from '../policy/policy.ts';
import { resolvePeople } from '../policy/resolve.ts';
import type { Person } from '../values.ts';
import { answer, attested, type Meaning, sourceOf } from './attest.ts';
import { directoryOf, grantedIn } from './ballot.ts';
import type { Comment } from './facts.ts';
import type { Hearing } from './hear.ts';
import type { DelegationObstacle } from './refusal.ts';
import type { Attempt } from './state.ts';

const refused = (why: DelegationObstacle): Meaning => answer({ code: 'not-delegated', why });

/**
 * Hands a seat on, or takes it back (G-08). One seat moves: to one person, who has none here, may vote here and does not
 * hand it on again; as many as the activity allows at one time (T12).
 */
export function delegate(
  hearing: Hearing,
  comment: Comment,
  { person, rules }: Elector,
  { to: login }: Extract<Command, { readonly kind: 'delegate' }>,
): Meaning {
  const { state, activity, attempt, electors, facts } = hearing;
  const own = rules.filter(({ guest }) => !guest);
  if (own.length === 0 || electors.excluded.barApproval.has(person.id)) return refused('no-seat');
  const mine = attempt.delegations.filter(({ from }) => from.person.id === person.id);
  const others = othersIn(hearing, person);
  const record = (to?: Person): Meaning => handOn(hearing, comment, { person, rules: own }, to);
  if (login === undefined) return mine.length === 0 ? refused('nothing-to-take-back') : record();
  const most = activity.delegation?.max ?? Number.POSITIVE_INFINITY;
  if (others.length >= most) return refused(most === 0 ? 'not-allowed' : 'too-many');
  const principal = `user:${login}`;
  if (!Object.hasOwn(facts.resolutions, principal)) return { kind: 'look-up', principal };
  const { found, findings } = resolvePeople([{ kind: 'user', name: login }], directoryOf(state, facts));
  if (findings.unknown.length > 0)
    return { kind: 'unknown', why: obstacleSentence({ kind: 'unknown', principal }) };
  const to = found[0]?.person;
  // A name that means somebody else than before is as good as none (T13).
  if (to === undefined) return refused('missing');
  // Who does not count for a rule does not sit there in somebody's place either.
  const except = own.flatMap(({ rule }) => activity.approvers[rule]?.except ?? []);
  const away = resolvePeople(except, directoryOf(state, facts)).found;
  if (away.some((one) => one.person.id === to.id)) return refused('excluded');
  const obstacle = obstacleTo(hearing, person, to);
  return obstacle === undefined ? record(to) : refused(obstacle);
}

/** Records whose seat goes to whom; without `to`, that it is taken back. */
export const handOn = (
  { attempt, facts, at }: Hearing,
  comment: Comment,
  from: Elector,
  to?: Person,
): Meaning =>
  attested(facts, comment, from.person, () => ({
    at,
    kind: 'seat-delegated',
    body: {
      activity: attempt.activity,
      attempt: attempt.attempt,
      from,
      ...(to === undefined ? {} : { to }),
      source: sourceOf(comment),
      seenAt: at,
    },
  }));

/** What others have handed on. A delegation ends with the eligibility of its author, whether they take it back or not (T12). */
const othersIn = ({ attempt, electors }: Hearing, { id }: Person): Attempt['delegations'] =>
  attempt.delegations.filter(
    ({ from }) => from.person.id !== id && electors.voters.some((one) => one.person.id === from.person.id),
  );

const obstacleTo = (hearing: Hearing, from: Person, to: Person): DelegationObstacle | undefined => {
  const { attempt, electors } = hearing;
  if (to.id === from.id) return 'yourself';
  if (electors.excluded.bar.has(to.id) || electors.excluded.barApproval.has(to.id)) return 'excluded';
  const seated = [...electors.voters, ...attempt.roster, ...grantedIn(attempt)].map(({ person }) => person);
  const delegates = othersIn(hearing, from).map((one) => one.to);
  return [...seated, ...delegates].some(({ id }) => id === to.id) ? 'has-seat' : undefined;
};
