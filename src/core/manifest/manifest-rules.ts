import type { UsableCatalog } from '../catalog/usable-catalog.ts';
import type { Problem } from '../problem.ts';
import { checkIds, checkUnique } from '../written/check-ids.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, type Node, spotAt, textOf, valueAt } from '../written/tree.ts';
import { checkChecks } from './check-checks.ts';
import { checkConditionOrder } from './check-condition-order.ts';
import { checkConditions } from './check-conditions.ts';
import { checkDuties } from './check-duties.ts';
import { checkFailures } from './check-failures.ts';
import { checkInputs } from './check-inputs.ts';
import { checkKind } from './check-kind.ts';
import { checkNeeds } from './check-needs.ts';
import { checkOwnerValues } from './check-owner-values.ts';
import { checkTask } from './check-task.ts';
import { checkTiming } from './check-timing.ts';
import { checkWorkflow } from './check-workflow.ts';
import { type Mention, type OutlinedActivity, type OutlinedPhase, outline } from './outline.ts';
import { checkUses } from './use-catalog.ts';

/** The largest release: more activities than this are a mistake, or an attack on whoever must show them (T17). */
export const mostActivities = 500;

export const mostInputs = 50;

/** What a schema cannot say about a manifest: references, uniqueness, cycles, limits. */
export const manifestRules = (root: Node, catalog: UsableCatalog): readonly Problem[] => {
  const phases = outline(root);
  const activities = phases.flatMap((phase) => phase.activities);
  const size = checkSize(root, phases, activities);
  if (size.length > 0) return size;
  return [
    ...checkName(root),
    ...checkTarget(root),
    ...noPhases(root),
    ...checkIds([...phases, ...activities]),
    ...checkUnique(activities, 'An activity'),
    ...checkNeeds(phases, 'a phase of this release'),
    ...checkFailures(phases),
    ...phases.flatMap((phase) => checkPhase(phase, phases)),
    ...checkOwnerValues(root, phases),
    ...activities.flatMap((activity) => [...checkActivity(activity), ...checkUses(activity, catalog)]),
    ...activities.flatMap((activity) => checkWorkflow(activity, root)),
    ...activities.flatMap(checkTiming),
    ...activities.flatMap(checkTask),
    ...activities.flatMap(({ body }) => checkChecks(body)),
    ...checkConditions(activities),
    ...checkConditionOrder(phases),
    ...checkDuties(activities),
  ];
};

const checkSize = (
  root: Node,
  phases: readonly OutlinedPhase[],
  activities: readonly OutlinedActivity[],
): readonly Problem[] => {
  if (activities.length <= mostActivities && phases.length <= mostActivities) return [];
  const found = `${activities.length} in ${phases.length} phases`;
  const message = `Expected at most ${mostActivities} activities, found ${found}. Split the release.`;
  return [error('invalid-value', spotAt(root, ['phases']).holder, message)];
};

/** Names of releases that are ours: a manifest must not be mistaken for a change of the configuration (T7). */
const checkName = (root: Node): readonly Problem[] => {
  const { node, holder } = spotAt(root, ['release']);
  const message = 'Names that begin with "countersign." are reserved. Choose another one.';
  return textOf(node)?.startsWith('countersign.') ? [error('invalid-value', holder, message)] : [];
};

const checkTarget = (root: Node): readonly Problem[] => {
  const { node, holder } = spotAt(root, ['target']);
  if (node?.kind !== 'map') return [];
  if (node.entries.every(({ key }) => key === 'since' || key === 'artifacts'))
    return [error('missing-key', holder, 'The target is empty. Expected ref or sha.')];
  const { holder: place } = spotAt(node, ['ref']);
  if (entryOf(node, 'ref') !== undefined && entryOf(node, 'sha') !== undefined) {
    return [error('conflict', place, 'Expected either ref or sha, found both. Keep one of them.')];
  }
  const isCommit = /^[0-9a-f]{40}$/.test(textOf(valueAt(node, 'ref')) ?? '');
  return isCommit
    ? [error('invalid-value', place, 'Found a commit as ref. Write it as sha.')]
    : checkUnique(artifactsIn(node), 'An artifact');
};

const artifactsIn = (target: Node): readonly Mention[] => {
  const list = valueAt(target, 'artifacts');
  return (list?.kind === 'list' ? list.items : []).flatMap((artifact) => {
    const name = valueAt(artifact, 'name');
    const text = textOf(name);
    return name && text !== undefined ? [{ name: text, position: name.position }] : [];
  });
};

const isEmptyMap = (node: Node | undefined): boolean => node?.kind === 'map' && node.entries.length === 0;

const noPhases = (root: Node): readonly Problem[] => {
  const { node, holder } = spotAt(root, ['phases']);
  return isEmptyMap(node) ? [error('empty', holder, 'There is no phase. Expected at least one.')] : [];
};

const checkPhase = (phase: OutlinedPhase, phases: readonly OutlinedPhase[]): readonly Problem[] => {
  const { node } = spotAt(phase.body, ['activities']);
  const message = `The phase "${phase.name}" has no activity. Expected at least one.`;
  return [
    ...(isEmptyMap(node) ? [error('empty', phase.position, message)] : []),
    ...checkNeeds(phase.activities, 'an activity of this phase', (name) => {
      const other = phases.find(({ activities }) => activities.some((one) => one.name === name));
      return (
        other &&
        ` It is one of the phase "${other.name}": let the phase "${phase.name}" need "${other.name}".`
      );
    }),
  ];
};

const checkActivity = (activity: OutlinedActivity): readonly Problem[] => {
  const { position, inputs } = activity;
  const ids = inputs.map(({ key, position }) => ({ name: key, position }));
  const many = `Expected at most ${mostInputs} inputs, found ${inputs.length}.`;
  return [
    ...(inputs.length > mostInputs ? [error('invalid-value', position, many)] : []),
    ...checkKind(activity),
    ...checkIds(ids),
    ...checkInputs(inputs),
  ];
};
