import { type Activity, activitiesOf, type Manifest, type QuorumRule } from '../manifest/manifest.ts';
import type { Revision } from './event.ts';
import type { OpenRelease } from './state.ts';

/** What custodians have to review after they let an environment be opened in a freeze or outside its windows. */
export const followUpOf = ({ plan, custodians }: Revision, overridden: Activity): Activity => ({
  id: freeId(plan, `${overridden.id.slice(0, 50)}-follow-up`),
  phase: overridden.phase,
  title: `Review of the emergency override of ${overridden.title}`,
  instructions:
    'Custodians lifted what held this environment shut. Say what was deployed, why it could not wait, and what follows from it.',
  needs: [overridden.id],
  // Nobody lifts anything where no custodians are named.
  approvers: [custodians as QuorumRule],
  exclude: [],
  inputs: [],
});

const freeId = (plan: Manifest, wanted: string): string => {
  const taken = new Set(activitiesOf(plan).map(({ id }) => id));
  let id = wanted;
  for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`;
  return id;
};

/** A release whose plan asks for its follow-ups beside what its manifest asks for. */
export const withFollowUps = (state: OpenRelease, followUps: readonly Activity[]): OpenRelease => {
  if (followUps.length === 0) return state;
  const plan = planWith(state.revision.plan, followUps);
  return { ...state, followUps, revision: { ...state.revision, plan } };
};

/** What the manifest itself asks for. */
export const withoutFollowUps = (plan: Manifest, followUps: readonly Activity[]): Manifest => {
  if (followUps.length === 0) return plan;
  const ours = new Set(followUps.map(({ id }) => id));
  const phases = plan.phases.map((phase) => ({
    ...phase,
    activities: phase.activities.filter(({ id }) => !ours.has(id)),
  }));
  return { ...plan, phases };
};

const planWith = (plan: Manifest, followUps: readonly Activity[]): Manifest => {
  const known = new Set(activitiesOf(plan).map(({ id }) => id));
  const missing = followUps.filter(({ id }) => !known.has(id));
  const homeless = missing.filter(({ phase }) => plan.phases.every(({ id }) => id !== phase));
  return {
    ...plan,
    phases: plan.phases.map((phase, index) => ({
      ...phase,
      activities: [
        ...phase.activities,
        ...missing
          .filter((one) => one.phase === phase.id)
          // Nor with what was overridden, and so keep the review from its turn.
          .map((one) => ({ ...one, needs: one.needs.filter((id) => known.has(id)) })),
        // A manifest may do away with the phase, never with the review.
        ...(index === 0 ? homeless.map((one) => ({ ...one, phase: phase.id, needs: [] })) : []),
      ],
    })),
  };
};
