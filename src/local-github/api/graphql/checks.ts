import { suiteResult } from '../../render/check.ts';
import { renderWorkflowRun } from '../../render/workflow-run.ts';
import { appById, fullName, latestRuns, repositoryById, workflowRunOfSuite } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { needs, permit } from '../../state/permissions.ts';
import type { Annotation, CheckRun, CheckSuite, Repository } from '../../state/types.ts';
import { commitAt } from './commits.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { orRefuse } from './failure.ts';
import { fields, type Types } from './resolver.ts';
import {
  app,
  type RunSource,
  repository,
  run,
  type SuiteSource,
  suite,
  type WorkflowRunSource,
} from './sources.ts';
import { runUrl } from './web-urls.ts';

type RunFilter = {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  readonly checkType?: 'LATEST' | 'ALL' | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
  readonly conclusions?: readonly string[] | null;
};

type SuiteFilter = { readonly appId?: number | null; readonly checkName?: string | null };

const runsOfSuite = ({ host }: Context, row: CheckSuite): CheckRun[] =>
  [...host.state.runs.values()].filter((each) => each.suiteId === row.id);

/** GitHub shows the newest run of each name unless all are asked for. */
function filteredRuns(context: Context, row: CheckSuite, filter: RunFilter): CheckRun[] {
  const all = runsOfSuite(context, row);
  const runs = filter.checkType === 'ALL' ? all : latestRuns(all);
  const statuses = filter.statuses ?? (filter.status ? [filter.status] : null);
  return runs.filter(
    (each) =>
      (filter.appId == null || each.appId === filter.appId) &&
      (filter.checkName == null || each.name === filter.checkName) &&
      (statuses === null || statuses.includes(each.status.toUpperCase())) &&
      (filter.conclusions == null || filter.conclusions.includes(each.conclusion?.toUpperCase() ?? '')),
  );
}

/** The suites on a commit, oldest first. */
export function suitePage(
  context: Context,
  on: { readonly repository: Repository; readonly sha: string },
  args: PageArguments & { readonly filterBy?: SuiteFilter | null },
) {
  const { appId, checkName } = args.filterBy ?? {};
  const suites = [...context.host.state.suites.values()].filter(
    (each) =>
      each.repositoryId === on.repository.id &&
      each.headSha === on.sha &&
      (appId == null || each.appId === appId) &&
      (checkName == null || runsOfSuite(context, each).some((one) => one.name === checkName)),
  );
  return paginate('checkSuites', suites.map(suite), args, (each) => each.row.id);
}

const resultOf = (context: Context, row: CheckSuite) => suiteResult(latestRuns(runsOfSuite(context, row)));

/** The run of a workflow that a suite belongs to; it takes the permission to read Actions. */
function workflowRunOf({ host, viewer }: Context, row: CheckSuite): WorkflowRunSource | null {
  const found = workflowRunOfSuite(host.state, row.id);
  if (found === null) return null;
  orRefuse(permit(host, viewer, repositoryById(host.state, row.repositoryId), needs.readActions));
  return { kind: 'WorkflowRun', row: found };
}

const annotation = (row: Annotation) => ({
  annotationLevel: row.level.toUpperCase(),
  location: {
    start: { line: row.startLine, column: row.startColumn },
    end: { line: row.endLine, column: row.endColumn },
  },
  message: row.message,
  path: row.path,
  rawDetails: row.rawDetails,
  title: row.title,
});

function annotationPage(row: CheckRun, args: PageArguments) {
  const numbered = row.annotations.map((each, index) => ({ ...annotation(each), index }));
  return paginate('annotations', numbered, args, (each) => each.index);
}

export const checkTypes: Types = {
  CheckSuite: fields<SuiteSource>({
    id: ({ row }) => nodeId('check-suite', row.id),
    databaseId: ({ row }) => row.id,
    app: ({ row }, _: unknown, { host }) => app(appById(host.state, row.appId)),
    repository: ({ row }, _: unknown, { host }) => repository(repositoryById(host.state, row.repositoryId)),
    commit: ({ row }, _: unknown, context) =>
      commitAt(context, repositoryById(context.host.state, row.repositoryId), row.headSha),
    status: ({ row }, _: unknown, context) => resultOf(context, row).status.toUpperCase(),
    conclusion: ({ row }, _: unknown, context) => resultOf(context, row).conclusion?.toUpperCase() ?? null,
    createdAt: ({ row }) => row.createdAt,
    updatedAt: ({ row }) => row.updatedAt,
    workflowRun: ({ row }, _: unknown, context) => workflowRunOf(context, row),
    checkRuns: ({ row }, args: PageArguments & { filterBy?: RunFilter | null }, context) =>
      paginate(
        'checkRuns',
        filteredRuns(context, row, args.filterBy ?? {}).map(run),
        args,
        (each) => each.row.id,
      ),
  }),
  WorkflowRun: fields<WorkflowRunSource>({
    id: ({ row }, _: unknown, { host }) => renderWorkflowRun(host, row).node_id,
    databaseId: ({ row }) => row.id,
    event: () => 'workflow_dispatch',
    file: (source) => source,
    url: ({ row }, _: unknown, { host }) => renderWorkflowRun(host, row).html_url,
  }),
  WorkflowRunFile: fields<WorkflowRunSource>({
    id: ({ row }) => nodeId('event', `file${row.id}`),
    path: ({ row }) => `.github/workflows/${row.file}`,
    repositoryName: ({ row }, _: unknown, { host }) =>
      fullName(host.state, repositoryById(host.state, row.repositoryId)),
  }),
  CheckRun: fields<RunSource>({
    id: ({ row }) => nodeId('check-run', row.id),
    databaseId: ({ row }) => row.id,
    name: ({ row }) => row.name,
    status: ({ row }) => row.status.toUpperCase(),
    conclusion: ({ row }) => row.conclusion?.toUpperCase() ?? null,
    title: ({ row }) => row.title,
    summary: ({ row }) => row.summary,
    text: ({ row }) => row.text,
    externalId: ({ row }) => row.externalId ?? '',
    detailsUrl: ({ row }, _: unknown, { host }) => row.detailsUrl ?? runUrl(host, row),
    startedAt: ({ row }) => row.startedAt,
    completedAt: ({ row }) => row.completedAt,
    url: ({ row }, _: unknown, { host }) => runUrl(host, row),
    permalink: ({ row }, _: unknown, { host }) => runUrl(host, row),
    repository: ({ row }, _: unknown, { host }) => repository(repositoryById(host.state, row.repositoryId)),
    checkSuite: ({ row }, _: unknown, { host }) => {
      const found = host.state.suites.get(row.suiteId);
      return found === undefined ? null : suite(found);
    },
    annotations: ({ row }, args: PageArguments) => annotationPage(row, args),
  }),
};
