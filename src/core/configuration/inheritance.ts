import type { Anchor } from '../record/record.ts';
import type { Digest, Repository, Sha } from '../values.ts';
import type { Configuration } from './configuration.ts';
import type { Above } from './loosenings.ts';

/** Every repository of an owner inherits the configuration of the owner's repository of this name. */
export const inheritedName = '.github';

/** What a repository inherited when it was written down: from where, and which file ruled there (T7). */
export type Inherited = {
  readonly repository: Repository;
  /** The commit that last changed the file. */
  readonly commit: Sha;
  /** SHA-256 of the file's bytes. */
  readonly digest: Digest;
  /** The newest checkpoint of that repository's own record; absent where it has none (T8). */
  readonly checkpoint?: Anchor;
};

/** What a repository inherits; `unknown` is never the same as nothing (T7). */
export type Inheritance =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly configuration: Configuration; readonly from: Inherited }
  | { readonly kind: 'unknown'; readonly why: string };

/** The repository that another one inherits from; undefined for that one itself. */
export const inheritsFrom = (repository: string): string | undefined => {
  const [owner = '', name = ''] = repository.split('/');
  return name.toLowerCase() === inheritedName ? undefined : `${owner}/${inheritedName}`;
};

/** A configuration as other repositories inherit it: every demand says where it comes from. */
export const asInherited = (configuration: Configuration, from: string): Configuration => ({
  ...configuration,
  floors: configuration.floors.map((floor) => ({
    ...floor,
    source: { ...floor.source, path: `${from}:${floor.source.path}` },
  })),
});

/** What a file is read on top of; absent where nothing is inherited. */
export const aboveOf = (inheritance: Inheritance | undefined): { readonly above?: Above } =>
  inheritance?.kind === 'known'
    ? { above: { configuration: inheritance.configuration, repository: inheritance.from.repository.name } }
    : {};
