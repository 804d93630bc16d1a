import { repositoryPage } from '../../render/urls.ts';
import { filterIssues } from '../../state/issues.ts';
import { accountByLogin, fullName, issueByNumber, pullByNumber } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { needs, permit, roleOf } from '../../state/permissions.ts';
import type { Issue, Repository } from '../../state/types.ts';
import { collaborators } from './collaborators.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { failure, orRefuse } from './failure.ts';
import { objectAt } from './objects.ts';
import { fields, type Types } from './resolver.ts';
import { account, issueOrPull, type RefSource, type RepositorySource, repository } from './sources.ts';

type Order = { readonly field: 'CREATED_AT' | 'UPDATED_AT'; readonly direction: 'ASC' | 'DESC' };

type IssuesArguments = PageArguments & {
  readonly states?: readonly ('OPEN' | 'CLOSED')[] | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: Order | null;
  readonly filterBy?: {
    readonly createdBy?: string | null;
    readonly labels?: readonly string[] | null;
    readonly since?: string | null;
    readonly states?: readonly ('OPEN' | 'CLOSED')[] | null;
  } | null;
};

type PullsArguments = PageArguments & {
  readonly states?: readonly ('OPEN' | 'CLOSED' | 'MERGED')[] | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
  readonly orderBy?: Order | null;
};

/** Oldest first unless asked otherwise; ids decide within a second. */
function inOrder(rows: readonly Issue[], order: Order | null | undefined): Issue[] {
  const key = order?.field === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
  const sign = order?.direction === 'DESC' ? -1 : 1;
  return rows.toSorted((a, b) => sign * (a[key].localeCompare(b[key]) || a.id - b.id));
}

/** An App's bot can be named by its login, or as `app/<slug>`. */
const creatorId = ({ host }: Context, login: string): number =>
  accountByLogin(host.state, login.replace(/^app\/(.+)$/, '$1[bot]'))?.id ?? -1;

function issues(row: Repository, args: IssuesArguments, context: Context) {
  orRefuse(permit(context.host, context.viewer, row, needs.readIssues));
  const { createdBy, since } = args.filterBy ?? {};
  const states = args.states ?? args.filterBy?.states ?? ['OPEN', 'CLOSED'];
  const found = filterIssues(context.host, row, {
    state: 'all',
    pulls: 'without',
    labels: args.labels ?? args.filterBy?.labels ?? [],
    ...(createdBy ? { creatorId: creatorId(context, createdBy) } : {}),
    ...(since ? { since: new Date(since).toISOString() } : {}),
  }).filter((each) => states.includes(each.state === 'open' ? 'OPEN' : 'CLOSED'));
  return paginate('issues', inOrder(found, args.orderBy).map(issueOrPull), args, (each) => each.row.id);
}

export const pullState = (row: Issue): 'OPEN' | 'CLOSED' | 'MERGED' =>
  row.pull?.mergedAt ? 'MERGED' : row.state === 'open' ? 'OPEN' : 'CLOSED';

function pullRequests(row: Repository, args: PullsArguments, context: Context) {
  orRefuse(permit(context.host, context.viewer, row, needs.readPulls));
  const found = filterIssues(context.host, row, { state: 'all', pulls: 'only' }).filter(
    (each) =>
      (!args.states || args.states.includes(pullState(each))) &&
      (!args.baseRefName || each.pull?.baseRef === args.baseRefName) &&
      (!args.headRefName || each.pull?.headRef === args.headRefName),
  );
  return paginate('pullRequests', inOrder(found, args.orderBy).map(issueOrPull), args, (each) => each.row.id);
}

function issue(row: Repository, number: number, { host, viewer }: Context) {
  orRefuse(permit(host, viewer, row, needs.readIssues));
  const found = issueByNumber(host.state, row, number);
  if (found === null || found.pull) {
    throw failure('NOT_FOUND', `Could not resolve to an Issue with the number of ${number}.`);
  }
  return issueOrPull(found);
}

function pullRequest(row: Repository, number: number, { host, viewer }: Context) {
  orRefuse(permit(host, viewer, row, needs.readPulls));
  const found = pullByNumber(host.state, row, number);
  if (found === null) {
    throw failure('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
  }
  return issueOrPull(found);
}

/** A ref by its full name, or a branch or tag by its short one; null when there is none. */
export async function refNamed(context: Context, row: Repository, name: string): Promise<RefSource | null> {
  orRefuse(permit(context.host, context.viewer, row, needs.readContents));
  const candidates = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  for (const candidate of candidates) {
    const oid = await context.host.git(row).readRef(candidate);
    if (oid !== null) return { kind: 'Ref', repository: row, name: candidate, oid };
  }
  return null;
}

function viewerPermission(row: Repository, { host, viewer }: Context): string | null {
  return viewer.kind === 'user' ? (roleOf(host.state, viewer.userId, row)?.toUpperCase() ?? null) : null;
}

const refParts = /^(refs\/(?:heads|tags)\/|refs\/)(.+)$/s;

export const repositoryTypes: Types = {
  Repository: fields<RepositorySource>({
    id: ({ row }) => nodeId('repository', row.id),
    databaseId: ({ row }) => row.id,
    name: ({ row }) => row.name,
    nameWithOwner: ({ row }, _: unknown, { host }) => fullName(host.state, row),
    isPrivate: ({ row }) => row.isPrivate,
    owner: ({ row }, _: unknown, { host }) => account(host.state, row.ownerId),
    url: ({ row }, _: unknown, { host }) => repositoryPage(host, row),
    viewerPermission: ({ row }, _: unknown, context) => viewerPermission(row, context),
    defaultBranchRef: ({ row }, _: unknown, context) =>
      refNamed(context, row, `refs/heads/${row.defaultBranch}`),
    ref: ({ row }, args: { qualifiedName: string }, context) => refNamed(context, row, args.qualifiedName),
    object: ({ row }, args: { oid?: string | null; expression?: string | null }, context) =>
      objectAt(context, row, args.oid ?? args.expression ?? 'HEAD'),
    collaborators: ({ row }, args: PageArguments, context) => collaborators(row, args, context),
    issue: ({ row }, args: { number: number }, context) => issue(row, args.number, context),
    issues: ({ row }, args: IssuesArguments, context) => issues(row, args, context),
    pullRequest: ({ row }, args: { number: number }, context) => pullRequest(row, args.number, context),
    pullRequests: ({ row }, args: PullsArguments, context) => pullRequests(row, args, context),
  }),
  Ref: fields<RefSource>({
    id: ({ repository: row, name }) => nodeId('ref', `${row.id}:${name}`),
    name: ({ name }) => refParts.exec(name)?.[2] ?? name,
    prefix: ({ name }) => refParts.exec(name)?.[1] ?? '',
    repository: (source) => repository(source.repository),
    target: (source, _: unknown, context) => objectAt(context, source.repository, source.oid),
  }),
};
