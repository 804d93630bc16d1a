import type { Host } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { done, forbidden, type Outcome } from '../state/outcome.ts';
import type { Repository } from '../state/types.ts';
import type { WorkflowRun } from './workflow.ts';
import { advanceRun } from './workflow-runs.ts';

/** How long after its start, in milliseconds, and how often a run can be started again. */
const limits = { age: 30 * 24 * 60 * 60 * 1_000, times: 50 };

/**
 * Starts all jobs of a run that ended once more, as its next attempt: with new checks in the same suite and new deployments,
 * so that every gate is asked anew. Unlike the first attempt it is not told as `requested`.
 */
export function rerun(host: Host, repository: Repository, run: WorkflowRun, actor: number): Outcome<true> {
  if (run.status !== 'completed') return forbidden('This workflow is already running');
  if (host.now().getTime() - Date.parse(run.createdAt) > limits.age)
    return forbidden('Unable to retry this workflow run because it was created over a month ago');
  if (run.attempt > limits.times)
    return forbidden(`Unable to retry this workflow run because it was retried ${limits.times} times`);
  const { attempt, triggeringActorId, startedAt, updatedAt, status, conclusion } = run;
  run.past.push({ attempt, triggeringActorId, startedAt, updatedAt, status, conclusion });
  run.attempt += 1;
  run.triggeringActorId = actor;
  run.startedAt = stamp(host);
  run.updatedAt = run.startedAt;
  run.status = 'queued';
  run.conclusion = null;
  for (const job of run.jobs) {
    job.state = 'pending';
    job.conclusion = null;
    job.deploymentId = null;
    job.checkRunId = null;
  }
  advanceRun(host, repository, run);
  return done(true);
}
