import type { GitCommit } from '../git/git-repository.ts';
import { addCheckRun, openSuite } from '../state/checks.ts';
import type { Host, Viewer } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { appBySlug, repositoryById } from '../state/lookup.ts';
import { done, forbidden, invalid, type Outcome } from '../state/outcome.ts';
import { actorId, notByIntegration, permit } from '../state/permissions.ts';
import { nextId } from '../state/state.ts';
import type { Repository } from '../state/types.ts';
import { actionsApp } from './actions-app.ts';
import { addDeploymentStatus, createDeployment } from './deployments.ts';
import type { Conclusion, Deployment, Job, Workflow, WorkflowRun } from './workflow.ts';

/** Starts a scripted workflow on a branch or a tag. */
export async function startRun(
  host: Host,
  repository: Repository,
  started: {
    readonly file: string;
    readonly workflow: Workflow;
    readonly branch: string;
    readonly commit: GitCommit;
    readonly actor: number;
  },
): Promise<WorkflowRun> {
  const { file, workflow, branch, commit, actor } = started;
  const app = actionsApp(host);
  const suite = openSuite(host, repository, app.id, commit, branch, true);
  const now = stamp(host);
  const id = nextId(host.state, 'workflowRun');
  const same = [...host.state.workflowRuns.values()].filter(
    (row) => row.repositoryId === repository.id && row.file === file,
  );
  const run: WorkflowRun = {
    id,
    number: same.length + 1,
    repositoryId: repository.id,
    file,
    name: workflow.name ?? file,
    headBranch: branch,
    headSha: commit.sha,
    actorId: actor,
    suiteId: suite.id,
    jobs: Object.entries(workflow.jobs).map(([name, job]) => ({
      name,
      environment: job.environment,
      scripted: job.conclusion,
      state: 'pending',
      conclusion: null,
      deploymentId: null,
    })),
    reports: [],
    status: 'queued',
    conclusion: null,
    createdAt: now,
    updatedAt: now,
  };
  host.state.workflowRuns.set(id, run);
  host.announce({ kind: 'workflow_run', action: 'requested', repository, run }, actor);
  await advanceRun(host, run);
  return run;
}

/** The Apps whose word a job waits for, by id; an App that does not exist lets nothing pass. */
function gatesOf(host: Host, repository: Repository, environment: string): (number | null)[] {
  const rules = repository.environments[environment]?.protectionRules ?? [];
  return rules.map((slug) => appBySlug(host.state, slug)?.id ?? null);
}

type BadEnd = 'failure' | 'timed_out' | 'cancelled';

const isBad = (conclusion: Conclusion | null): conclusion is BadEnd =>
  conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'cancelled';

/** Somebody ends the job that a run is held at. */
export async function endHeldJob(host: Host, run: WorkflowRun, conclusion: Conclusion): Promise<boolean> {
  const job = run.jobs.find((one) => one.state !== 'completed');
  if (run.status !== 'in_progress' || job === undefined) return false;
  job.scripted = conclusion;
  await advanceRun(host, run);
  return true;
}

/** Ends jobs as their script says, up to one that waits; a job that fails ends the run. */
async function advanceRun(host: Host, run: WorkflowRun): Promise<void> {
  const repository = repositoryById(host.state, run.repositoryId);
  for (const job of run.jobs) {
    if (job.state === 'completed') continue;
    const verdict = gateVerdict(host, repository, run, job);
    if (verdict === 'waiting') {
      if (job.state === 'pending') openGate(host, repository, run, job);
      run.status = 'waiting';
      host.touched();
      return;
    }
    const conclusion = verdict === 'rejected' ? 'failure' : job.scripted;
    if (conclusion === null) {
      run.status = 'in_progress';
      host.announce({ kind: 'workflow_run', action: 'in_progress', repository, run }, run.actorId);
      return;
    }
    await endJob(host, repository, run, job, conclusion);
    if (isBad(conclusion)) break;
  }
  run.status = 'completed';
  run.conclusion = run.jobs.map(({ conclusion }) => conclusion).find(isBad) ?? 'success';
  run.updatedAt = stamp(host);
  host.announce({ kind: 'workflow_run', action: 'completed', repository, run }, run.actorId);
}

function gateVerdict(
  host: Host,
  repository: Repository,
  run: WorkflowRun,
  job: Job,
): 'open' | 'waiting' | 'rejected' {
  const { environment } = job;
  if (environment === null) return 'open';
  const verdicts = gatesOf(host, repository, environment).map(
    (appId) =>
      run.reports.find(
        (row) => row.environment === environment && row.appId === appId && row.verdict !== null,
      )?.verdict,
  );
  if (verdicts.includes('rejected')) return 'rejected';
  return verdicts.every((verdict) => verdict === 'approved') ? 'open' : 'waiting';
}

/** The job's deployment is made, and every App of the environment's rules is asked. */
function openGate(host: Host, repository: Repository, run: WorkflowRun, job: Job): void {
  const deployment = deploymentOf(host, repository, run, job);
  job.state = 'waiting';
  const { environment, creatorId } = deployment;
  addDeploymentStatus(host, repository, deployment, { state: 'waiting', description: '', creatorId });
  for (const appId of gatesOf(host, repository, environment))
    if (appId !== null)
      host.announce(
        { kind: 'deployment_protection_rule', action: 'requested', repository, run, deployment, appId },
        run.actorId,
      );
}

function deploymentOf(host: Host, repository: Repository, run: WorkflowRun, job: Job): Deployment {
  const known = job.deploymentId === null ? undefined : host.state.deployments.get(job.deploymentId);
  if (known !== undefined) return known;
  const fresh = createDeployment(host, repository, {
    environment: job.environment ?? '',
    ref: run.headBranch,
    sha: run.headSha,
    task: 'deploy',
    description: null,
    payload: {},
    creatorId: run.actorId,
    viaAppId: actionsApp(host).id,
    workflowRunId: run.id,
  });
  job.deploymentId = fresh.id;
  return fresh;
}

async function endJob(
  host: Host,
  repository: Repository,
  run: WorkflowRun,
  job: Job,
  conclusion: Conclusion,
): Promise<void> {
  const app = actionsApp(host);
  if (job.environment !== null) {
    const state = conclusion === 'success' ? 'success' : 'failure';
    const deployment = deploymentOf(host, repository, run, job);
    addDeploymentStatus(host, repository, deployment, { state, description: '', creatorId: app.botId });
  }
  job.state = 'completed';
  job.conclusion = conclusion;
  const input = { name: job.name, headSha: run.headSha, status: 'completed', conclusion } as const;
  const suite = host.state.suites.get(run.suiteId);
  const by = { appId: app.id, sender: app.botId, ...(suite === undefined ? {} : { suite }) };
  await addCheckRun(host, repository, by, input);
}

/** How many reports, and how long, an App may send for one deployment. */
const limits = { reports: 10, characters: 1_024 };

export type GateAnswer = {
  readonly environment: string;
  readonly verdict: 'approved' | 'rejected' | null;
  readonly comment: string;
};

/**
 * An App answers its own rule for a job that waits, or reports how things stand. Only installations can; a second verdict
 * is refused: what GitHub does with it is not documented (†).
 */
export async function answerGate(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  run: WorkflowRun,
  answer: GateAnswer,
): Promise<Outcome<true>> {
  const need = { permission: 'deployments', level: 'write', role: 'admin' } as const;
  const allowed = permit(host, viewer, repository, need);
  if (!allowed.ok) return allowed;
  if (viewer.kind !== 'installation' || actorId(host, viewer) === null) return forbidden(notByIntegration);
  const { appId } = viewer;
  const { environment } = answer;
  if (!gatesOf(host, repository, environment).includes(appId)) return forbidden(notByIntegration);
  const waits = run.jobs.some((job) => job.state === 'waiting' && job.environment === environment);
  const earlier = run.reports.filter((row) => row.environment === environment && row.appId === appId);
  if (!waits || earlier.some(({ verdict }) => verdict !== null))
    return invalid([], 'The deployment is not waiting for this protection rule');
  if (answer.comment.length > limits.characters)
    return invalid([], `Comment is too long (maximum is ${limits.characters} characters)`);
  if (answer.verdict === null && earlier.length >= limits.reports)
    return invalid([], `Only ${limits.reports} status reports are allowed for a deployment`);
  run.reports.push({ ...answer, appId, at: stamp(host) });
  run.updatedAt = stamp(host);
  host.touched();
  if (answer.verdict !== null) await advanceRun(host, run);
  return done(true);
}
