import type { Activity, OnFailure } from './manifest.ts';
import type { WrittenOnFailure } from './written-manifest.ts';

/** What an activity says about its own failure, as data; undefined where it leaves that to its phase. */
export const normalizeFailure = (written: WrittenOnFailure | undefined): Activity['onFailure'] => {
  if (written === undefined) return undefined;
  return typeof written === 'string' ? { kind: written } : { kind: 'run', phase: written.run };
};

/** To hold is what a phase does anyway; only an activity can take back what its phase says. */
export const normalizePhaseFailure = (written: WrittenOnFailure | undefined): OnFailure | undefined => {
  const policy = normalizeFailure(written);
  return policy?.kind === 'hold' ? undefined : policy;
};
