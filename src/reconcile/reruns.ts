import type { CheckView } from '../core/release/facts.ts';
import { releaseOfCheck } from '../core/release/show-checks.ts';
import type { Sha } from '../core/values.ts';
import { addCapped } from './add-capped.ts';
import type { Memory } from './memory.ts';
import type { World } from './world.ts';

/** More wishes than that are forgotten, the oldest first: whoever still waits asks again (T17). */
const MOST_WISHES = 10_000;

/** Somebody asks for a run of ours anew, by its node id. It costs one more run of the same verdict, and nothing is believed. */
export const wishForRun = ({ reruns }: Pick<Memory, 'reruns'>, nodeId: string): void =>
  wish(reruns.runs, nodeId);

/** Somebody asks for all our runs on a commit anew. */
export const wishForSuite = ({ reruns }: Pick<Memory, 'reruns'>, commit: Sha): void =>
  wish(reruns.suites, commit);

const wish = (wishes: Set<string>, name: string): void => addCapped(wishes, name, MOST_WISHES);

/**
 * Our checks on a commit, those marked that somebody asked for anew. A wish names a run, not a check, so it is over as soon
 * as there is a newer one: however often it is delivered, one run follows from it.
 */
export function askedAnew(
  { memory, enqueue }: Pick<World, 'memory' | 'enqueue'>,
  repository: string,
  commit: Sha | undefined,
  checks: readonly CheckView[],
): readonly CheckView[] {
  const { runs, suites } = memory.reruns;
  if (commit !== undefined && suites.delete(commit)) {
    for (const { nodeId, name } of checks) {
      wish(runs, nodeId);
      const release = releaseOfCheck(name);
      enqueue(
        release === undefined ? { kind: 'repository', repository } : { kind: 'release', repository, release },
      );
    }
  }
  return checks.map((check) => (runs.has(check.nodeId) ? { ...check, again: true } : check));
}
