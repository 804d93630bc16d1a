import type { Deployment } from '../actions/workflow.ts';
import type { Host } from '../state/host.ts';
import { repositoryById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import type { Repository } from '../state/types.ts';
import { renderAccountId } from './account.ts';
import { renderAppOrNull } from './app.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

export function renderDeployment(host: Host, deployment: Deployment) {
  const repository = repositoryById(host.state, deployment.repositoryId);
  const api = repositoryApi(host, repository);
  const url = `${api}/deployments/${deployment.id}`;
  return {
    id: deployment.id,
    node_id: nodeId('event', `deployment${deployment.id}`),
    url,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: renderAccountId(host, deployment.creatorId),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: api,
    transient_environment: false,
    production_environment: deployment.environment === 'production',
    performed_via_github_app: renderAppOrNull(host, deployment.viaAppId),
  };
}

/** In the short form that checks carry. */
export function renderSimpleDeployment(host: Host, deployment: Deployment) {
  const {
    sha: _sha,
    ref: _ref,
    payload: _payload,
    creator: _creator,
    ...shown
  } = renderDeployment(host, deployment);
  return shown;
}

export function renderDeploymentStatus(
  host: Host,
  deployment: Deployment,
  status: Deployment['statuses'][number],
) {
  const repository = repositoryById(host.state, deployment.repositoryId);
  const api = repositoryApi(host, repository);
  const url = `${api}/deployments/${deployment.id}`;
  const page = `${repositoryPage(host, repository)}/deployments`;
  return {
    id: status.id,
    node_id: nodeId('event', `deploymentStatus${status.id}`),
    url: `${url}/statuses/${status.id}`,
    state: status.state,
    creator: renderAccountId(host, status.creatorId),
    description: status.description,
    environment: deployment.environment,
    target_url: page,
    created_at: status.at,
    updated_at: status.at,
    deployment_url: url,
    repository_url: api,
    environment_url: page,
    log_url: page,
    performed_via_github_app: renderAppOrNull(host, deployment.viaAppId),
  };
}

export function renderEnvironment(host: Host, repository: Repository, name: string) {
  const environment = repository.environments[name];
  const id = environment?.id ?? 0;
  const path = encodeURIComponent(name);
  return {
    id,
    node_id: nodeId('event', `environment${id}`),
    name,
    url: `${repositoryApi(host, repository)}/environments/${path}`,
    html_url: `${repositoryPage(host, repository)}/deployments/activity_log?environments_filter=${path}`,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    protection_rules: (environment?.protectionRules ?? []).map((_, index) => ({
      id: id * 10 + index,
      node_id: nodeId('event', `gate${id * 10 + index}`),
      type: 'custom',
    })),
    deployment_branch_policy:
      environment?.branches === 'protected'
        ? { protected_branches: true, custom_branch_policies: false }
        : null,
    can_admins_bypass: environment?.adminsBypass ?? true,
  };
}
