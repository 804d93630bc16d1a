import { raw } from 'hono/html';
import { rerun } from '../actions/rerun.ts';
import type { GateReport, WorkflowRun } from '../actions/workflow.ts';
import { cancelRun } from '../actions/workflow-runs.ts';
import type { Host } from '../state/host.ts';
import { appById, workflowRunOfSuite } from '../state/lookup.ts';
import { notFound, type Outcome } from '../state/outcome.ts';
import { needs, permit } from '../state/permissions.ts';
import type { CheckRun, Repository } from '../state/types.ts';
import { ActButton, When } from './layout.tsx';
import { renderMarkdown } from './markdown.ts';
import type { Visit } from './visit.ts';

/** What Apps said of the environment of a job, oldest first; of earlier attempts only the checks are kept. */
function saidOf(host: Host, check: CheckRun) {
  const run = workflowRunOfSuite(host.state, check.suiteId);
  const environment = run?.jobs.find(({ checkRunId }) => checkRunId === check.id)?.environment;
  if (!run || !environment) return null;
  const reports = run.reports.filter((row) => row.attempt === run.attempt && row.environment === environment);
  return { environment, reports };
}

/** The environment that a job deploys to, and what was said of it there. */
export function Gate({
  host,
  check,
  base,
}: {
  readonly host: Host;
  readonly check: CheckRun;
  readonly base: string;
}) {
  const said = saidOf(host, check);
  if (said === null) return null;
  return (
    <section class="box" aria-label="Environment">
      <header>
        <strong>{said.environment}</strong>
        <span class="soft small">
          {check.status === 'waiting' ? 'The job waits for the rules of this environment.' : null}
        </span>
      </header>
      <ul class="list">
        {said.reports.map((report) => (
          <li>
            <span class="grow">
              <strong>{appById(host.state, report.appId).name}</strong>{' '}
              <span class="badge soft">{wordOf(report)}</span>
              <div class="markdown">{raw(renderMarkdown(report.comment, base))}</div>
            </span>
            <When at={report.at} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const wordOf = ({ verdict }: GateReport): string => verdict ?? 'reported';

/** Jobs are not started again one by one: their run is, once it is over. */
export function JobButtons({
  visit,
  at,
  run,
}: {
  readonly visit: Visit;
  readonly at: string;
  readonly run: WorkflowRun;
}) {
  const [act, label] = run.status === 'completed' ? ['rerun', 'Re-run all jobs'] : ['cancel', 'Cancel run'];
  return (
    <div class="actions">
      <ActButton visit={visit} action={`${at}/${act}`}>
        {label}
      </ActButton>
    </div>
  );
}

/** A person starts the run of a job again, or cancels it. */
export function steerJob(
  { host, viewer, account }: Visit,
  repository: Repository,
  check: CheckRun,
  act: 'rerun' | 'cancel',
): Outcome<true> {
  const run = workflowRunOfSuite(host.state, check.suiteId);
  const allowed = permit(host, viewer, repository, needs.writeActions);
  if (!allowed.ok) return allowed;
  if (run === null || account === null) return notFound();
  return act === 'cancel' ? cancelRun(host, repository, run) : rerun(host, repository, run, account.id);
}
