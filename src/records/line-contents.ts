import { largestCheckpoint } from '../core/record/checkpoint.ts';
import type { Contents } from '../core/record/covered-events.ts';
import { largestEvent } from '../core/record/event-codec.ts';
import { placeOf } from '../core/record/layout.ts';
import type { LineCommit } from '../core/record/line.ts';
import type { Sha } from '../core/values.ts';
import type { History } from './history.ts';

/** Reads what judging the commits may need: files at paths that mean something, each within its own limit (T17). */
export async function readContents(
  history: Pick<History, 'blobs'>,
  repository: string,
  commits: readonly LineCommit[],
): Promise<Contents> {
  const checkpoints = new Set<Sha>();
  const others = new Set<Sha>();
  for (const { path, blob } of commits.flatMap((commit) => commit.changes)) {
    const place = placeOf(path);
    if (blob === undefined || place === undefined || place.kind === 'page' || place.kind === 'readme')
      continue;
    (place.kind === 'checkpoint' ? checkpoints : others).add(blob);
  }
  const [small, large] = await Promise.all([
    history.blobs(repository, [...others], largestEvent),
    history.blobs(repository, [...checkpoints], largestCheckpoint),
  ]);
  return (blob) => small.get(blob) ?? large.get(blob);
}
