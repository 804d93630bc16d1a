import { askedBy } from '../catalog/profiles.ts';
import type { UsableCatalog } from '../catalog/usable-catalog.ts';
import type { Role } from '../configuration/configuration.ts';
import type { Floor } from '../configuration/floor.ts';
import { type Activity, activitiesOf, type Manifest } from '../manifest/manifest.ts';
import { gatesFor, isFor, subjectsOf } from './applied.ts';
import { loophole, phaseOf } from './gates.ts';
import { missingGate, taskInstead, unwaitedGate } from './missing-gate.ts';
import { type Objection, objection, placeOf } from './objection.ts';
import { objectionsTo } from './raise-activity.ts';
import { type Demand, raiseTogether } from './raise-together.ts';

/** What floors are judged with: the rest of the configuration that they stand in. */
export type Rulebook = {
  readonly floors: readonly Floor[];
  /** Floors that the plan was raised by before: what they keep away, its manifest need not have said. */
  readonly earlier?: readonly Floor[];
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
 * less, they object. An activity of the plan that comes back, approved, satisfies every demand of the floors on it. What
 * all floors add raises the plan together before any of them objects, so that their order does not matter (decision 0059).
 */
export const applyFloors = (plan: Manifest, rulebook: Rulebook): Floored => {
  const { floors, earlier = [], roles, catalog } = rulebook;
  const applied = appliedTo(plan, floors);
  const asked = demandsOn(plan, applied);
  const before = demandsOn(plan, appliedTo(plan, earlier));
  const raised = asked
    .flatMap(({ gates }) => gates)
    .reduce(
      (now, { id }) =>
        replaced(now, raiseTogether(activityOf(now, id), demandsAt(asked, id), roles, catalog)),
      withProfiles(plan, applied),
    );
  const objections = asked.flatMap(({ subject, gates, ...demand }) =>
    gates.length === 0
      ? [absent(demand.floor, demand.demanded, subject, plan)]
      : gates.flatMap((gate) => [
          ...objectionsTo(
            activityOf(raised, gate.id),
            demand,
            demandsAt([...asked, ...before], gate.id),
            rulebook,
          ),
          ...openTo(demand.floor, demand.demanded, gate, plan),
        ]),
  );
  return { plan: raised, applied, objections: distinct(objections) };
};

/** A demand with what waits for it, and the activities that it falls on. */
type Asked = Demand & { readonly subject: Activity; readonly gates: readonly Activity[] };

const demandsOn = (plan: Manifest, applied: readonly Floor[]): readonly Asked[] =>
  applied.flatMap((floor) =>
    subjectsOf(floor, plan).flatMap((subject) =>
      demandedBy(floor).map((demanded) => ({
        floor,
        demanded,
        subject,
        gates: gatesFor(floor, demanded, subject, plan),
      })),
    ),
  );

/** The demands on one activity; a floor with several subjects asks once. */
const demandsAt = (asked: readonly Asked[], id: string): readonly Demand[] => {
  const all = asked.filter(({ gates }) => gates.some((gate) => gate.id === id));
  return all.filter(
    ({ floor, demanded }, index) =>
      all.findIndex((one) => one.floor === floor && one.demanded === demanded) === index,
  );
};

/** A floor for a profile counts where another floor demands that profile, too. */
const appliedTo = (plan: Manifest, floors: readonly Floor[]): readonly Floor[] => {
  const direct = floors.filter((floor) => isFor(floor, plan));
  const profiled = withProfiles(plan, direct);
  const added = (profiled.profile ?? []).length > (plan.profile ?? []).length;
  return added ? appliedTo(profiled, floors) : direct;
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

const activityOf = (plan: Manifest, id: string): Activity =>
  activitiesOf(plan).find((activity) => activity.id === id) as Activity;

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
