import type { WorkflowRun } from '../actions/workflow.ts';
import type { Host } from '../state/host.ts';
import { repositoryById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import type { Repository } from '../state/types.ts';
import { renderAccountId } from './account.ts';
import { renderCommitSummary } from './check.ts';
import { renderRepository } from './repository.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

/** Workflows have no rows, so their number is made of the run's repository and the place of the file in the seed. */
const workflowId = (repository: Repository, file: string): number =>
  repository.id * 100 + Object.keys(repository.workflows ?? {}).indexOf(file);

export function renderWorkflow(host: Host, repository: Repository, file: string, name: string) {
  const id = workflowId(repository, file);
  const path = `.github/workflows/${file}`;
  const page = repositoryPage(host, repository);
  return {
    id,
    node_id: nodeId('event', `workflow${id}`),
    name,
    path,
    state: 'active',
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    url: `${repositoryApi(host, repository)}/actions/workflows/${id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

export function renderWorkflowRun(host: Host, run: WorkflowRun) {
  const repository = repositoryById(host.state, run.repositoryId);
  const api = repositoryApi(host, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const workflow = renderWorkflow(host, repository, run.file, run.name);
  const suite = host.state.suites.get(run.suiteId);
  return {
    id: run.id,
    node_id: nodeId('event', `run${run.id}`),
    name: run.name,
    check_suite_id: run.suiteId,
    check_suite_node_id: nodeId('check-suite', run.suiteId),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: workflow.path,
    display_title: run.name,
    run_number: run.number,
    run_attempt: run.attempt,
    event: 'workflow_dispatch',
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow.id,
    url,
    html_url: `${repositoryPage(host, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.startedAt,
    actor: renderAccountId(host, run.actorId),
    triggering_actor: renderAccountId(host, run.triggeringActorId),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.suiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt === 1 ? null : `${url}/attempts/${run.attempt - 1}`,
    workflow_url: workflow.url,
    head_commit: suite === undefined ? null : renderCommitSummary(suite.headCommit),
    repository: renderRepository(host, repository),
    head_repository: renderRepository(host, repository),
  };
}
