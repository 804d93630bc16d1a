import { rerun } from '../../src/local-github/actions/rerun.ts';
import type { WorkflowRun } from '../../src/local-github/actions/workflow.ts';
import { cancelRun, endHeldJob, startRun } from '../../src/local-github/actions/workflow-runs.ts';
import { accountByLogin } from '../../src/local-github/state/lookup.ts';
import type { Stage } from './stage.ts';
import type { Step } from './step.ts';

/** The newest run that goes on and was started for the activity comes to an end. */
export async function endRun(
  { host, dispatched }: Stage,
  { release, activity, conclusion }: Extract<Step, { do: 'run-ends' }>,
): Promise<string | undefined> {
  const own = dispatched.filter(
    ({ inputs }) => inputs['release'] === release && inputs['activity'] === activity,
  );
  const run = host.state.workflowRuns.get(own.at(-1)?.run ?? 0);
  if (run === undefined || !endHeldJob(host, run, conclusion)) return undefined;
  return `run ${run.id} for ${release}/${activity} ended: ${conclusion}`;
}

const deploys = ({ jobs }: WorkflowRun): boolean => jobs.some(({ environment }) => environment !== null);

/** Somebody starts the same workflow themselves: that is no run of ours. */
export async function startByHand(
  { host, repository, git }: Stage,
  { by, file, ref }: Extract<Step, { do: 'run-starts' }>,
): Promise<string | undefined> {
  const workflow = repository.workflows?.[file];
  const commit = git.commitAt(
    git.allRefs().has(`refs/tags/${ref}`) ? `refs/tags/${ref}` : `refs/heads/${ref}`,
  );
  const actor = accountByLogin(host.state, by)?.id;
  if (workflow === undefined || commit === null || actor === undefined) return undefined;
  const run = startRun(host, repository, { file, workflow, branch: ref, commit, actor });
  if (!deploys(run)) endHeldJob(host, run, 'success');
  return `${by} started ${file} on ${ref}: run ${run.id} (${run.conclusion ?? run.status})`;
}

/** One of the runs that deploy and stand so, counted from the newest. */
const chosen = (
  { host }: Stage,
  which: number,
  fits: (run: WorkflowRun) => boolean,
): WorkflowRun | undefined =>
  [...host.state.workflowRuns.values()].filter((run) => deploys(run) && fits(run)).at(-1 - which);

/** All jobs of a run once more, whoever started it first. */
export async function startAgain(
  stage: Stage,
  { by, which }: Extract<Step, { do: 'run-again' | 'run-cancelled' }>,
): Promise<string | undefined> {
  const { host, repository } = stage;
  const run = chosen(stage, which, ({ status }) => status === 'completed');
  const actor = accountByLogin(host.state, by)?.id;
  if (run === undefined || actor === undefined || !rerun(host, repository, run, actor).ok) return undefined;
  return `${by} started run ${run.id} again: attempt ${run.attempt} (${run.conclusion ?? run.status})`;
}

/** Whether it waits or goes on. */
export async function cancel(
  stage: Stage,
  { by, which }: Extract<Step, { do: 'run-again' | 'run-cancelled' }>,
): Promise<string | undefined> {
  const run = chosen(stage, which, ({ status }) => status !== 'completed');
  if (run === undefined) return undefined;
  const before = run.status;
  return cancelRun(stage.host, stage.repository, run).ok
    ? `${by} cancelled run ${run.id}, attempt ${run.attempt} (${before})`
    : undefined;
}

/** What was let in comes to its end; what waits does not. */
export async function endJob(
  stage: Stage,
  { which, conclusion }: Extract<Step, { do: 'job-ends' }>,
): Promise<string | undefined> {
  const run = chosen(stage, which, ({ status }) => status === 'in_progress');
  if (run === undefined || !endHeldJob(stage.host, run, conclusion)) return undefined;
  return `run ${run.id}, attempt ${run.attempt}, ended: ${conclusion}`;
}
