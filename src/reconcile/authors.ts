import type { CommitText } from '../core/duties/commit-text.ts';
import { authorsFrom } from '../core/duties/hands.ts';
import type { Author } from '../core/release/event.ts';
import type { Known, Sha } from '../core/values.ts';
import { handiwork, MOST_COMMITS } from './handiwork.ts';
import type { World } from './world.ts';

/** A manifest on the default branch. `since` is the commit of the revision that was accepted before, if any was. */
export type ManifestPlace = {
  readonly path: string;
  readonly head: Sha;
  readonly branch: string;
  readonly since: Sha | undefined;
};

/** Changes of one manifest that are looked through. */
const MOST_CHANGES = 1_000;

/**
 * Whoever opened, merged or pushed any revision of a manifest since the one that was accepted before, or since the file
 * was first brought (T16): who wrote the lines that another person's last commit left alone is an author, too.
 */
export async function authorsOf(
  world: World,
  repository: string,
  place: ManifestPlace,
): Promise<Known<readonly Author[]>> {
  const { head, branch } = place;
  const changes = await changesOf(world, repository, place);
  const oldest = changes?.at(-1);
  const graph =
    oldest &&
    (await world.mirror.commits(repository, { until: [head], since: oldest.parents, most: MOST_COMMITS }));
  if (!changes || !graph) return { kind: 'unknown', why: 'its history is too long to be looked through' };
  const hands = await handiwork(world, repository, branch, changes, graph);
  return hands.kind === 'known' ? authorsFrom(hands.value) : hands;
}

/** Commits that changed the file, newest first. */
async function changesOf(
  world: World,
  repository: string,
  { path, head, since }: ManifestPlace,
): Promise<readonly CommitText[] | undefined> {
  const range = { until: [head], path, most: MOST_CHANGES };
  const newer =
    since === undefined ? [] : await world.mirror.commits(repository, { ...range, since: [since] });
  // A branch that was reset to an older revision holds nothing newer: all of its life counts then.
  if (newer === undefined || newer.length > 0) return newer;
  const removed = await lastRemoval(world, repository, path, head);
  return world.mirror.commits(repository, { ...range, since: removed === undefined ? [] : [removed] });
}

/** The newest commit of the branch itself that left it without the file: what came before was another file. */
async function lastRemoval(
  world: World,
  repository: string,
  path: string,
  head: Sha,
): Promise<Sha | undefined> {
  const range = { until: [head], since: [], path, firstParent: true, most: MOST_CHANGES } as const;
  for (const { sha } of (await world.mirror.commits(repository, range)) ?? []) {
    if ((await world.mirror.sizes(repository, sha, [path])).size === 0) return sha;
  }
  return undefined;
}
