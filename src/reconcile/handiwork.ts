import { bringersOf, reachesBack } from '../core/duties/bringers.ts';
import type { CommitText } from '../core/duties/commit-text.ts';
import { type Hands, handsOn } from '../core/duties/hands.ts';
import type { Known } from '../core/values.ts';
import type { World } from './world.ts';

/** More commits than this are not looked through: a release of that size is not one (T17). */
export const MOST_COMMITS = 10_000;

/**
 * Who had a hand in commits, by what git, the host's pull requests and its pushes tell (T16). `graph` holds the commits
 * and everything that descends from them.
 */
export async function handiwork(
  world: World,
  repository: string,
  branch: string,
  commits: readonly CommitText[],
  graph: readonly CommitText[],
): Promise<Known<readonly Hands[]>> {
  if (commits.length === 0) return { kind: 'known', value: [] };
  const attributions = await world.forge.authorship(
    repository,
    commits.map(({ sha }) => sha),
  );
  const known = new Set(graph.map(({ sha }) => sha));
  const pushes = await world.forge.pushes(repository, (read) => reachesBack(known, branch, read));
  const bringers = bringersOf(graph, branch, pushes);
  const host = new URL(world.forge.web).hostname;
  const hands: Hands[] = [];
  for (const commit of commits) {
    const attribution = attributions.get(commit.sha);
    if (!attribution?.whole)
      return { kind: 'unknown', why: `too many had a hand in the commit ${commit.sha}` };
    hands.push(handsOn(commit, attribution, bringers.get(commit.sha), host));
  }
  return { kind: 'known', value: hands };
}
