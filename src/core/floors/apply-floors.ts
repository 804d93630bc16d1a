import { askedBy } from '../catalog/profiles.ts';
import type { UsableCatalog } from '../catalog/usable-catalog.ts';
import type { Role } from '../configuration/configuration.ts';
import type { Floor } from '../configuration/floor.ts';
import type { Activity, Manifest } from '../manifest/manifest.ts';
import { gatesFor, isFor, subjectsOf } from './applied.ts';
import { loophole, phaseOf } from './gates.ts';
import { missingGate, taskInstead, unwaitedGate } from './missing-gate.ts';
import { type Objection, objection, placeOf } from './objection.ts';
import { leftOut, raise } from './raise-activity.ts';

/** What floors are judged with: the rest of the configuration that they stand in. */
export type Rulebook = {
  readonly floors: readonly Floor[];
  readonly roles: readonly Role[];
  readonly catalog: UsableCatalog;
};

/** A plan with everything that floors add to it, the floors that say anything about it, and what they object to. */
export type Floored = {
  readonly plan: Manifest;
  readonly applied: readonly Floor[];
  readonly objections: readonly Objection[];
};

/**
 * Holds a plan against the floors (design 3.10, T1). Where it says nothing, it inherits what they demand; where it says
 * less, they object. An activity of the plan that comes back, approved, satisfies every demand of the floors on it.
 */
export const applyFloors = (plan: Manifest, { floors, roles, catalog }: Rulebook): Floored => {
  const applied = appliedTo(plan, floors);
  const objections: Objection[] = [];
  let raised = withProfiles(plan, applied);
  for (const floor of applied) {
    for (const subject of subjectsOf(floor, plan)) {
      for (const demanded of demandedBy(floor)) {
        const gates = gatesFor(floor, demanded, subject, plan);
        if (gates.length === 0) objections.push(absent(floor, demanded, subject, plan));
        for (const gate of gates) {
          const now = activityOf(raised, gate.id);
          const result = raise(now, demanded, floor, roles, catalog);
          objections.push(
            ...result.objections,
            ...leftOut(gate, demanded, floor),
            ...openTo(floor, demanded, gate, plan),
          );
          raised = replaced(raised, named(result.activity, floor));
        }
      }
    }
  }
  return { plan: raised, applied, objections: distinct(objections) };
};

/** A floor for a profile counts where another floor demands that profile, too. */
const appliedTo = (plan: Manifest, floors: readonly Floor[]): readonly Floor[] => {
  const direct = floors.filter((floor) => isFor(floor, plan));
  const profiled = withProfiles(plan, direct);
  return floors.filter((floor) => direct.includes(floor) || isFor(floor, profiled));
};

const withProfiles = (plan: Manifest, applied: readonly Floor[]): Manifest => {
  const profile = [...new Set([...(plan.profile ?? []), ...applied.flatMap((floor) => floor.profile)])];
  return profile.length === 0 ? plan : { ...plan, profile };
};

/** The activities that a floor wants approved: by name, or because a profile that it demands cannot do without them. */
export const demandedBy = (floor: Floor): readonly string[] => {
  const profiles = floor.for.kind === 'profile' ? [floor.for.name] : floor.profile;
  return [
    ...new Set([
      ...floor.activities,
      ...Object.keys(floor.approvers),
      ...Object.keys(floor.inputs),
      ...askedBy(profiles).mandatory,
      ...(floor.for.kind === 'uses' ? [floor.for.name] : []),
    ]),
  ];
};

const absent = (floor: Floor, demanded: string, subject: Activity, plan: Manifest): Objection =>
  unwaitedGate(floor, demanded, subject, plan) ??
  taskInstead(floor, demanded, plan) ??
  missingGate(floor, demanded, subject);

/** What a floor for an entry of the catalog demands of the entry itself has no subject that waits for it. */
const openTo = (floor: Floor, demanded: string, gate: Activity, plan: Manifest): readonly Objection[] => {
  const way = loophole(gate, phaseOf(plan, gate));
  if (way === undefined) return [];
  return [
    objection(floor, `activities.${demanded}`, placeOf(gate), {
      wrong: `"${gate.id}" must be approved by people, and ${way} lets the release go on without.`,
      write: `Remove ${way}.`,
    }),
  ];
};

const named = (activity: Activity, { for: { kind, name } }: Floor): Activity => ({
  ...activity,
  floors: [...new Set([...(activity.floors ?? []), `${kind} ${name}`])],
});

const activityOf = (plan: Manifest, id: string): Activity =>
  plan.phases.flatMap(({ activities }) => activities).find((activity) => activity.id === id) as Activity;

const replaced = (plan: Manifest, activity: Activity): Manifest => ({
  ...plan,
  phases: plan.phases.map((phase) => ({
    ...phase,
    activities: phase.activities.map((one) => (one.id === activity.id ? activity : one)),
  })),
});

const distinct = (objections: readonly Objection[]): readonly Objection[] => [
  ...new Map(objections.map((one) => [JSON.stringify(one), one])).values(),
];
