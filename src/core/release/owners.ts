import type { Activity, Manifest, Principal } from '../manifest/manifest.ts';

/** Who owns a release, or one activity of it: the owner of its phase does too. */
export const ownersOf = (plan: Manifest, activity?: Activity): readonly Principal[] => {
  const phases = plan.phases.filter(({ id }) => id === activity?.phase);
  return [plan.owner, ...phases.map(({ owner }) => owner)].filter((owner) => owner !== undefined);
};
