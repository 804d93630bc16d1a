import { z } from 'zod';
import { rerun } from '../actions/rerun.ts';
import type { WorkflowRun } from '../actions/workflow.ts';
import { answerGate, cancelRun, startRun } from '../actions/workflow-runs.ts';
import { renderAccountId } from '../render/account.ts';
import { renderEnvironment } from '../render/deployment.ts';
import { renderWorkflow, renderWorkflowRun } from '../render/workflow-run.ts';
import { accountById, appById } from '../state/lookup.ts';
import { actorId, type Need, needs, notByIntegration } from '../state/permissions.ts';
import {
  type Answer,
  answer,
  created,
  missing,
  noContent,
  numberParam,
  ok,
  readBody,
  refuse,
} from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const reads: Need = needs.readActions;
const writes: Need = needs.writeActions;

const dispatchBody = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  return_run_details: z.boolean().default(false),
});

/** The workflow of the path, by the name of its file or its number. */
function workflowOf({ host, repository, params }: RepositoryCall) {
  const wanted = params['workflow_id'];
  return Object.entries(repository.workflows ?? {}).find(
    ([file, { name }]) =>
      file === wanted || String(renderWorkflow(host, repository, file, name ?? file).id) === wanted,
  );
}

const mostInputs = 25;

/** The branch or tag of a name; a commit is none. Which of the two wins where both have it is not documented (†). */
async function namedBy({ host, repository }: RepositoryCall, name: string) {
  const refs = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  for (const ref of refs.filter((one) => /^refs\/(heads|tags)\//.test(one))) {
    const commit = await host.git(repository).readCommit(ref);
    if (commit !== null) return { ref, commit };
  }
  return undefined;
}

const dispatch = inRepository(writes, async (call) => {
  const body = readBody(call, dispatchBody);
  if (!body.ok) return refuse(body.fault);
  const { host, repository } = call;
  const found = workflowOf(call);
  if (found === undefined) return missing;
  const actor = actorId(host, call.viewer);
  if (actor === null) return refuse({ kind: 'forbidden', message: notByIntegration });
  const { inputs } = body.value;
  const invalid = (message: string) => refuse({ kind: 'invalid', message, errors: [] });
  if (Object.keys(inputs).length > mostInputs) return invalid('Invalid input: too many inputs');
  const named = await namedBy(call, body.value.ref);
  if (named === undefined) return invalid(`No ref found for: ${body.value.ref}`);
  const { ref, commit } = named;
  const branch = ref.replace(/^refs\/(heads|tags)\//, '');
  const [file, workflow] = found;
  host.announce({ kind: 'workflow_dispatch', repository, file, ref, inputs }, actor);
  const run = startRun(host, repository, { file, workflow, branch, commit, actor });
  if (!body.value.return_run_details) return noContent;
  const { id, url, html_url } = renderWorkflowRun(host, run);
  return ok({ workflow_run_id: id, run_url: url, html_url });
});

const list = inRepository(reads, (call) => {
  const wanted = (name: string, ...values: (string | null)[]) => {
    const asked = call.query.get(name);
    return asked === null || values.includes(asked);
  };
  const rows = [...call.host.state.workflowRuns.values()]
    .filter((run) => run.repositoryId === call.repository.id)
    .filter((run) => wanted('status', run.status, run.conclusion) && wanted('head_sha', run.headSha))
    .filter((run) => wanted('branch', run.headBranch) && wanted('event', 'workflow_dispatch'))
    .filter((run) => wanted('actor', accountById(call.host.state, run.actorId).login))
    .reverse();
  return listed(
    call,
    rows,
    (run) => renderWorkflowRun(call.host, run),
    (workflow_runs) => ({ total_count: rows.length, workflow_runs }),
  );
});

const onRun = (need: Need, handle: (call: RepositoryCall, run: WorkflowRun) => Answer | Promise<Answer>) =>
  inRepository(need, (call) => {
    const run = call.host.state.workflowRuns.get(numberParam(call, 'id'));
    return run?.repositoryId === call.repository.id ? handle(call, run) : missing;
  });

/** A run as one of its attempts was, the newest too. */
const showAttempt = onRun(reads, (call, run) => {
  const number = numberParam(call, 'attempt');
  const shown = [...run.past, run].find(({ attempt }) => attempt === number);
  return shown === undefined ? missing : ok(renderWorkflowRun(call.host, { ...run, ...shown }));
});

/** All jobs again, as the next attempt of the same run. */
const rerunAll = onRun(writes, (call, run) => {
  const body = readBody(call, z.object({ enable_debug_logging: z.boolean().optional() }));
  if (!body.ok) return refuse(body.fault);
  const actor = actorId(call.host, call.viewer);
  if (actor === null) return refuse({ kind: 'forbidden', message: notByIntegration });
  return answer(rerun(call.host, call.repository, run, actor), () => created({}));
});

const cancel = onRun(writes, (call, run) =>
  answer(cancelRun(call.host, call.repository, run), () => ({ status: 202, body: {} })),
);

const gateBody = z.object({
  environment_name: z.string(),
  state: z.enum(['approved', 'rejected']).optional(),
  comment: z.string().optional(),
});

const answerRule = onRun(needs.metadata, (call, run) => {
  const body = readBody(call, gateBody);
  if (!body.ok) return refuse(body.fault);
  const { environment_name: environment, state, comment } = body.value;
  if (state === undefined && comment === undefined)
    return refuse({ kind: 'invalid', message: 'Invalid request.\n\n"state" wasn\'t supplied.', errors: [] });
  const given = { environment, verdict: state ?? null, comment: comment ?? '' };
  return answer(answerGate(call.host, call.viewer, call.repository, run, given), () => noContent);
});

/** Verdicts so far. Whether GitHub lists those of Apps here is not documented (†); they are, as by the App's bot. */
const listApprovals = onRun(reads, (call, run) => {
  const { host, repository } = call;
  const rows = run.reports.flatMap(({ verdict, comment, environment, appId }) => {
    if (verdict === null) return [];
    const {
      protection_rules: _rules,
      deployment_branch_policy: _policy,
      ...shown
    } = renderEnvironment(host, repository, environment);
    const user = renderAccountId(host, appById(host.state, appId).botId);
    return [{ state: verdict, comment, user, environments: [shown] }];
  });
  return ok(rows);
});

const repo = '/repos/{owner}/{repo}/actions';

export const workflowRoutes = [
  route(`POST ${repo}/workflows/{workflow_id}/dispatches`, dispatch),
  route(`GET ${repo}/runs`, list),
  route(
    `GET ${repo}/runs/{id}`,
    onRun(reads, (call, run) => ok(renderWorkflowRun(call.host, run))),
  ),
  route(`GET ${repo}/runs/{id}/attempts/{attempt}`, showAttempt),
  route(`POST ${repo}/runs/{id}/cancel`, cancel),
  route(`POST ${repo}/runs/{id}/rerun`, rerunAll),
  route(`GET ${repo}/runs/{id}/approvals`, listApprovals),
  // Only GitHub's own reviewers are listed here, which this host does not have; custom rules never are.
  route(
    `GET ${repo}/runs/{id}/pending_deployments`,
    onRun(reads, () => ok([])),
  ),
  route(`POST ${repo}/runs/{id}/deployment_protection_rule`, answerRule),
];
