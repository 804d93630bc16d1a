import { askedBy } from '../catalog/profiles.ts';
import { usableCatalog } from '../catalog/usable-catalog.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Floor } from '../configuration/floor.ts';
import { checkAsked } from '../manifest/check-asked.ts';
import { checkFeeds } from '../manifest/check-feeds.ts';
import { crossCheck } from '../manifest/cross-check.ts';
import { activitiesOf, isManual, type Manifest } from '../manifest/manifest.ts';
import type { Problem } from '../problem.ts';
import { closest } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { type Readable, readOf } from '../written/read-yaml.ts';
import { type Node, spotAt, start } from '../written/tree.ts';
import { meansEnvironment, standingFor } from './applied.ts';
import { applyFloors } from './apply-floors.ts';
import type { Found } from './found.ts';
import { idleOffsets } from './idle-offsets.ts';
import { impossibleQuorums } from './impossible-quorums.ts';
import { placeOf } from './objection.ts';

/** A manifest together with what the configuration says: what it means, and whatever speaks against it. */
export type Resolved = {
  /** Complete: it can be judged without the configuration, for ever. */
  readonly plan: Manifest;
  /** The floors that say anything about it. */
  readonly floors: readonly Floor[];
  readonly problems: readonly Problem[];
};

/** Resolves a valid manifest, read from `file`, under a configuration (S-052, G-33, T1). */
export const resolvePlan = (file: Readable, manifest: Manifest, configuration: Configuration): Resolved => {
  const { floors, roles } = configuration;
  const catalog = usableCatalog(configuration);
  const { plan, applied, objections } = applyFloors(manifest, { floors, roles, catalog });
  const read = readOf(file);
  const root = read.kind === 'tree' ? read.root : undefined;
  const strange = strangeEnvironments(plan, floors);
  const found: readonly Found[] = [
    ...objections.map(({ at, message }) => ({ at, problem: 'below-floor' as const, message })),
    ...missingOf(plan),
    ...strange,
    ...nobodyAsked(plan, objections.length + strange.length > 0 ? floors : []),
    ...activitiesOf(plan).flatMap((activity) => [...impossibleQuorums(activity), ...idleOffsets(activity)]),
  ];
  return {
    plan,
    floors: applied,
    problems: [
      ...crossCheck(read, manifest, configuration),
      ...checkAsked(plan, root),
      ...checkFeeds(plan, root),
      ...found.map((one) => located(root, one)),
    ],
  };
};

const located = (root: Node | undefined, { at, problem, message, severity }: Found): Problem => {
  const found = error(problem, root === undefined ? start : spotAt(root, at).holder, message);
  return severity === undefined ? found : { ...found, severity };
};

/** What the profiles of a release cannot do without is an error; what they recommend, a warning (G-33). */
const missingOf = (plan: Manifest): readonly Found[] => {
  const { profile = [] } = plan;
  const { mandatory, recommended } = askedBy(profile);
  const words = (id: string, verb: string): string =>
    `The profile ${profile.join(', ')} ${verb} "${id}", which this release does not have. Add it, for example as ${id}: { uses: ${id} }.`;
  const isMissing = (id: string): boolean => standingFor(id, plan).length === 0;
  return [
    ...mandatory.filter(isMissing).map((id) => ({
      at: ['profile'],
      problem: 'missing-approval' as const,
      message: words(id, 'demands'),
    })),
    ...recommended.filter(isMissing).map((id) => ({
      at: ['profile'],
      problem: 'missing-approval' as const,
      message: words(id, 'recommends'),
      severity: 'warning' as const,
    })),
  ];
};

/** Where floors name environments, one that none of them knows may be another name for a guarded one. */
const strangeEnvironments = (plan: Manifest, floors: readonly Floor[]): readonly Found[] => {
  const known = floors.filter((floor) => floor.for.kind === 'environment');
  if (known.length === 0) return [];
  return activitiesOf(plan).flatMap((activity) => {
    const environment = activity.environment;
    if (environment === undefined || known.some((floor) => meansEnvironment(floor, environment))) return [];
    const names = known.map((floor) => floor.for.name);
    const meant = closest(environment, names);
    const hint =
      meant === undefined ? 'If it needs none, add one that demands nothing.' : `Did you mean "${meant}"?`;
    const message = `No floor of the configuration is for the environment "${environment}". ${hint}`;
    return [{ at: placeOf(activity, 'environment'), problem: 'unknown-reference' as const, message }];
  });
};

/** Approvers that one of `unmet` names are there as soon as what speaks against the plan is mended: no word of them. */
const nobodyAsked = (plan: Manifest, unmet: readonly Floor[]): readonly Found[] =>
  activitiesOf(plan)
    .filter((activity) => isManual(activity) && activity.approvers.length === 0)
    .filter(({ id, uses = id }) =>
      unmet.every(({ approvers }) => !Object.hasOwn(approvers, id) && !Object.hasOwn(approvers, uses)),
    )
    .map((activity) => ({
      at: placeOf(activity, 'uses'),
      problem: 'missing-key',
      message: `Nobody is named to approve "${activity.id}". Write approvers here, or for every release in the configuration: catalog: { ${String(activity.uses)}: { approvers: … } }.`,
    }));
