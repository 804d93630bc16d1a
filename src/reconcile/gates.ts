import { gateComment } from '../core/messages/admission-words.ts';
import { admittedRuns } from '../core/release/admit.ts';
import type { Facts } from '../core/release/facts.ts';
import { type GateAnswer, type GateWord, gateAnswers } from '../core/release/gate-answers.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { Instant, Known, Sha } from '../core/values.ts';
import type { RunAttempt, RunEnding, WaitingJob } from '../core/workflow/waiting-job.ts';
import { ForgeError, type GateSaying } from '../ports/forge.ts';
import { addCapped } from './add-capped.ts';
import type { Glance } from './glance.ts';
import { type Memory, targetKey } from './memory.ts';
import type { World } from './world.ts';

/** The host may tell of a job before it shows it: so often, and so long after one another, it is looked for again. */
const mostLooks = 4;
const looksAgainMs = 30_000;

/** More jobs than that are forgotten to have been told; telling one again does no harm. */
const mostReported = 10_000;

/** Beyond that the host is asked about everything instead. */
const mostCommits = 100;

/** Somebody says that a job waits on a commit. Nothing of it is believed: it is looked for (T6). */
export function rememberGate({ gates }: Pick<Memory, 'gates'>, repository: string, commit: Sha): void {
  // Where everything is looked for anyway, nothing has to be remembered.
  const commits = gates.get(repository)?.add(commit);
  if (commits && commits.size > mostCommits) gates.delete(repository);
}

/**
 * Wakes the releases of commits on which jobs wait for an environment, those that have ended too: somebody has to say no.
 * Where nobody has looked since the start or for an hour, the host is asked.
 */
export async function wakeGates(
  { forge, memory, enqueue }: Pick<World, 'forge' | 'memory' | 'enqueue'>,
  repository: string,
  glances: ReadonlyMap<string, Glance>,
): Promise<void> {
  const naming = [...glances].filter(([, { elsewhere }]) => elsewhere && elsewhere.environments.length > 0);
  if (naming.length === 0) return;
  const told = memory.gates.get(repository);
  // What is said from here on is about what comes after this look.
  memory.gates.set(repository, new Set());
  const commits = told ?? (await everyCommit(forge, memory, repository));
  for (const [release, { target }] of naming) {
    if (!commits.has(target)) continue;
    memory.knocks.set(targetKey(repository, release), mostLooks);
    enqueue({ kind: 'release', repository, release });
  }
}

async function everyCommit(
  forge: World['forge'],
  memory: Memory,
  repository: string,
): Promise<ReadonlySet<Sha>> {
  try {
    const found = await forge.waitingCommits(repository);
    return new Set(found.kind === 'known' ? found.value : []);
  } catch (error) {
    memory.gates.delete(repository);
    throw error;
  }
}

/** What somebody said waits, how runs ended that were let in, and whether another release of the target is to come. */
export async function gateFacts(
  { forge, memory }: World,
  repository: string,
  state: ReleaseState,
  isExpected: (target: Sha) => Promise<boolean>,
  visit: Visit,
): Promise<Pick<Facts, 'knocked' | 'endedRuns' | 'expected'>> {
  if (state.kind === 'unopened') return {};
  const endings: (RunAttempt & RunEnding)[] = [];
  for (const { run, attempt } of admittedRuns(state)) {
    try {
      const ending = await forge.runEnding(repository, { run, attempt });
      if (ending.kind === 'known' && ending.value) endings.push({ run, attempt, ...ending.value });
    } catch (error) {
      // A no must not wait for it.
      if (!(error instanceof ForgeError) || error.code !== 'unavailable') throw error;
      visit.failed = error;
    }
  }
  return {
    ...(memory.knocks.has(targetKey(repository, state.release)) ? { knocked: true } : {}),
    ...(endings.length === 0 ? {} : { endedRuns: endings }),
    ...((await isExpected(state.target.commit)) ? { expected: true } : {}),
  };
}

/** What a pass has said at the gates, and what it found there; empty to begin with. */
export type Visit = {
  readonly told: Set<string>;
  /** The host could not be reached: what the record says has to be told later. */
  failed?: ForgeError;
  /** `missing`: what somebody said waits does not show. `waiting`: something is left to be answered. */
  found?: 'nothing' | 'missing' | 'waiting';
  /** Others were recorded since it read them: what they say may keep the environment shut. */
  unseen?: boolean;
};

/**
 * Tells jobs that wait what the record says of them, each once in a pass. Whoever has recorded that a run is let in may be
 * cut off before this: the next look tells it, and while the host cannot be reached everything else goes on.
 */
export async function answerGates(
  { forge, memory, enqueue }: World,
  repository: string,
  state: ReleaseState,
  facts: Facts,
  at: Instant,
  visit: Visit,
): Promise<void> {
  if (state.kind === 'unopened' || facts.waitingJobs?.commit !== state.target.commit) return;
  if (visit.unseen) {
    // Only another look knows whether what the record lets in may go in (T5).
    visit.found = 'waiting';
    enqueue({ kind: 'release', repository, release: state.release });
    return;
  }
  const answers = gateAnswers(state, facts, { at, trusted: facts.timely });
  visit.found = foundIn(facts.waitingJobs.jobs, answers);
  for (const answer of answers) {
    const { job, word } = answer;
    const name = `${repository} ${job.run} ${job.attempt} ${job.environment}`;
    if (visit.told.has(name) || (word.kind === 'waits' && !isNews(memory, name))) continue;
    const comment = gateComment(state.release, state.tracking?.url, answer);
    try {
      await forge.answerGate(repository, state.target.commit, job, { comment, ...verdicts[word.kind] });
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      memory.reported.delete(name);
      visit.failed = error;
      return;
    }
    if (word.kind !== 'waits') visit.told.add(name);
  }
}

const verdicts = {
  admitted: { verdict: 'approved' },
  refused: { verdict: 'rejected' },
  waits: {},
} as const satisfies { readonly [K in GateWord['kind']]: Pick<GateSaying, 'verdict'> };

function foundIn(
  jobs: Known<readonly WaitingJob[]>,
  answers: readonly GateAnswer[],
): NonNullable<Visit['found']> {
  if (jobs.kind === 'unknown' || answers.some(({ word }) => word.kind === 'waits')) return 'waiting';
  const shows = jobs.value.length > 0 && jobs.value.every(({ environment }) => environment !== undefined);
  return shows ? 'nothing' : 'missing';
}

function isNews({ reported }: Memory, name: string): boolean {
  if (reported.has(name)) return false;
  addCapped(reported, name, mostReported);
  return true;
}

/** The next look at a release asks what waits. */
function rememberKnock({ knocks }: Memory, key: string): void {
  knocks.set(key, knocks.get(key) ?? 1);
}

/** After a pass: in how many milliseconds to come back to the gates; undefined: nothing there asks for it. */
export function leaveGates(
  { memory }: Pick<World, 'memory'>,
  repository: string,
  release: string,
  { found, failed }: Visit,
): number | undefined {
  const key = targetKey(repository, release);
  // Whatever made us look, what is left is looked for again.
  if (failed || found === 'waiting') rememberKnock(memory, key);
  if (failed) return failed.retryAfterMs ?? looksAgainMs;
  if (found === undefined || found === 'waiting') return undefined;
  const left = (memory.knocks.get(key) ?? 0) - 1;
  if (found === 'missing' && left > 0) {
    memory.knocks.set(key, left);
    return looksAgainMs;
  }
  memory.knocks.delete(key);
  return undefined;
}
