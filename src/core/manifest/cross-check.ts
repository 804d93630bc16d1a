import type { Configuration } from '../configuration/configuration.ts';
import type { Position, Problem } from '../problem.ts';
import { closest } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { type Readable, readOf } from '../written/read-yaml.ts';
import { type Node, spotAt, start, valueAt } from '../written/tree.ts';
import { activitiesOf, type Manifest, type Principal } from './manifest.ts';
import { escalationMentions, type Mention, mentions, outline, principalMentions } from './outline.ts';
import { principalsNamedOrTold } from './principal.ts';

/**
 * The roles and sessions that a valid manifest names and the configuration does not have, each at its place in the file
 * that `manifest` was read from.
 */
export const crossCheck = (
  file: Readable,
  manifest: Manifest,
  configuration: Configuration,
): readonly Problem[] => {
  const known = configuration.roles.map(({ id }) => `role:${id}`);
  const missing = rolesOf(manifest).filter((role) => !known.includes(role));
  const sessions = Object.keys(configuration.calendar.sessions ?? {});
  const unmet = activitiesOf(manifest).some(({ timing }) => isUnmet(timing?.session, sessions));
  if (missing.length === 0 && !unmet) return [];
  const root = rootOf(file);
  return [
    ...principalsOf(root)
      .filter(({ name }) => missing.includes(name))
      .map(({ name, position }) => unknownRole(name, position, known)),
    ...outline(root)
      .flatMap(({ activities }) => activities.flatMap(({ body }) => mentions(valueAt(body, 'session'))))
      .filter(({ name }) => isUnmet(name, sessions))
      .map(({ name, position }) => unknownSession(name, position, sessions)),
  ];
};

const isUnmet = (session: string | undefined, known: readonly string[]): boolean =>
  session !== undefined && !known.includes(session);

const unknownSession = (name: string, position: Position, known: readonly string[]): Problem => {
  const meant = closest(name, known);
  const hint = meant === undefined ? 'Add it to calendar.sessions there.' : `Did you mean "${meant}"?`;
  return error('unknown-reference', position, `"${name}" is not a session of the configuration. ${hint}`);
};

const unknownRole = (name: string, position: Position, known: readonly string[]): Problem => {
  const meant = closest(name, known);
  const hint = meant === undefined ? 'Add it to the roles there.' : `Did you mean "${meant}"?`;
  return error('unknown-reference', position, `"${name}" is not a role of the configuration. ${hint}`);
};

const rolesOf = (manifest: Manifest): readonly string[] => {
  const principals: readonly (Principal | undefined)[] = [
    manifest.owner,
    ...manifest.phases.map(({ owner }) => owner),
    ...activitiesOf(manifest).flatMap(principalsNamedOrTold),
  ];
  return principals.flatMap((principal) => (principal?.kind === 'role' ? [`role:${principal.name}`] : []));
};

const principalsOf = (root: Node | undefined): readonly Mention[] => [
  ...mentions(valueAt(root, 'owner')),
  ...outline(root).flatMap(({ body, activities }) => [
    ...mentions(valueAt(body, 'owner')),
    ...activities.flatMap((activity) => [...principalMentions(activity), ...escalationMentions(activity)]),
  ]),
];

const rootOf = (file: Readable): Node | undefined => {
  const read = readOf(file);
  return read.kind === 'tree' ? read.root : undefined;
};

/** A manifest with the path it was read from and, where places should be exact, its bytes. */
export type Located = { readonly path: string; readonly manifest: Manifest; readonly bytes?: Uint8Array };

/** Releases whose names are the same but for upper and lower case: a problem in each of their files, by path. */
export const checkTogether = (files: readonly Located[]): ReadonlyMap<string, readonly Problem[]> => {
  const problems = new Map<string, readonly Problem[]>();
  for (const file of files) {
    const twin = files.find(({ path, manifest }) => path !== file.path && sameName(manifest, file.manifest));
    if (twin === undefined) continue;
    const message = `The release name "${file.manifest.release}" is used by ${twin.path} too. Choose another one.`;
    problems.set(file.path, [error('duplicate-id', namePosition(file), message)]);
  }
  return problems;
};

const sameName = (one: Manifest, other: Manifest): boolean =>
  one.release.toLowerCase() === other.release.toLowerCase();

const namePosition = ({ bytes }: Located): Position =>
  bytes === undefined ? start : releaseNamePosition(bytes);

/** Where a manifest names its release; its start where it cannot be read. */
export const releaseNamePosition = (bytes: Uint8Array): Position => {
  const root = rootOf(bytes);
  return root === undefined ? start : spotAt(root, ['release']).holder;
};
