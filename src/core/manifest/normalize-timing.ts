import type { Escalation, Principal, Timing } from './manifest.ts';
import { parsePrincipals } from './principal.ts';
import type { WrittenTiming } from './written-timing.ts';

/**
 * What an activity says about time, with the ladder that goes with a deadline: half of it reminds, three quarters tell
 * the owner (S-145). Undefined where it says nothing.
 */
export const normalizeTiming = (written: WrittenTiming, owner: Principal | undefined): Timing | undefined => {
  const { session, deadline, remind, escalate, expire } = written;
  const openFor = written['open-for'];
  const automatic = written['auto-approve'];
  const ladder = deadline !== undefined;
  const timing: Timing = {
    ...(session === undefined ? {} : { session }),
    ...(openFor === undefined ? {} : { openFor }),
    ...(deadline === undefined ? {} : { deadline }),
    remind: [remind ?? (ladder ? '50%' : [])].flat(),
    escalate:
      escalate === undefined
        ? byDefault(ladder ? owner : undefined)
        : [escalate].flat().map(({ at, to, grant }) => ({
            at,
            to: parsePrincipals(to),
            ...(grant === true ? { grant } : {}),
          })),
    ...(expire === 'stay' ? { expire } : {}),
    ...(automatic === undefined
      ? {}
      : { autoApprove: { at: String(automatic.after ?? automatic.at), comment: automatic.comment } }),
  };
  const says = Object.keys(timing).length > 2 || timing.remind.length + timing.escalate.length > 0;
  return says ? timing : undefined;
};

/** Where nobody is asked, nobody is reminded either. */
export const deadlineOnly = ({ deadline }: Pick<WrittenTiming, 'deadline'>): Timing | undefined =>
  deadline === undefined ? undefined : { deadline, remind: [], escalate: [] };

const byDefault = (owner: Principal | undefined): readonly Escalation[] =>
  owner === undefined ? [] : [{ at: '75%', to: [owner] }];
