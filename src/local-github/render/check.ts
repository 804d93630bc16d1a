import type { Host } from '../state/host.ts';
import { pullsByRepository } from '../state/indexes.ts';
import { appById, latestRuns, repositoryById, runsOn } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import type { Annotation, CheckRun, CheckSuite, CommitSummary, Repository } from '../state/types.ts';
import { renderApp } from './app.ts';
import { renderSimpleDeployment } from './deployment.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

/** Open pull requests whose head is this commit, in the short form checks carry. */
function pullsAt(host: Host, repository: Repository, sha: string) {
  const api = repositoryApi(host, repository);
  const repo = { id: repository.id, url: api, name: repository.name };
  return pullsByRepository(host.state, repository.id).flatMap(({ pull, number, state }) =>
    state !== 'open' || pull.headSha !== sha
      ? []
      : [
          {
            id: pull.id,
            number,
            url: `${api}/pulls/${number}`,
            head: { ref: pull.headRef, sha: pull.headSha, repo },
            base: { ref: pull.baseRef, sha: pull.baseSha, repo },
          },
        ],
  );
}

export function renderRun(host: Host, run: CheckRun) {
  const repository = repositoryById(host.state, run.repositoryId);
  const api = repositoryApi(host, repository);
  const app = appById(host.state, run.appId);
  const page = `${repositoryPage(host, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('check-run', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId ?? '',
    url: `${api}/check-runs/${run.id}`,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/check-runs/${run.id}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: renderApp(host, app),
    pull_requests: pullsAt(host, repository, run.headSha),
    ...deploymentOf(host, run),
  };
}

/** Only a job in an environment carries one. */
function deploymentOf(host: Host, { deploymentId }: CheckRun) {
  const row = deploymentId === undefined ? undefined : host.state.deployments.get(deploymentId);
  return row === undefined ? {} : { deployment: renderSimpleDeployment(host, row) };
}

export const renderAnnotation = (host: Host, run: CheckRun, annotation: Annotation) => ({
  path: annotation.path,
  start_line: annotation.startLine,
  end_line: annotation.endLine,
  start_column: annotation.startColumn,
  end_column: annotation.endColumn,
  annotation_level: annotation.level,
  title: annotation.title,
  message: annotation.message,
  raw_details: annotation.rawDetails,
  blob_href: `${repositoryApi(host, repositoryById(host.state, run.repositoryId))}/git/blobs/${run.headSha}`,
});

/** A suite's status and conclusion are what its newest runs add up to. */
export function suiteResult(runs: readonly CheckRun[]): { status: string; conclusion: string | null } {
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  const open = runs.filter((run) => run.status !== 'completed');
  if (open.length > 0) {
    const status = open.every((run) => run.status === 'waiting') ? 'waiting' : 'in_progress';
    return { status, conclusion: null };
  }
  const order = [
    'failure',
    'timed_out',
    'cancelled',
    'action_required',
    'stale',
    'success',
    'neutral',
    'skipped',
  ];
  const conclusion = order.find((name) => runs.some((run) => run.conclusion === name)) ?? null;
  return { status: 'completed', conclusion };
}

/** A commit in the short form of checks and workflow runs. */
export const renderCommitSummary = ({
  sha,
  treeSha,
  message,
  timestamp,
  author,
  committer,
}: CommitSummary) => ({
  id: sha,
  tree_id: treeSha,
  message,
  timestamp,
  author,
  committer,
});

export function renderSuite(host: Host, suite: CheckSuite) {
  const repository = repositoryById(host.state, suite.repositoryId);
  const api = repositoryApi(host, repository);
  const runs = latestRuns(
    runsOn(host.state, repository, suite.headSha).filter((run) => run.suiteId === suite.id),
  );
  return {
    id: suite.id,
    node_id: nodeId('check-suite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    head_commit: renderCommitSummary(suite.headCommit),
    ...suiteResult(runs),
    url: `${api}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsAt(host, repository, suite.headSha),
    app: renderApp(host, appById(host.state, suite.appId)),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    latest_check_runs_count: runs.length,
    check_runs_url: `${api}/check-suites/${suite.id}/check-runs`,
  };
}
