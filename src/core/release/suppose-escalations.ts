import type { Resolutions } from '../policy/principals.ts';
import { askedPrincipals } from '../policy/resolve.ts';
import { dueEscalations, escalate, type Moment } from './clockwork.ts';
import type { HappeningOf } from './event.ts';
import type { OpenRelease } from './state.ts';

/** An escalation as the record alone can tell it. */
export type SupposedEscalation = {
  readonly event: HappeningOf<'activity-escalated'>;
  /** It lets people vote, and the record does not tell who they are. */
  readonly untold: boolean;
};

/**
 * Rungs of ladders whose time has come (S-087), with people whom the record names by their login. Who is in a team now only
 * GitHub tells, so nobody is let in through one here.
 */
export function supposedEscalations(state: OpenRelease, moment: Moment): readonly SupposedEscalation[] {
  const resolutions = usersIn(state);
  return dueEscalations(state, moment).flatMap((due) => {
    const { grant, ...telling } = due.escalation;
    const leftOut = askedPrincipals(due.activity.exclude, state.revision.roles);
    const whole = leftOut.every((name) => Object.hasOwn(resolutions, name)) ? [due.escalation] : [];
    return [...whole, telling]
      .flatMap((escalation): readonly SupposedEscalation[] => {
        const event = escalate(state, { ...due, escalation }, { resolutions }, moment.at);
        return 'kind' in event ? [{ event, untold: grant === true && escalation === telling }] : [];
      })
      .slice(0, 1);
  });
}

/** Users whom the record binds to an id, by principal. */
const usersIn = ({ bindings }: OpenRelease): Resolutions =>
  Object.fromEntries(
    Object.entries(bindings).flatMap(([principal, { id }]) =>
      principal.startsWith('user:')
        ? [[principal, { kind: 'user' as const, id, login: principal.slice('user:'.length) }]]
        : [],
    ),
  );
