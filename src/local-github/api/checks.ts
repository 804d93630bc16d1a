import { z } from 'zod';
import { resolveCommit } from '../git/resolve.ts';
import { renderAnnotation, renderRun, renderSuite } from '../render/check.ts';
import { renderRepository } from '../render/repository.ts';
import { type CheckPatch, createCheckRun, rerequestRun, updateCheckRun } from '../state/checks.ts';
import { latestRuns, runsOn } from '../state/lookup.ts';
import { needs } from '../state/permissions.ts';
import type { CheckRun } from '../state/types.ts';
import {
  type Answer,
  answer,
  created,
  given,
  type Handler,
  missing,
  numberParam,
  ok,
  param,
  readBody,
  refuse,
} from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const annotation = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});

const patchBody = z.object({
  name: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z
    .enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'stale', 'timed_out'])
    .optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().optional(),
      text: z.string().optional(),
      annotations: z.array(annotation).optional(),
    })
    .optional(),
  actions: z
    .array(z.object({ label: z.string(), description: z.string(), identifier: z.string() }))
    .optional(),
});
const createBody = patchBody.extend({ name: z.string(), head_sha: z.string() });

function patchOf(body: z.output<typeof patchBody>): CheckPatch {
  const { external_id, details_url, started_at, completed_at, output, ...rest } = body;
  const annotations = output?.annotations?.map((row) => ({
    path: row.path,
    startLine: row.start_line,
    endLine: row.end_line,
    startColumn: row.start_column ?? null,
    endColumn: row.end_column ?? null,
    level: row.annotation_level,
    message: row.message,
    title: row.title ?? null,
    rawDetails: row.raw_details ?? null,
  }));
  const texts = output === undefined ? undefined : given({ ...output, annotations });
  return given({
    ...rest,
    externalId: external_id,
    detailsUrl: details_url,
    startedAt: started_at,
    completedAt: completed_at,
    output: texts,
  });
}

const create = inRepository(needs.writeChecks, async (call) => {
  const body = readBody(call, createBody);
  if (!body.ok) return refuse(body.fault);
  const { head_sha: headSha, name, ...rest } = body.value;
  const outcome = await createCheckRun(call.host, call.viewer, call.repository, {
    ...patchOf(rest),
    headSha,
    name,
  });
  return answer(outcome, (run) => created(renderRun(call.host, run)));
});

type RunCall = RepositoryCall & { readonly run: CheckRun };

const onRun = (
  need: (typeof needs)['readChecks' | 'writeChecks'],
  handle: (call: RunCall) => Answer,
): Handler =>
  inRepository(need, (call) => {
    const run = call.host.state.runs.get(numberParam(call, 'id'));
    return run?.repositoryId === call.repository.id ? handle({ ...call, run }) : missing;
  });

const update = onRun(needs.writeChecks, (call) => {
  const body = readBody(call, patchBody);
  if (!body.ok) return refuse(body.fault);
  const outcome = updateCheckRun(call.host, call.viewer, call.repository, call.run, patchOf(body.value));
  return answer(outcome, (run) => ok(renderRun(call.host, run)));
});

/** Filters runs by name, App and status; `latest` keeps the newest of each name and App. */
function filterRuns(call: RepositoryCall, runs: readonly CheckRun[]): CheckRun[] {
  const { query } = call;
  const name = query.get('check_name');
  const app = query.get('app_id');
  const status = query.get('status');
  const chosen = query.get('filter') === 'all' ? [...runs] : latestRuns(runs);
  return chosen
    .filter(
      (run) =>
        (name === null || run.name === name) &&
        (app === null || run.appId === Number(app)) &&
        (status === null || run.status === status),
    )
    .reverse();
}

const listRuns = (call: RepositoryCall, rows: readonly CheckRun[]): Answer =>
  listed(
    call,
    rows,
    (run) => renderRun(call.host, run),
    (check_runs) => ({ total_count: rows.length, check_runs }),
  );

const listOnRef = inRepository(needs.readChecks, async (call) => {
  const commit = await resolveCommit(call.host.git(call.repository), param(call, 'ref'));
  if (commit === null)
    return refuse({ kind: 'invalid', message: `No commit found for SHA: ${param(call, 'ref')}`, errors: [] });
  return listRuns(call, filterRuns(call, runsOn(call.host.state, call.repository, commit.sha)));
});

const listSuites = inRepository(needs.readChecks, async (call) => {
  const commit = await resolveCommit(call.host.git(call.repository), param(call, 'ref'));
  if (commit === null)
    return refuse({ kind: 'invalid', message: `No commit found for SHA: ${param(call, 'ref')}`, errors: [] });
  const app = call.query.get('app_id');
  const rows = [...call.host.state.suites.values()].filter(
    (suite) =>
      suite.repositoryId === call.repository.id &&
      suite.headSha === commit.sha &&
      (app === null || suite.appId === Number(app)),
  );
  const repository = renderRepository(call.host, call.repository);
  return listed(
    call,
    rows,
    (suite) => ({ ...renderSuite(call.host, suite), repository }),
    (check_suites) => ({ total_count: rows.length, check_suites }),
  );
});

const listOfSuite = inRepository(needs.readChecks, (call) => {
  const suite = call.host.state.suites.get(numberParam(call, 'id'));
  if (suite?.repositoryId !== call.repository.id) return missing;
  const runs = runsOn(call.host.state, call.repository, suite.headSha).filter(
    (run) => run.suiteId === suite.id,
  );
  return listRuns(call, filterRuns(call, runs));
});

const rerequest = inRepository(needs.rerequest, (call) => {
  const run = call.host.state.runs.get(numberParam(call, 'id'));
  if (run?.repositoryId !== call.repository.id) return missing;
  return answer(rerequestRun(call.host, call.viewer, call.repository, run), () => created({}));
});

const repo = '/repos/{owner}/{repo}';

export const checkRoutes = [
  route(`POST ${repo}/check-runs`, create),
  route(
    `GET ${repo}/check-runs/{id}`,
    onRun(needs.readChecks, (call) => ok(renderRun(call.host, call.run))),
  ),
  route(`PATCH ${repo}/check-runs/{id}`, update),
  route(
    `GET ${repo}/check-runs/{id}/annotations`,
    onRun(needs.readChecks, (call) =>
      listed(call, call.run.annotations, (row) => renderAnnotation(call.host, call.run, row)),
    ),
  ),
  route(`POST ${repo}/check-runs/{id}/rerequest`, rerequest),
  route(`GET ${repo}/commits/{ref+}/check-runs`, listOnRef),
  route(`GET ${repo}/commits/{ref+}/check-suites`, listSuites),
  route(`GET ${repo}/check-suites/{id}/check-runs`, listOfSuite),
];
