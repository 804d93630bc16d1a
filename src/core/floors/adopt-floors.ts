import { usableCatalog } from '../catalog/usable-catalog.ts';
import type { Configuration, Role } from '../configuration/configuration.ts';
import { type Floor, principalsDemanded } from '../configuration/floor.ts';
import type { Activity, Manifest } from '../manifest/manifest.ts';
import { roleIdOf } from '../policy/resolve.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';
import { applyFloors } from './apply-floors.ts';
import { guardedBy } from './guarded.ts';

/** What floors make of a plan that was accepted before them, and what nothing but a change of the manifest can mend. */
export type Adopted = {
  readonly plan: Manifest;
  /** Roles that the new demands name beside those that were taken with the plan. */
  readonly roles: readonly Role[];
  readonly floors: readonly Floor[];
  readonly objections: readonly string[];
};

type Accepted = {
  readonly plan: Manifest;
  readonly roles: readonly Role[];
  readonly floors?: readonly Floor[];
};

/**
 * Open releases adopt tightenings only (T7): demands are added to what the plan asks already, and nothing is taken away.
 * Undefined where nothing is tighter now. Roles that the plan was accepted with go on meaning what they meant.
 */
export const adoptFloors = (accepted: Accepted, configuration: Configuration): Adopted | undefined => {
  if (configuration.floors.length === 0) return undefined;
  const known = new Set(accepted.roles.map(({ id }) => id));
  const roles = [...accepted.roles, ...configuration.roles.filter(({ id }) => !known.has(id))];
  const { floors: recorded = [] } = accepted;
  const rulebook = {
    floors: configuration.floors,
    earlier: recorded,
    roles,
    catalog: usableCatalog(configuration),
  };
  const { plan, applied, objections } = applyFloors(everyActivity(accepted.plan, silenced), rulebook);
  const adopted = everyActivity(plan, spoken);
  const isSamePlan = isSame(demands(adopted), demands(accepted.plan));
  if (objections.length === 0 && isSamePlan && !isGuardedAnew(plan, recorded, applied)) return undefined;
  const added = applied.filter((floor) => !recorded.some((one) => isSame(one, floor)));
  return {
    plan: adopted,
    roles,
    floors: [...recorded, ...added],
    objections: objections.map(({ message }) => message),
  };
};

/**
 * What floors that were recorded earlier make of a new plan; what they add is added, what they object to stands. A role that
 * they name, and that is gone from the configuration, goes on meaning what was recorded with them.
 */
export const keepFloors = (
  { plan, roles: known, floors: today = [] }: Accepted,
  { roles: before, floors: recorded = [] }: Omit<Accepted, 'plan'>,
  configuration: Pick<Configuration, 'catalog'>,
): Omit<Adopted, 'floors'> & { readonly floors?: readonly Floor[] } => {
  const demanded = new Set(recorded.flatMap(principalsDemanded).map(roleIdOf));
  const isGone = ({ id }: Role): boolean => demanded.has(id) && !known.some((role) => role.id === id);
  const roles = [...known, ...before.filter(isGone)];
  const rulebook = { floors: recorded, earlier: today, roles, catalog: usableCatalog(configuration) };
  const { plan: raised, objections } = applyFloors(plan, rulebook);
  // Also those that say nothing about this plan: a manifest in between must be no way out of them (T7).
  const kept = recorded.filter((floor) => !today.some((one) => isSame(one, floor)));
  const floors = [...kept, ...today];
  return {
    plan: raised,
    roles,
    ...(floors.length === 0 ? {} : { floors }),
    objections: objections.map(({ message }) => message),
  };
};

/** What is demanded of GitHub changes no plan: nobody is asked for more (T14). */
const isGuardedAnew = (plan: Manifest, recorded: readonly Floor[], applied: readonly Floor[]): boolean =>
  plan.phases
    .flatMap(({ activities }) => activities)
    .some(
      ({ environment }) =>
        guardedBy(applied, environment).length > 0 && guardedBy(recorded, environment).length === 0,
    );

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalize(one as Json) === canonicalize(other as Json);

/** A plan without what asks nobody for anything. */
const demands = (plan: Manifest): Manifest => everyActivity(plan, ({ origins: _, ...activity }) => activity);

const everyActivity = (plan: Manifest, how: (activity: Activity) => Activity): Manifest => ({
  ...plan,
  phases: plan.phases.map((phase) => ({ ...phase, activities: phase.activities.map(how) })),
});

const mark = { part: 'approvers', from: '' };

/** The writer of the manifest could not know the floor: what is missing is added, not objected to. */
const silenced = (activity: Activity): Activity => ({
  ...activity,
  origins: [...(activity.origins ?? []), mark],
});

const spoken = ({ origins = [], ...activity }: Activity): Activity => {
  const others = origins.filter(({ from }) => from !== mark.from);
  return others.length === 0 ? activity : { ...activity, origins: others };
};
