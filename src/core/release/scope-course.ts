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
  const way: Way = { plan, before: waitedFor(plan), starters: contingencies(plan) };
  const leading = leadingTo(
    way,
    after.filter((one) => !isManual(one)),
  );
  const steps = after.filter(({ id }) => leading.has(id));
  return steps.length === 0
    ? {}
    : { course: Object.fromEntries(steps.map((one) => [one.id, stepOf(way, one)])) };
}

/** What is the same for every step of a plan: worked out once, for plans may have hundreds of them. */
type Way = {
  readonly plan: Manifest;
  /** By activity: ids of what has to be over before it begins, whichever way it is written: by its needs, or by its phase's. */
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly starters: ReturnType<typeof contingencies>;
};

const waitedFor = ({ phases }: Manifest): Way['before'] =>
  new Map(
    phases.flatMap(({ needs, activities }) => {
      const own = new Set(idsOf(activities));
      const earlier = phases.filter(({ id }) => needs.includes(id)).flatMap((one) => idsOf(one.activities));
      return activities.map(
        (one) => [one.id, [...earlier, ...one.needs.filter((id) => own.has(id))]] as const,
      );
    }),
  );

/** Every activity of the plan has an entry. */
const beforeOf = ({ before }: Way, id: string): readonly string[] => before.get(id) as readonly string[];

/** Ids of activities, and of all that they wait for, directly or not. */
function leadingTo(way: Way, activities: readonly Activity[]): ReadonlySet<string> {
  const found = new Set(idsOf(activities));
  for (const step of found) for (const id of beforeOf(way, step)) found.add(id);
  return found;
}

function stepOf(way: Way, activity: Activity): Json {
  const needed = beforeOf(way, activity.id).toSorted();
  const starters = way.starters.get(activity.phase);
  const policy = failurePolicy(way.plan, activity);
  return present({
    if: plainCondition(activity.if),
    after: needed.length === 0 ? undefined : needed,
    failureOf: starters && idsOf(starters).toSorted(),
    onFailure:
      policy.kind === 'run' ? `run ${policy.phase}` : policy.kind === 'hold' ? undefined : policy.kind,
  });
}

const idsOf = (activities: readonly Activity[]): readonly string[] => activities.map(({ id }) => id);
