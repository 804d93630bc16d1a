import type { Floor } from '../core/configuration/floor.ts';
import { committersFrom } from '../core/duties/committers.ts';
import { activitiesOf, type Manifest } from '../core/manifest/manifest.ts';
import { barsCommitters, currentDuties } from '../core/release/apart.ts';
import type { ResolvedTarget } from '../core/release/event.ts';
import type { Facts } from '../core/release/facts.ts';
import type { ReleaseState } from '../core/release/state.ts';
import { beginningOf, targetOf } from '../core/release/target.ts';
import type { Instant, Sha } from '../core/values.ts';
import { handiwork, MOST_COMMITS } from './handiwork.ts';
import { targetKey } from './memory.ts';
import type { World } from './world.ts';

/** Whoever adds an address to their account mends an incomplete list without a trace here: it is looked up again. */
const LOOK_AGAIN_MS = 600_000;

/**
 * Who had a hand in what is released, where an activity of the plan asks and the record does not tell (T16). Looked up
 * once for a target and its beginning, and after a while again where the answer was not whole.
 */
export async function dutiesFact(
  world: World,
  repository: string,
  state: ReleaseState,
  plan: Manifest | undefined,
  floors: readonly Floor[],
  target: Facts['target'],
  head: Sha,
  branch: string,
  at: Instant,
): Promise<Facts['duties']> {
  if (!plan || (state.kind === 'opened' && state.ended)) return undefined;
  const aim = isAsked(state, plan, floors) ? targetOf(state, plan, target) : undefined;
  if (!aim || 'missing' in aim) return undefined;
  const base = beginningOf(aim.target);
  const commit = aim.target.commit;
  const recorded = state.kind === 'opened' ? currentDuties(state) : undefined;
  if (recorded?.base === base && recorded?.target === commit && recorded.unattributable.length === 0)
    return undefined;
  return madeOf(world, repository, plan.release, aim.target, head, branch, at);
}

/** Who had a hand in a target; undefined: nobody knows where its commits begin. Asked again after a while. */
export async function madeOf(
  world: World,
  repository: string,
  release: string,
  target: ResolvedTarget,
  head: Sha,
  branch: string,
  at: Instant,
): Promise<Facts['duties']> {
  const base = beginningOf(target);
  if (base === undefined) return undefined;
  const { commit } = target;
  const { duties } = world.memory;
  const key = targetKey(repository, release);
  const known = duties.get(key);
  const fresh = known && Date.parse(at) - Date.parse(known.at) < LOOK_AGAIN_MS;
  if (fresh && known.fact.base === base && known.fact.target === commit) return known.fact;
  const fact = { base, target: commit, found: await lookUp(world, repository, base, commit, head, branch) };
  duties.set(key, { at, fact });
  return fact;
}

/** By the manifest, by what was accepted of it, or by a floor that may yet be adopted. */
function isAsked(state: ReleaseState, plan: Manifest, floors: readonly Floor[]): boolean {
  const plans = state.kind === 'opened' ? [plan, state.revision.plan] : [plan];
  const parts = [...plans.flatMap(activitiesOf), ...floors];
  return parts.some(barsCommitters);
}

type Found = NonNullable<Facts['duties']>['found'];

async function lookUp(
  world: World,
  repository: string,
  base: Sha,
  target: Sha,
  head: Sha,
  branch: string,
): Promise<Found> {
  if (base === target || !(await world.mirror.contains(repository, base, target)))
    return beyond(`they begin with ${base}, which is no commit before the target`);
  const range = { since: [base], most: MOST_COMMITS };
  const commits = await world.mirror.commits(repository, { ...range, until: [target] });
  const graph = await world.mirror.commits(repository, { ...range, until: [target, head] });
  if (!commits || !graph) return beyond(`there are more than ${MOST_COMMITS} commits since ${base}`);
  const hands = await handiwork(world, repository, branch, commits, graph);
  return hands.kind === 'known' ? { kind: 'known', value: committersFrom(hands.value) } : hands;
}

/** Nobody will ever know, as long as the commits are these. */
const beyond = (why: string): Found => ({ kind: 'unknown', why, lasting: true });
