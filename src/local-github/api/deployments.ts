import { z } from 'zod';
import { addDeploymentStatus, createDeployment } from '../actions/deployments.ts';
import type { Deployment } from '../actions/workflow.ts';
import { resolveCommit } from '../git/resolve.ts';
import { renderDeployment, renderDeploymentStatus, renderEnvironment } from '../render/deployment.ts';
import { apiUrl } from '../render/urls.ts';
import { appBySlug } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { actorId, type Need, notByIntegration, viaApp } from '../state/permissions.ts';
import { type Answer, created, missing, numberParam, ok, param, readBody, refuse } from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const reads: Need = { permission: 'deployments', level: 'read', role: 'read' };
const writes: Need = { permission: 'deployments', level: 'write', role: 'write' };
const readsActions: Need = { permission: 'actions', level: 'read', role: 'read' };

const listEnvironments = inRepository(readsActions, (call) => {
  const names = Object.keys(call.repository.environments);
  return listed(
    call,
    names,
    (name) => renderEnvironment(call.host, call.repository, name),
    (environments) => ({ total_count: names.length, environments }),
  );
});

const inEnvironment = (handle: (call: RepositoryCall, name: string) => Answer) =>
  inRepository(readsActions, (call) => {
    const name = param(call, 'environment');
    return call.repository.environments[name] === undefined ? missing : handle(call, name);
  });

const listGates = inEnvironment((call, name) => {
  const { host, repository } = call;
  const { protection_rules } = renderEnvironment(host, repository, name);
  const rules = (repository.environments[name]?.protectionRules ?? []).flatMap((slug, index) => {
    const app = appBySlug(host.state, slug);
    const rule = protection_rules[index];
    const shown = app && {
      id: app.id,
      slug,
      integration_url: `${apiUrl(host)}/apps/${slug}`,
      node_id: nodeId('app', app.id),
    };
    return shown && rule ? [{ id: rule.id, node_id: rule.node_id, enabled: true, app: shown }] : [];
  });
  return ok({ total_count: rules.length, custom_deployment_protection_rules: rules });
});

const createBody = z.object({
  ref: z.string(),
  task: z.string().default('deploy'),
  environment: z.string().default('production'),
  description: z.string().nullish(),
  payload: z.union([z.looseObject({}), z.string()]).default({}),
});

const create = inRepository(writes, async (call) => {
  const body = readBody(call, createBody);
  if (!body.ok) return refuse(body.fault);
  const { host, viewer, repository } = call;
  const creatorId = actorId(host, viewer);
  if (creatorId === null) return refuse({ kind: 'forbidden', message: notByIntegration });
  const { ref, description, ...rest } = body.value;
  const commit = await resolveCommit(host.git(repository), ref);
  if (commit === null) return refuse({ kind: 'invalid', message: `No ref found for: ${ref}`, errors: [] });
  const place = { creatorId, viaAppId: viaApp(viewer), workflowRunId: null, sha: commit.sha };
  const row = createDeployment(host, repository, {
    ...rest,
    ref,
    description: description ?? null,
    ...place,
  });
  return created(renderDeployment(host, row));
});

const list = inRepository(reads, (call) => {
  const wanted = (name: string, value: string) => [null, value].includes(call.query.get(name));
  const rows = [...call.host.state.deployments.values()]
    .filter((row) => row.repositoryId === call.repository.id)
    .filter(
      (row) => wanted('environment', row.environment) && wanted('sha', row.sha) && wanted('ref', row.ref),
    )
    .reverse();
  return listed(call, rows, (row) => renderDeployment(call.host, row));
});

const onDeployment = (need: Need, handle: (call: RepositoryCall, row: Deployment) => Answer) =>
  inRepository(need, (call) => {
    const row = call.host.state.deployments.get(numberParam(call, 'id'));
    return row?.repositoryId === call.repository.id ? handle(call, row) : missing;
  });

const statusBody = z.object({
  state: z.enum(['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']),
  description: z.string().max(140).default(''),
});

const addStatus = onDeployment(writes, (call, row) => {
  const body = readBody(call, statusBody);
  if (!body.ok) return refuse(body.fault);
  const creatorId = actorId(call.host, call.viewer);
  if (creatorId === null) return refuse({ kind: 'forbidden', message: notByIntegration });
  const status = addDeploymentStatus(call.host, call.repository, row, { ...body.value, creatorId });
  return created(renderDeploymentStatus(call.host, row, status));
});

const listStatuses = onDeployment(reads, (call, row) =>
  listed(call, [...row.statuses].reverse(), (status) => {
    const shown = renderDeploymentStatus(call.host, row, status);
    // Webhooks know that a deployment waits, this endpoint does not.
    return { ...shown, state: shown.state === 'waiting' ? 'pending' : shown.state };
  }),
);

const repo = '/repos/{owner}/{repo}';

export const deploymentRoutes = [
  route(`GET ${repo}/environments`, listEnvironments),
  route(
    `GET ${repo}/environments/{environment}`,
    inEnvironment((call, name) => ok(renderEnvironment(call.host, call.repository, name))),
  ),
  route(`GET ${repo}/environments/{environment}/deployment_protection_rules`, listGates),
  route(`GET ${repo}/deployments`, list),
  route(`POST ${repo}/deployments`, create),
  route(
    `GET ${repo}/deployments/{id}`,
    onDeployment(reads, (call, row) => ok(renderDeployment(call.host, row))),
  ),
  route(`GET ${repo}/deployments/{id}/statuses`, listStatuses),
  route(`POST ${repo}/deployments/{id}/statuses`, addStatus),
];
