import { isAmendmentName } from '../release/amendment-name.ts';
import { CONFIGURATION_PATH, isManifestPath, type ManifestFile } from '../repository/inventory.ts';

/** What a tree holds: usable manifests by release, and every path. */
export type Tree = {
  readonly manifests: ReadonlyMap<string, ManifestFile>;
  readonly paths: ReadonlySet<string>;
};

/**
 * What the default branch would hold once a pull request is merged: the files that it touches as they are there, all
 * others as they are on the default branch, which may be newer. `pattern` says which files would be manifests then; the
 * tree of the pull request was read by the same.
 */
export function merge(today: Tree, pull: Tree, touched: ReadonlySet<string>, pattern: string): Tree {
  const untouched = [...today.manifests.values()].filter(
    ({ path }) => !touched.has(path) && (path === CONFIGURATION_PATH || isManifestPath(pattern, path)),
  );
  const known = new Set([...today.manifests.values()].map(({ path }) => path));
  // With another pattern, files that nobody touched become manifests, too.
  const brought = [...pull.manifests.values()].filter(({ path }) => touched.has(path) || !known.has(path));
  return {
    manifests: new Map([...untouched, ...brought].map((file) => [file.plan.release, file])),
    paths: new Set([
      ...[...today.paths].filter((path) => !touched.has(path)),
      ...[...pull.paths].filter((path) => touched.has(path)),
    ]),
  };
}

/** Whether a release's manifest would be another one, or gone. */
export const isMoved = (today: Tree, then: Tree, release: string): boolean =>
  today.manifests.get(release)?.digest !== then.manifests.get(release)?.digest;

/** Releases that would open: their manifests are new, and no record knows the names, in whatever case. */
export const openingIn = (today: Tree, then: Tree, recorded: Iterable<string>): readonly ManifestFile[] => {
  const known = new Set([...recorded].map((release) => release.toLowerCase()));
  return [...then.manifests.values()].filter(
    ({ plan: { release } }) =>
      isMoved(today, then, release) && !known.has(release.toLowerCase()) && !isAmendmentName(release),
  );
};
