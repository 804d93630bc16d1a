import { changeRun, openCheckRun } from '../state/checks.ts';
import type { Host } from '../state/host.ts';
import type { Repository } from '../state/types.ts';
import { actionsApp } from './actions-app.ts';
import { addDeploymentStatus, createDeployment } from './deployments.ts';
import type { Conclusion, Deployment, Job, WorkflowRun } from './workflow.ts';

/** A job waits for its environment, or goes on: from now on people see its check, and its deployment if it has one. */
export function beginJob(
  host: Host,
  repository: Repository,
  run: WorkflowRun,
  job: Job,
  state: 'waiting' | 'in_progress',
): Deployment | null {
  const deployment = deploymentOf(host, repository, run, job);
  job.state = state;
  if (deployment !== null)
    addDeploymentStatus(host, repository, deployment, {
      state,
      description: '',
      creatorId: deployment.creatorId,
    });
  showCheck(host, repository, run, job, { status: state });
  return deployment;
}

/** A job ends, and with it its deployment and the very check that showed it before. */
export function endJob(
  host: Host,
  repository: Repository,
  run: WorkflowRun,
  job: Job,
  conclusion: Conclusion,
): void {
  const { botId } = actionsApp(host);
  const deployment = deploymentOf(host, repository, run, job);
  if (deployment !== null) {
    const state = conclusion === 'success' ? 'success' : 'failure';
    addDeploymentStatus(host, repository, deployment, { state, description: '', creatorId: botId });
  }
  job.state = 'completed';
  job.conclusion = conclusion;
  showCheck(host, repository, run, job, { status: 'completed', conclusion });
}

type Shown =
  | { readonly status: 'waiting' | 'in_progress' }
  | { readonly status: 'completed'; readonly conclusion: Conclusion };

function showCheck(host: Host, repository: Repository, run: WorkflowRun, job: Job, shown: Shown): void {
  const sender = actionsApp(host).botId;
  const check = job.checkRunId === null ? undefined : host.state.runs.get(job.checkRunId);
  if (check !== undefined) {
    changeRun(host, repository, check, shown, sender);
    return;
  }
  const suite = host.state.suites.get(run.suiteId);
  if (suite === undefined) throw new Error(`suite ${run.suiteId} is referred to but missing`);
  const { deploymentId } = job;
  const where = { suite, sender, ...(deploymentId === null ? {} : { deploymentId }) };
  job.checkRunId = openCheckRun(host, repository, where, { name: job.name, ...shown }).id;
}

/** The deployment of a job in an environment, made when it is first needed. */
function deploymentOf(host: Host, repository: Repository, run: WorkflowRun, job: Job): Deployment | null {
  if (job.environment === null) return null;
  const known = job.deploymentId === null ? undefined : host.state.deployments.get(job.deploymentId);
  if (known !== undefined) return known;
  const fresh = createDeployment(host, repository, {
    environment: job.environment,
    ref: run.headBranch,
    sha: run.headSha,
    task: 'deploy',
    description: null,
    payload: {},
    creatorId: run.triggeringActorId,
    viaAppId: actionsApp(host).id,
    workflowRunId: run.id,
  });
  job.deploymentId = fresh.id;
  return fresh;
}
