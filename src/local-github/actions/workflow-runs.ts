import type { GitCommit } from '../git/git-repository.ts';
import { openSuite } from '../state/checks.ts';
import type { Host, Viewer } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { repositoryById } from '../state/lookup.ts';
import { done, fail, type Outcome } from '../state/outcome.ts';
import { nextId } from '../state/state.ts';
import type { Repository } from '../state/types.ts';
import { actionsApp } from './actions-app.ts';
import { type GateAnswer, gateVerdict, noteAnswer, openGate } from './gates.ts';
import { beginJob, endJob } from './jobs.ts';
import type { Conclusion, Job, Workflow, WorkflowRun } from './workflow.ts';

/** Starts a scripted workflow on a branch or a tag. */
export function startRun(
  host: Host,
  repository: Repository,
  started: {
    readonly file: string;
    readonly workflow: Workflow;
    readonly branch: string;
    readonly commit: GitCommit;
    readonly actor: number;
  },
): WorkflowRun {
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
    triggeringActorId: actor,
    attempt: 1,
    startedAt: now,
    suiteId: suite.id,
    jobs: Object.entries(workflow.jobs).map(([name, job]) => ({
      name,
      environment: job.environment,
      scripted: job.conclusion,
      state: 'pending',
      conclusion: null,
      deploymentId: null,
      checkRunId: null,
    })),
    past: [],
    reports: [],
    status: 'queued',
    conclusion: null,
    createdAt: now,
    updatedAt: now,
  };
  host.state.workflowRuns.set(id, run);
  host.announce({ kind: 'workflow_run', action: 'requested', repository, run }, actor);
  advanceRun(host, repository, run);
  return run;
}

type BadEnd = 'failure' | 'timed_out' | 'cancelled';

const isBad = (conclusion: Conclusion | null): conclusion is BadEnd =>
  conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'cancelled';

/** Somebody ends the job that a run is held at. */
export function endHeldJob(host: Host, run: WorkflowRun, conclusion: Conclusion): boolean {
  const job = run.jobs.find((one) => one.state === 'in_progress');
  if (job === undefined) return false;
  const repository = repositoryById(host.state, run.repositoryId);
  endJob(host, repository, run, job, conclusion);
  advanceRun(host, repository, run);
  return true;
}

/** A run that waits or is held ends with the job that it stands at; what had not begun never does. */
export function cancelRun(host: Host, repository: Repository, run: WorkflowRun): Outcome<true> {
  const job = run.jobs.find(({ state }) => state === 'waiting' || state === 'in_progress');
  if (job === undefined)
    return fail({ kind: 'conflict', message: 'Cannot cancel a workflow run that is completed.' });
  endJob(host, repository, run, job, 'cancelled');
  advanceRun(host, repository, run);
  return done(true);
}

/** An App answers its own rule for a job that waits, or reports how things stand. */
export function answerGate(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  run: WorkflowRun,
  answer: GateAnswer,
): Outcome<true> {
  const noted = noteAnswer(host, viewer, repository, run, answer);
  if (noted.ok && answer.verdict !== null) advanceRun(host, repository, run);
  return noted;
}

/** Ends jobs as their script says, up to one that waits or is held; a job that fails ends the run. */
export function advanceRun(host: Host, repository: Repository, run: WorkflowRun): void {
  for (const job of run.jobs) {
    if (job.state !== 'completed' && !passJob(host, repository, run, job)) return;
    if (isBad(job.conclusion)) break;
  }
  run.status = 'completed';
  run.conclusion = run.jobs.map(({ conclusion }) => conclusion).find(isBad) ?? 'success';
  run.updatedAt = stamp(host);
  host.announce({ kind: 'workflow_run', action: 'completed', repository, run }, run.triggeringActorId);
}

/** Whether the job ended; if not, the run now stands as its job does. */
function passJob(host: Host, repository: Repository, run: WorkflowRun, job: Job): boolean {
  const verdict = gateVerdict(host, repository, run, job);
  if (verdict === 'waiting') {
    if (job.state === 'pending') openGate(host, repository, run, job);
    run.status = 'waiting';
    host.touched();
    return false;
  }
  const conclusion = verdict === 'rejected' ? 'failure' : job.scripted;
  if (conclusion === null) {
    beginJob(host, repository, run, job, 'in_progress');
    run.status = 'in_progress';
    host.announce({ kind: 'workflow_run', action: 'in_progress', repository, run }, run.triggeringActorId);
    return false;
  }
  endJob(host, repository, run, job, conclusion);
  return true;
}
