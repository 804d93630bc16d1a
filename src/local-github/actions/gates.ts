import type { Host, Viewer } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { appBySlug } from '../state/lookup.ts';
import { done, forbidden, invalid, type Outcome } from '../state/outcome.ts';
import { actorId, notByIntegration, permit } from '../state/permissions.ts';
import type { Repository } from '../state/types.ts';
import { beginJob } from './jobs.ts';
import type { GateReport, Job, WorkflowRun } from './workflow.ts';

/** The Apps whose word a job waits for, by id; an App that does not exist lets nothing pass. */
function gatesOf(host: Host, repository: Repository, environment: string): (number | null)[] {
  const rules = repository.environments[environment]?.protectionRules ?? [];
  return rules.map((slug) => appBySlug(host.state, slug)?.id ?? null);
}

/** What an App said in the newest attempt: an earlier one says nothing of it. */
const saidBy = ({ reports, attempt }: WorkflowRun, environment: string, appId: number | null): GateReport[] =>
  reports.filter((row) => row.attempt === attempt && row.environment === environment && row.appId === appId);

/** What the Apps of the environment say of a job, taken together. */
export function gateVerdict(
  host: Host,
  repository: Repository,
  run: WorkflowRun,
  { environment }: Job,
): 'open' | 'waiting' | 'rejected' {
  if (environment === null) return 'open';
  const verdicts = gatesOf(host, repository, environment).map(
    (appId) => saidBy(run, environment, appId).find(({ verdict }) => verdict !== null)?.verdict,
  );
  if (verdicts.includes('rejected')) return 'rejected';
  return verdicts.every((verdict) => verdict === 'approved') ? 'open' : 'waiting';
}

/** The job waits, with its check and its deployment, and every App of the environment's rules is asked. */
export function openGate(host: Host, repository: Repository, run: WorkflowRun, job: Job): void {
  const deployment = beginJob(host, repository, run, job, 'waiting');
  if (deployment === null) return;
  for (const appId of gatesOf(host, repository, deployment.environment))
    if (appId !== null)
      host.announce(
        { kind: 'deployment_protection_rule', action: 'requested', repository, run, deployment, appId },
        run.triggeringActorId,
      );
}

/** How many reports, and how long, an App may send for one deployment. */
const limits = { reports: 10, characters: 1_024 };

export type GateAnswer = {
  readonly environment: string;
  readonly verdict: 'approved' | 'rejected' | null;
  readonly comment: string;
};

/**
 * Writes down what an App says of a job that waits for its rule. Only installations can; a second verdict is refused: what
 * GitHub does with it is not documented (†).
 */
export function noteAnswer(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  run: WorkflowRun,
  answer: GateAnswer,
): Outcome<true> {
  const need = { permission: 'deployments', level: 'write', role: 'admin' } as const;
  const allowed = permit(host, viewer, repository, need);
  if (!allowed.ok) return allowed;
  if (viewer.kind !== 'installation' || actorId(host, viewer) === null) return forbidden(notByIntegration);
  const { appId } = viewer;
  const { environment } = answer;
  if (!gatesOf(host, repository, environment).includes(appId)) return forbidden(notByIntegration);
  const waits = run.jobs.some((job) => job.state === 'waiting' && job.environment === environment);
  const earlier = saidBy(run, environment, appId);
  if (!waits || earlier.some(({ verdict }) => verdict !== null))
    return invalid([], 'The deployment is not waiting for this protection rule');
  if (answer.comment.length > limits.characters)
    return invalid([], `Comment is too long (maximum is ${limits.characters} characters)`);
  if (answer.verdict === null && earlier.length >= limits.reports)
    return invalid([], `Only ${limits.reports} status reports are allowed for a deployment`);
  run.reports.push({ ...answer, appId, attempt: run.attempt, at: stamp(host) });
  run.updatedAt = stamp(host);
  host.touched();
  return done(true);
}
