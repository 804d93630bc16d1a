import { elsewhereOf, environmentsIn } from '../core/release/stand.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { Glance } from './glance.ts';
import { targetKey } from './memory.ts';
import type { World } from './world.ts';

/**
 * Looks at the releases again that share an environment with one that stands differently with it now: the check of the
 * environment is about all of them, and a newer release may take the place of theirs (T5, G-16). Those that look for a run
 * of a workflow want to know whose the others are (T14). `unseen`: others were recorded meanwhile, and neither knows of the
 * other; then it looks again itself, and meets them.
 */
export function wakeNeighbours(
  world: World,
  repository: string,
  before: ReleaseState,
  after: ReleaseState,
  unseen: boolean,
): void {
  if (after.kind === 'unopened') return;
  const told = before.kind === 'opened' ? elsewhereOf(before) : undefined;
  if (JSON.stringify(told) === JSON.stringify(elsewhereOf(after))) return;
  const glances = glancesOf(world, repository);
  const shared = new Set([...environmentsOf(before), ...environmentsOf(after)]);
  wake(world, repository, after.release, shared, glances);
  if (!unseen) return;
  world.memory.unmet.set(targetKey(repository, after.release), glances);
  world.enqueue({ kind: 'release', repository, release: after.release });
}

/** Wakes those that were recorded while this release decided without knowing of them. */
export function meetNeighbours(world: World, repository: string, state: ReleaseState): void {
  const key = targetKey(repository, state.release);
  const known = world.memory.unmet.get(key);
  if (known === undefined) return;
  world.memory.unmet.delete(key);
  const met = [...glancesOf(world, repository)].filter(([name, { tip }]) => known.get(name)?.tip !== tip);
  wake(world, repository, state.release, new Set(environmentsOf(state)), met);
}

const glancesOf = ({ memory }: World, repository: string): ReadonlyMap<string, Glance> =>
  memory.glances.get(repository) ?? new Map();

const environmentsOf = (state: ReleaseState): readonly string[] =>
  state.kind === 'opened' ? environmentsIn(state.revision.plan) : [];

function wake(
  world: World,
  repository: string,
  release: string,
  shared: ReadonlySet<string>,
  others: Iterable<readonly [string, Glance]>,
): void {
  for (const [other, { elsewhere }] of others) {
    if (other === release || !elsewhere || elsewhere.ended) continue;
    if (elsewhere.orders || elsewhere.environments.some(({ name }) => shared.has(name)))
      world.enqueue({ kind: 'release', repository, release: other });
  }
}
