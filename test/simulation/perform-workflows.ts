import { endHeldJob, startRun } from '../../src/local-github/actions/workflow-runs.ts';
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
  endHeldJob(host, run, 'success');
  return `${by} started ${file} on ${ref}: run ${run.id}`;
}
