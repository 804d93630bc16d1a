import type { Host } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { nextId } from '../state/state.ts';
import type { Repository } from '../state/types.ts';
import type { Deployment, DeploymentState } from './workflow.ts';

export type NewDeployment = Pick<
  Deployment,
  | 'environment'
  | 'ref'
  | 'sha'
  | 'task'
  | 'description'
  | 'payload'
  | 'creatorId'
  | 'viaAppId'
  | 'workflowRunId'
>;

export function createDeployment(host: Host, repository: Repository, input: NewDeployment): Deployment {
  const now = stamp(host);
  const id = nextId(host.state, 'deployment');
  const row = { id, repositoryId: repository.id, ...input, statuses: [], createdAt: now, updatedAt: now };
  host.state.deployments.set(id, row);
  host.announce({ kind: 'deployment', action: 'created', repository, deployment: row }, input.creatorId);
  return row;
}

export function addDeploymentStatus(
  host: Host,
  repository: Repository,
  deployment: Deployment,
  status: { readonly state: DeploymentState; readonly description: string; readonly creatorId: number },
): Deployment['statuses'][number] {
  const row = { id: nextId(host.state, 'deployment'), ...status, at: stamp(host) };
  deployment.statuses.push(row);
  deployment.updatedAt = row.at;
  const { id } = row;
  host.announce(
    { kind: 'deployment_status', action: 'created', repository, deployment, statusId: id },
    status.creatorId,
  );
  return row;
}
