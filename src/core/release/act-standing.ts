import type { Act as Verb } from '../command/command.ts';
import { activitiesOf, type Principal } from '../manifest/manifest.ts';
import { obstacleWords } from '../messages/obstacle-words.ts';
import { electorate } from '../policy/eligibility.ts';
import type { Elector } from '../policy/policy.ts';
import type { Person } from '../values.ts';
import type { Ground } from './act.ts';
import { keptApart } from './apart.ts';
import { answer, type Meaning } from './attest.ts';
import { directoryOf, electorsOf, obstaclesIn, unbound } from './ballot.ts';
import type { Binding } from './event.ts';
import { ownersOf } from './owners.ts';
import { latestAttempt } from './state.ts';
import { guestsNow, voterIn } from './voter-in.ts';

type Standing = {
  readonly kind: 'held';
  readonly as: 'owner' | 'approver';
  /** What the names meant that gave it, and nobody has recorded yet (T13). */
  readonly bindings: readonly Binding[];
};

/** Owners of the release or of the phase, and whoever may approve here; else what to answer. */
export function standingOf({ state, facts, here }: Ground, person: Person, verb: Verb): Standing | Meaning {
  const { plan } = state.revision;
  const directory = directoryOf(state, facts);
  const office = electorate([anyOf(ownersOf(plan, here?.activity))], directory, new Set());
  const isSpeaker = (elector: Elector): boolean => elector.person.id === person.id;
  if (office.electors.some(isSpeaker))
    return { kind: 'held', as: 'owner', bindings: unbound(state, office.bindings) };
  const asked = here ? [here.activity] : activitiesOf(plan);
  const all = asked.map((activity) => {
    const attempt = latestAttempt(state, activity.id);
    const electors = electorsOf(activity, directory, keptApart(state, activity));
    return { electors, attempt, ...(attempt ? guestsNow(state, activity, attempt, facts) : noGuests) };
  });
  // Whom an escalation lets vote, and who speaks for somebody, may approve like the others (trust: Who may do what).
  const votes = all.flatMap(({ electors, attempt, guests }) => {
    if (electors.kind === 'unclear') return [];
    const may = attempt ? voterIn({ electors, attempt, guests }, person) : electors.voters.find(isSpeaker);
    return may ? [electors] : [];
  })[0];
  if (votes) {
    const bindings = unbound(state, [...office.bindings, ...votes.bindings]);
    return { kind: 'held', as: 'approver', bindings };
  }
  const unknown =
    office.unknown.length > 0 ||
    all.some(
      ({ electors, unknown: untold }) =>
        untold.length > 0 ||
        (electors.kind === 'unclear' && electors.obstacles.some(({ kind }) => kind === 'unknown')),
    );
  if (unknown) return { kind: 'unknown', why: `It is not known who may ${verb} here.` };
  // Whoever has the login of an owner by now is told why that does not make them one (T13).
  const changed = obstaclesIn([office]).filter(({ kind }) => kind === 'rebound' || kind === 'taken');
  return changed.length > 0
    ? answer({ code: 'malformed', verb, why: obstacleWords(changed) })
    : answer({ code: 'not-yours', verb, who: 'owner' });
}

const noGuests = { guests: [], unknown: [] };

const anyOf = (from: readonly Principal[]) => ({ from, require: { kind: 'count' as const, count: 1 } });
