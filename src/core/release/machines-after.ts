import { type Activity, activitiesOf, isManual, type Manifest, type Phase } from '../manifest/manifest.ts';
import { failurePolicy } from './resolution.ts';

/**
 * Automated activities that may begin because this one was approved: whoever approves it agrees to them (T2). Those of
 * phases that need its phase, and those that a failure there runs, come with them.
 */
export const machinesAfter = (plan: Manifest, activity: Activity): readonly Activity[] =>
  activitiesAfter(plan, activity).filter((one) => !isManual(one));

/** The same with what people decide there; nothing where no machine is in the plan. */
export function activitiesAfter(plan: Manifest, activity: Activity): readonly Activity[] {
  const all = activitiesOf(plan);
  if (all.every(isManual)) return [];
  const after = new Set([...dependents(plan, activity), ...phasesAfter(plan, activity.phase)]);
  return all.filter(({ id }) => after.has(id) && id !== activity.id);
}

/** Ids of activities of the same phase that need it, directly or not. */
function dependents(plan: Manifest, { id, phase }: Activity): readonly string[] {
  const siblings = plan.phases.filter((one) => one.id === phase).flatMap(({ activities }) => activities);
  const found = new Set([id]);
  for (const step of found) for (const one of siblings) if (one.needs.includes(step)) found.add(one.id);
  return [...found];
}

/** Ids of all activities in phases that come after one. */
function phasesAfter(plan: Manifest, phase: string): readonly string[] {
  const found = new Set([phase]);
  for (const step of found) {
    for (const next of plan.phases)
      if (next.needs.includes(step) || runs(plan, step, next)) found.add(next.id);
  }
  found.delete(phase);
  return plan.phases
    .filter(({ id }) => found.has(id))
    .flatMap(({ activities }) => activities.map(({ id }) => id));
}

/** Whether a failure in a phase runs another one. */
const runs = (plan: Manifest, phase: string, { id }: Phase): boolean =>
  plan.phases
    .filter((one) => one.id === phase)
    .flatMap(({ activities }) => activities)
    .some((one) => {
      const policy = failurePolicy(plan, one);
      return policy.kind === 'run' && policy.phase === id;
    });
