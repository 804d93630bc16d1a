import { accountById, commentsOf, issueById, repositoryById } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { canSee } from '../../state/permissions.ts';
import type { Issue, TimelineEvent } from '../../state/types.ts';
import { commentFields } from './comment-fields.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { fields, type Types } from './resolver.ts';
import {
  account,
  type CommentSource,
  comment,
  type EventSource,
  event,
  type IssueSource,
  issueOrPull,
  type LabelSource,
  label,
  user,
} from './sources.ts';
import { commentUrl, issueUrl } from './web-urls.ts';

/** The comments of an issue or pull request, oldest first. */
export const commentPage = (row: Issue, args: PageArguments, { host }: Context) =>
  paginate('comments', commentsOf(host.state, row).map(comment), args, (each) => each.row.id);

export const labelPage = (row: Issue, args: PageArguments, { host }: Context) => {
  const names = row.labels.map((each) => each.toLowerCase());
  const known = repositoryById(host.state, row.repositoryId).labels;
  const shown = known.filter((each) => names.includes(each.name.toLowerCase())).map(label);
  return paginate('labels', shown, args, (each) => each.row.id);
};

type TimelineArguments = PageArguments & {
  readonly itemTypes?: readonly ('COMMENT_DELETED_EVENT' | 'ISSUE_COMMENT')[] | null;
};

const eventsOf = (row: Issue, { host }: Context): TimelineEvent[] =>
  [...host.state.events.values()].filter((each) => each.issueId === row.id);

/** Comments and what remains of deleted ones, by time; ids decide within a second. */
function timeline(row: Issue, args: TimelineArguments, context: Context) {
  const wanted = (name: 'COMMENT_DELETED_EVENT' | 'ISSUE_COMMENT') => args.itemTypes?.includes(name) ?? true;
  const items: (CommentSource | EventSource)[] = [
    ...(wanted('ISSUE_COMMENT') ? commentsOf(context.host.state, row).map(comment) : []),
    ...(wanted('COMMENT_DELETED_EVENT') ? eventsOf(row, context).map(event) : []),
  ];
  const inOrder = items.toSorted(
    (a, b) => a.row.createdAt.localeCompare(b.row.createdAt) || a.row.id - b.row.id,
  );
  return paginate('timelineItems', inOrder, args, (each) => `${each.kind}:${each.row.id}`);
}

/** The issues a viewer may know of: a sub-issue can live in a repository that is hidden from them. */
function visibleIssues(ids: readonly number[], { host, viewer }: Context): Issue[] {
  return ids
    .map((id) => issueById(host.state, id))
    .filter((row) => canSee(host, viewer, repositoryById(host.state, row.repositoryId)));
}

export const issueTypes: Types = {
  Issue: fields<IssueSource>({
    ...commentFields<IssueSource>(
      ({ row }) => row,
      ({ row }) => row.repositoryId,
    ),
    id: ({ row }) => nodeId('issue', row.id),
    databaseId: ({ row }) => row.id,
    number: ({ row }) => row.number,
    title: ({ row }) => row.title,
    state: ({ row }) => row.state.toUpperCase(),
    stateReason: ({ row }) => shownReason(row),
    closed: ({ row }) => row.state === 'closed',
    closedAt: ({ row }) => row.closedAt,
    locked: ({ row }) => row.locked,
    url: ({ row }, _: unknown, { host }) => issueUrl(host, row),
    assignees: ({ row }, args: PageArguments, { host }) =>
      paginate(
        'assignees',
        row.assigneeIds.map((id) => user(accountById(host.state, id))),
        args,
        (each) => each.row.id,
      ),
    labels: ({ row }, args: PageArguments, context) => labelPage(row, args, context),
    comments: ({ row }, args: PageArguments, context) => commentPage(row, args, context),
    timelineItems: ({ row }, args: TimelineArguments, context) => timeline(row, args, context),
    parent: ({ row }, _: unknown, context) =>
      row.parentId === null ? null : (visibleIssues([row.parentId], context).map(issueOrPull)[0] ?? null),
    subIssues: ({ row }, args: PageArguments, context) =>
      paginate(
        'subIssues',
        visibleIssues(row.subIssueIds, context).map(issueOrPull),
        args,
        (each) => each.row.id,
      ),
  }),
  IssueComment: fields<CommentSource>({
    ...commentFields<CommentSource>(
      ({ row }) => row,
      ({ row }) => row.repositoryId,
    ),
    id: ({ row }) => nodeId('comment', row.id),
    databaseId: ({ row }) => row.id,
    createdViaEmail: ({ row }) => row.createdViaEmail,
    isMinimized: ({ row }) => row.minimizedAs != null,
    minimizedReason: ({ row }) => row.minimizedAs?.toLowerCase() ?? null,
    url: ({ row }, _: unknown, { host }) => commentUrl(host, row),
    issue: ({ row }, _: unknown, { host }) => ({ kind: 'Issue', row: issueById(host.state, row.issueId) }),
    pullRequest: ({ row }, _: unknown, { host }) => {
      const on = issueOrPull(issueById(host.state, row.issueId));
      return on.kind === 'PullRequest' ? on : null;
    },
  }),
  CommentDeletedEvent: fields<EventSource>({
    id: ({ row }) => nodeId('event', row.id),
    databaseId: ({ row }) => row.id,
    actor: ({ row }, _: unknown, { host }) => account(host.state, row.actorId),
    createdAt: ({ row }) => row.createdAt,
    deletedCommentAuthor: ({ row }, _: unknown, { host }) => account(host.state, row.deletedCommentAuthorId),
  }),
  Label: fields<LabelSource>({
    id: ({ row }) => nodeId('label', row.id),
    name: ({ row }) => row.name,
    color: ({ row }) => row.color,
    description: ({ row }) => row.description,
  }),
};

/** Duplicates are shown as not planned unless a caller asks for them, which this host does not offer. */
const shownReason = (row: Issue): string | null =>
  row.stateReason === 'duplicate' ? 'NOT_PLANNED' : (row.stateReason?.toUpperCase() ?? null);
