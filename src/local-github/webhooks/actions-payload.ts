import { renderDeployment, renderDeploymentStatus } from '../render/deployment.ts';
import { repositoryApi } from '../render/urls.ts';
import { renderWorkflow, renderWorkflowRun } from '../render/workflow-run.ts';
import type { Change } from '../state/changes.ts';
import type { Host } from '../state/host.ts';

type ActionsChange = Extract<
  Change,
  {
    kind:
      | 'workflow_dispatch'
      | 'workflow_run'
      | 'deployment'
      | 'deployment_status'
      | 'deployment_protection_rule';
  }
>;

/** What workflows and deployments tell, without what surrounds every payload. */
export function renderActions(host: Host, change: ActionsChange): Readonly<Record<string, unknown>> {
  const { repository } = change;
  switch (change.kind) {
    case 'workflow_dispatch':
      return { inputs: change.inputs, ref: change.ref, workflow: `.github/workflows/${change.file}` };
    case 'workflow_run': {
      const { run, action } = change;
      const workflow = renderWorkflow(host, repository, run.file, run.name);
      return { action, workflow, workflow_run: renderWorkflowRun(host, run) };
    }
    case 'deployment':
      return {
        action: change.action,
        deployment: renderDeployment(host, change.deployment),
        ...runOf(host, change.deployment.workflowRunId),
      };
    case 'deployment_status': {
      const { deployment, statusId } = change;
      const status = deployment.statuses.find(({ id }) => id === statusId);
      if (status === undefined) throw new Error(`deployment status ${statusId} is told of but missing`);
      return {
        action: change.action,
        deployment: renderDeployment(host, deployment),
        deployment_status: renderDeploymentStatus(host, deployment, status),
        ...runOf(host, deployment.workflowRunId),
      };
    }
    case 'deployment_protection_rule':
      return {
        action: change.action,
        environment: change.deployment.environment,
        event: 'workflow_dispatch',
        deployment_callback_url: `${repositoryApi(host, repository)}/actions/runs/${change.run.id}/deployment_protection_rule`,
        deployment: renderDeployment(host, change.deployment),
        pull_requests: [],
      };
  }
}

function runOf(host: Host, runId: number | null) {
  const run = runId === null ? undefined : host.state.workflowRuns.get(runId);
  if (run === undefined) return { workflow: null, workflow_run: null };
  const { workflow_url: _url, head_commit: _commit, ...shown } = renderWorkflowRun(host, run);
  const repository = host.state.repositories.get(run.repositoryId);
  const workflow = repository === undefined ? null : renderWorkflow(host, repository, run.file, run.name);
  // Within webhooks of deployments the description knows no earlier attempt.
  return { workflow, workflow_run: { ...shown, previous_attempt_url: null } };
}
