import { releaseNamePosition } from '../manifest/cross-check.ts';
import type { Problem } from '../problem.ts';
import type { RecordsReading } from '../record/record.ts';
import { fold } from '../release/fold.ts';
import type { Inventory } from './inventory.ts';

/**
 * Names of releases that have ended are never used again (syntax, Grammar): a manifest that takes one would have no
 * effect. The unchanged manifest of the ended release itself may stay. Problems by path.
 */
export function reusedNames(
  inventory: Inventory,
  reading: Pick<RecordsReading, 'releases'> | undefined,
): ReadonlyMap<string, readonly Problem[]> {
  const problems = new Map<string, readonly Problem[]>();
  const recorded = new Map(
    [...(reading?.releases ?? [])].map(([name, record]) => [name.toLowerCase(), record]),
  );
  for (const { path, plan, digest, bytes } of inventory.manifests.values()) {
    const record = recorded.get(plan.release.toLowerCase());
    if (!record) continue;
    const state = fold(record.release, record.events);
    if (state.kind !== 'opened' || (record.release === plan.release && !state.ended)) continue;
    if (state.revision.manifest === digest) continue;
    const message = `The name "${plan.release}" belongs to a release that is in the record already. Names are never used again; choose another one.`;
    problems.set(path, [
      { severity: 'error', code: 'conflict', position: releaseNamePosition(bytes), message },
    ]);
  }
  return problems;
}
