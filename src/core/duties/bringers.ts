import type { Writer } from '../release/facts.ts';
import type { Sha } from '../values.ts';
import type { CommitText } from './commit-text.ts';

/** A branch that somebody moved, as the host noted it; forty zeros stand for "did not exist". */
export type Push = {
  /** The full name, for example `refs/heads/main`. */
  readonly ref: string;
  readonly before: Sha;
  readonly after: Sha;
  readonly by: Writer;
};

/** Have enough pushes been read? Where the branch stood before one of them, none of the commits was there yet. */
export const reachesBack = (graph: ReadonlySet<Sha>, branch: string, pushes: readonly Push[]): boolean =>
  pushes.some(({ ref, before }) => ref === `refs/heads/${branch}` && !graph.has(before));

/**
 * Who first brought each commit to the host: the oldest push that leads to it, unless the branch held it before. `graph`
 * is every commit in question with all its descendants; `pushes` are the newest first, as far back as the host told.
 */
export function bringersOf(
  graph: readonly CommitText[],
  branch: string,
  pushes: readonly Push[],
): ReadonlyMap<Sha, Writer> {
  const parents = new Map(graph.map((commit) => [commit.sha, commit.parents]));
  const brought = new Map<Sha, Writer | undefined>();
  const bring = (tip: Sha, by: Writer | undefined): void => {
    const open = [tip];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const further = parents.get(sha);
      if (further === undefined || brought.has(sha)) continue;
      brought.set(sha, by);
      open.push(...further);
    }
  };
  // What was on the branch before the oldest push that is told was brought by somebody we do not know.
  const oldest = pushes.findLast(({ ref }) => ref === `refs/heads/${branch}`);
  if (oldest) bring(oldest.before, undefined);
  for (const { before, after, by } of [...pushes].reverse()) {
    bring(before, undefined);
    bring(after, by);
  }
  return new Map([...brought].flatMap(([sha, by]) => (by ? [[sha, by] as const] : [])));
}
