import { builtInCatalog } from '../catalog/approval-types.ts';
import { checkChecks } from '../manifest/check-checks.ts';
import { checkInputs } from '../manifest/check-inputs.ts';
import { mentions } from '../manifest/outline.ts';
import type { Problem } from '../problem.ts';
import { checkIds } from '../written/check-ids.ts';
import { show } from '../written/check-shape.ts';
import { closest } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { ownerValue } from '../written/leaves.ts';
import { type Entry, entriesOf, itemsOf, type Node, textOf, valueAt } from '../written/tree.ts';
import type { Configuration } from './configuration.ts';

/** What a schema cannot say about the entries of the catalog. */
export const checkCatalog = (root: Node, inherited?: Configuration): readonly Problem[] => {
  const entries = entriesOf(valueAt(root, 'catalog'));
  return [
    ...checkKeys(entries),
    ...entries.flatMap(({ value }) => {
      const inputs = entriesOf(valueAt(value, 'inputs'));
      return [
        ...checkKeys(inputs),
        ...checkInputs(inputs),
        ...checkChecks(value),
        ...unknownRoles(rolesIn(root, inherited), valueAt(value, 'approvers')),
      ];
    }),
  ];
};

/** Custodians whose role is not there could never agree to anything. */
export const checkCustodians = (root: Node, inherited?: Configuration): readonly Problem[] =>
  unknownRoles(rolesIn(root, inherited), valueAt(root, 'custodians'));

/** What a schema cannot say about floors. */
export const checkFloors = (root: Node, inherited?: Configuration): readonly Problem[] =>
  itemsOf(valueAt(root, 'floors')).flatMap((floor) => {
    const roles = rolesIn(root, inherited);
    const approvers = entriesOf(valueAt(floor, 'approvers'));
    const inputs = entriesOf(valueAt(floor, 'inputs'));
    return [
      ...checkScope(root, floor, inherited),
      ...checkGuarded(floor),
      ...checkKeys([...approvers, ...inputs]),
      ...checkKeys(inputs.flatMap(({ value }) => entriesOf(value))),
      ...checkInputs(inputs.flatMap(({ value }) => entriesOf(value))),
      ...approvers.flatMap(({ value }) => unknownRoles(roles, value)),
      ...rolesAmong(roles, valueAt(floor, 'exclude')),
    ];
  });

const checkKeys = (entries: readonly Entry[]): readonly Problem[] =>
  checkIds(entries.map(({ key, position }) => ({ name: key, position })));

const checkScope = (root: Node, floor: Node, inherited: Configuration | undefined): readonly Problem[] => {
  const scope = valueAt(floor, 'for');
  if (scope?.kind !== 'map') return [];
  if (scope.entries.length !== 1) {
    const found = scope.entries.length === 0 ? 'none of them' : `${scope.entries.length} of them`;
    const message = `Expected exactly one of environment, profile and uses, found ${found}.`;
    return [error('conflict', scope.position, message)];
  }
  const uses = valueAt(scope, 'uses');
  const named = textOf(uses);
  const known = [
    ...builtInCatalog.keys(),
    ...Object.keys(inherited?.catalog ?? {}),
    ...entriesOf(valueAt(root, 'catalog')).map(({ key }) => key),
  ];
  if (uses === undefined || named === undefined || known.includes(named)) return [];
  const meant = closest(named, known);
  const hint = meant === undefined ? 'Add it to the catalog.' : `Did you mean "${meant}"?`;
  return [error('unknown-reference', uses.position, `${show(named)} is not in the catalog. ${hint}`)];
};

/** GitHub guards environments, and nothing else that a floor may be for. */
const checkGuarded = (floor: Node): readonly Problem[] => {
  const guarded = valueAt(floor, 'guarded');
  if (guarded === undefined || valueAt(valueAt(floor, 'for'), 'environment') !== undefined) return [];
  const message =
    'Only environments are guarded. Write this into a floor with for: { environment: NAME }, or with * for every one.';
  return [error('conflict', guarded.position, message)];
};

/** Every role that may be named here, with those that are inherited. */
const rolesIn = (root: Node, inherited: Configuration | undefined): readonly string[] => [
  ...(inherited?.roles ?? []).map(({ id }) => `role:${id}`),
  ...entriesOf(valueAt(root, 'roles')).map(({ key }) => `role:${key}`),
];

const unknownRoles = (known: readonly string[], rules: Node | undefined): readonly Problem[] =>
  itemsOf(rules).flatMap((rule) =>
    ['from', 'except', 'backups'].flatMap((key) => rolesAmong(known, valueAt(rule, key))),
  );

/** A demand on a role that does not exist would block every release later; it is better said now. */
const rolesAmong = (known: readonly string[], principals: Node | undefined): readonly Problem[] => {
  const named = mentions(principals);
  // Whoever wrote a manifest names its owner: a demand that means the owner would be the manifest's own (T3).
  const owners = named
    .filter(({ name }) => ownerValue.test(name))
    .map(({ name, position }) => {
      const message = `${show(name)} is whomever a manifest names. Expected a principal of the configuration.`;
      return error('invalid-value', position, message);
    });
  const roles = named
    .filter(({ name }) => name.startsWith('role:') && !known.includes(name))
    .map(({ name, position }) => {
      const meant = closest(name, known);
      const hint = meant === undefined ? 'Add it to the roles.' : `Did you mean "${meant}"?`;
      return error('unknown-reference', position, `${show(name)} is not a role here. ${hint}`);
    });
  return [...owners, ...roles];
};
