import { type Decision, decide } from '../core/release/decide.ts';
import type { Facts, Provenance } from '../core/release/facts.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { Digest, Instant, Known } from '../core/values.ts';
import { ForgeError } from '../ports/forge.ts';
import { madeOf } from './duties.ts';
import { lookUpFiles } from './evidence.ts';
import type { World } from './world.ts';

/** A decision with all the facts that it rests on, and the bytes of the files among them. */
export type Informed = {
  readonly decision: Decision;
  readonly facts: Facts;
  readonly bytes: ReadonlyMap<Digest, Uint8Array>;
  /** What waits could not be read: everything else is decided without, and it has to be asked again. */
  readonly unread?: ForgeError;
};

/** An answer may lead to another question; so many in turn mean that we go round in circles, and would ask for ever. */
const mostRounds = 100;

/**
 * Decides, reads what comments that would count rest on (who wrote them, whom and which files they name), and decides
 * again with it (T12, T15, G-22).
 */
export async function decideInformed(
  world: World,
  repository: string,
  branches: { readonly records: string; readonly published: string },
  { state, facts }: { readonly state: ReleaseState; readonly facts: Facts },
  at: Instant,
): Promise<Informed> {
  const bytes = new Map<Digest, Uint8Array>();
  let informed = facts;
  let decision = decide(state, informed, at);
  let unread: ForgeError | undefined;
  for (let round = 0; isUninformed(decision); round += 1) {
    if (round === mostRounds)
      throw new Error(`release ${state.release} of ${repository} asks the same again and again`);
    const answers = await Promise.all(
      decision.ask.map(
        async (id): Promise<readonly [number, Known<Provenance>]> => [
          id,
          await world.forge.provenance(repository, id),
        ],
      ),
    );
    const { resolutions } =
      decision.lookUp.length === 0
        ? informed
        : await world.forge.observeRelease({
            ...{ repository, recordsBranch: branches.records, threads: [] },
            principals: decision.lookUp,
          });
    const checkRuns = await checkRunsFact(world, repository, decision);
    const guards = await Promise.all(
      decision.askGuards.map(async (name) => [name, await world.forge.guard(repository, name)] as const),
    );
    const found = await lookUpFiles(world.mirror, repository, decision.askFiles);
    for (const [digest, content] of found.bytes) bytes.set(digest, content);
    const jobs = await jobsFact(world, repository, decision);
    const made = await madeFact(world, repository, branches.published, decision, informed, at);
    unread ??= jobs.unread;
    informed = {
      ...informed,
      provenance: new Map([...informed.provenance, ...answers]),
      resolutions: { ...informed.resolutions, ...resolutions },
      files: new Map([...informed.files, ...found.files]),
      ...checkRuns,
      ...jobs.facts,
      ...made,
      ...(guards.length === 0 ? {} : { guards: new Map([...(informed.guards ?? []), ...guards]) }),
    };
    decision = decide(state, informed, at);
  }
  return { decision, facts: informed, bytes, ...(unread && { unread }) };
}

const isUninformed = ({ ask, lookUp, askFiles, askCommitters, askChecks, askGuards, askJobs }: Decision) =>
  askJobs ||
  askCommitters ||
  ask.length + lookUp.length + askFiles.length + askChecks.length + askGuards.length > 0;

/**
 * Asked for the target that the decision would leave, in the same way. A no, or an end, must not wait for a host that
 * cannot tell what waits (T5, T17).
 */
async function jobsFact(
  { forge }: World,
  repository: string,
  { state, askJobs }: Decision,
): Promise<{ readonly facts: Pick<Facts, 'waitingJobs'>; readonly unread?: ForgeError }> {
  if (state.kind === 'unopened' || !askJobs) return { facts: {} };
  const { commit } = state.target;
  try {
    return { facts: { waitingJobs: { commit, jobs: await forge.waitingJobs(repository, commit) } } };
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'unavailable') throw error;
    const jobs = { kind: 'unknown', why: 'the host does not tell what waits' } as const;
    return { facts: { waitingJobs: { commit, jobs } }, unread: error };
  }
}

/** Asked where somebody who must have had no hand in it wants to overrule (T3). */
async function madeFact(
  world: World,
  repository: string,
  branch: string,
  { state, askCommitters }: Decision,
  { head }: Facts,
  at: Instant,
): Promise<Pick<Facts, 'duties'>> {
  if (state.kind === 'unopened' || !askCommitters) return {};
  const made = await madeOf(world, repository, state.release, state.target, head, branch, at);
  return made ? { duties: { ...made, forAct: true } } : {};
}

/** Asked for the target that the decision would leave, which is new when a release opens or its target moves. */
async function checkRunsFact(
  { forge }: World,
  repository: string,
  { state, askChecks: names }: Decision,
): Promise<Pick<Facts, 'checkRuns'>> {
  if (state.kind === 'unopened' || names.length === 0) return {};
  const { commit } = state.target;
  try {
    const runs = await forge.checkRuns(repository, commit, names);
    return { checkRuns: { kind: 'known', value: { commit, names, runs } } };
  } catch (error) {
    // Everything else of the release goes on without.
    if (!(error instanceof ForgeError) || error.code !== 'forbidden') throw error;
    return { checkRuns: { kind: 'unknown', why: 'the App may not read checks' } };
  }
}
