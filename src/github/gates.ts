import type { Known, Sha } from '../core/values.ts';
import type { RunAttempt, WaitingJob } from '../core/workflow/waiting-job.ts';
import { type Forge, ForgeError, type GateSaying } from '../ports/forge.ts';
import type { Caller, Connection } from './connection.ts';
import { endingOf, pathOf, placeOf, readingRuns, type WireRun } from './workflows.ts';

type WireJob = {
  readonly status: string;
  readonly deployment?: { readonly environment: string } | null;
};

type Place = ReturnType<typeof placeOf>;

const pageSize = 100;

/** Nothing that waits is older than thirty days; whoever has more than these at once waits for the next look. */
const mostPages = 10;

/** Whoever starts more at once on one commit cannot use up the quota with it: the rest is looked at later (T17). */
const mostRuns = 50;

/** Jobs that wait for our rule, and what we say to them (T5). Where we may not answer, nobody is let in. */
export const createGates = (
  connection: Connection,
): Pick<Forge, 'waitingCommits' | 'waitingJobs' | 'runEnding' | 'answerGate'> => ({
  waitingCommits: (repository) =>
    readingRuns(async () => {
      const caller = await connection.on(repository);
      // A run in which something else goes on may not be listed as waiting.
      const [waiting, busy] = await Promise.all(
        ['waiting', 'in_progress'].map((status) => runsIn(caller, placeOf(repository), { status })),
      );
      return [...new Set([...(waiting ?? []), ...(busy ?? [])].map(({ head_sha: commit }) => commit))];
    }),
  waitingJobs: async (repository, commit) => {
    const { deployments } = await connection.permissionsOn(repository);
    return deployments === 'write'
      ? readingRuns(async () => jobsOn(await connection.on(repository), placeOf(repository), commit))
      : unanswerable;
  },
  runEnding: (repository, { run, attempt }) =>
    readingRuns(async () => {
      const caller = await connection.on(repository);
      const { data } = await caller.rest<WireRun>(
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
        { ...placeOf(repository), run_id: run, attempt_number: attempt },
        'read',
      );
      return endingOf(data);
    }),
  answerGate: async (repository, commit, job, saying) =>
    answer(await connection.on(repository), placeOf(repository), commit, job, saying),
});

const unanswerable: Known<never> = {
  kind: 'unknown',
  why: 'the App may not answer deployment protection rules, which takes the permission "Deployments: write"',
};

async function runsIn(caller: Caller, place: Place, asked: object): Promise<readonly WireRun[]> {
  const read = (page: number) =>
    caller.rest<{ readonly workflow_runs: readonly WireRun[] }>(
      'GET /repos/{owner}/{repo}/actions/runs',
      { ...place, ...asked, per_page: pageSize, page },
      'read',
    );
  return allOf(async (page) => (await read(page)).data.workflow_runs);
}

/** Page after page, until one is not full. */
async function allOf<T>(read: (page: number) => Promise<readonly T[]>): Promise<readonly T[]> {
  const found: T[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const more = await read(page);
    found.push(...more);
    if (more.length < pageSize) break;
  }
  return found;
}

async function jobsOn(caller: Caller, place: Place, commit: Sha): Promise<readonly WaitingJob[]> {
  const runs = await runsIn(caller, place, { head_sha: commit });
  const going = runs.filter(({ status }) => status !== 'completed');
  const rank = ({ status }: WireRun): number => (status === 'waiting' ? 0 : 1);
  const read = going.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostRuns);
  const jobs = await Promise.all(read.map((run) => jobsOf(caller, place, run)));
  return jobs.flat();
}

/** A job is a check run, and names the deployment that waits. A run that waits for what does not show yet is told as such. */
async function jobsOf(caller: Caller, place: Place, run: WireRun): Promise<readonly WaitingJob[]> {
  const read = (page: number) =>
    caller.rest<{ readonly check_runs: readonly WireJob[] }>(
      'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs',
      { ...place, check_suite_id: run.check_suite_id ?? 0, per_page: pageSize, page },
      'read',
    );
  const jobs = await allOf(async (page) => (await read(page)).data.check_runs);
  const waiting = jobs.filter(({ status }) => status === 'waiting');
  const environments = new Set(waiting.map(({ deployment }) => deployment?.environment));
  if (environments.size === 0 && run.status === 'waiting') environments.add(undefined);
  return [...environments].map((environment) => ({
    run: run.id,
    attempt: run.run_attempt ?? 1,
    path: pathOf(run),
    event: run.event,
    url: run.html_url,
    createdAt: run.created_at,
    ...(environment === undefined ? {} : { environment }),
  }));
}

/**
 * Read once more right before it is answered: an answer names a run and not which try of it, and what was let in is one try
 * of one commit (T5).
 */
async function answer(
  caller: Caller,
  place: Place,
  commit: Sha,
  { run, attempt, environment }: RunAttempt & { readonly environment: string },
  { verdict, comment }: GateSaying,
): Promise<'told' | 'gone'> {
  const where = { ...place, run_id: run };
  try {
    const { data } = await caller.rest<WireRun>(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
      where,
      'read',
    );
    if (data.status === 'completed' || data.head_sha !== commit || (data.run_attempt ?? 1) !== attempt)
      return 'gone';
    await caller.rest(
      'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule',
      { ...where, environment_name: environment, comment, ...(verdict && { state: verdict }) },
      'write',
    );
    return 'told';
  } catch (error) {
    // Answered before, or no rule of ours: nothing is lost by it.
    if (error instanceof ForgeError && error.code !== 'unavailable') return 'gone';
    throw error;
  }
}
