import { elsewhereOf, environmentsIn } from '../core/release/stand.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { World } from './world.ts';

/**
 * Looks at the releases again that share an environment with one that stands differently with it now: the check of the
 * environment is about all of them, and a newer release may take the place of theirs (T5, G-16). Those that look for a run
 * of a workflow want to know whose the others are (T14).
 */
export function wakeNeighbours(
  world: World,
  repository: string,
  before: ReleaseState,
  after: ReleaseState,
): void {
  if (after.kind === 'unopened') return;
  const told = before.kind === 'opened' ? elsewhereOf(before) : undefined;
  if (JSON.stringify(told) === JSON.stringify(elsewhereOf(after))) return;
  const shared = new Set(
    [before, after].flatMap((state) => (state.kind === 'opened' ? environmentsIn(state.revision.plan) : [])),
  );
  for (const [release, { elsewhere }] of world.memory.glances.get(repository) ?? []) {
    if (release === after.release || !elsewhere || elsewhere.ended) continue;
    if (elsewhere.orders || elsewhere.environments.some(({ name }) => shared.has(name)))
      world.enqueue({ kind: 'release', repository, release });
  }
}
