import { plainCondition } from '../expression/write-expression.ts';
import { type Activity, isManual, type Manifest } from '../manifest/manifest.ts';
import type { Json } from '../values.ts';
import { present } from '../written/present.ts';
import { activitiesAfter } from './machines-after.ts';
import { contingencies, failurePolicy } from './resolution.ts';

/**
 * Whether and when machines begin once an activity is approved: condition, what is waited for and what a failure brings
 * about, of each machine behind it and of each step on the way there (T2, decision 0053).
 */
export function courseAfter(plan: Manifest, activity: Activity): { readonly course?: Json } {
  const after = activitiesAfter(plan, activity);
  const leading = leadingTo(
    plan,
    after.filter((one) => !isManual(one)),
  );
  const steps = after.filter(({ id }) => leading.has(id));
  return steps.length === 0
    ? {}
    : { course: Object.fromEntries(steps.map((one) => [one.id, stepOf(plan, one)])) };
}

/** Ids of activities, and of all that they wait for, directly or not. */
function leadingTo(plan: Manifest, activities: readonly Activity[]): ReadonlySet<string> {
  const found = new Set(activities);
  for (const step of found) for (const one of waitedFor(plan, step)) found.add(one);
  return new Set([...found].map(({ id }) => id));
}

/** What has to be over before an activity begins, whichever way it is written: by its own needs, or by its phase's. */
function waitedFor(plan: Manifest, { phase, needs }: Activity): readonly Activity[] {
  const before = plan.phases.filter(({ id }) => id === phase).flatMap((own) => own.needs);
  return plan.phases.flatMap(({ id, activities }) =>
    activities.filter((one) => before.includes(id) || (id === phase && needs.includes(one.id))),
  );
}

function stepOf(plan: Manifest, activity: Activity): Json {
  const needed = idsOf(waitedFor(plan, activity));
  const starters = contingencies(plan).get(activity.phase);
  const policy = failurePolicy(plan, activity);
  return present({
    if: plainCondition(activity.if),
    after: needed.length === 0 ? undefined : needed,
    failureOf: starters && idsOf(starters),
    onFailure:
      policy.kind === 'run' ? `run ${policy.phase}` : policy.kind === 'hold' ? undefined : policy.kind,
  });
}

const idsOf = (activities: readonly Activity[]): readonly string[] => activities.map(({ id }) => id).sort();
