import {
  addComment,
  addReaction,
  deleteComment,
  editComment,
  minimizeComment,
} from '../../state/comments.ts';
import { addSubIssue, createIssue, type IssuePatch, updateIssue } from '../../state/issues.ts';
import { repositoryById } from '../../state/lookup.ts';
import { actorId } from '../../state/permissions.ts';
import type { Issue } from '../../state/types.ts';
import type { Context } from './context.ts';
import { orRefuse } from './failure.ts';
import { mutation } from './mutation.ts';
import { nodeOf } from './nodes.ts';
import { reactionGroups, type ShownContent, storedContent } from './reactions.ts';
import type { Fields } from './resolver.ts';
import { accountOrNull, comment, issueOrPull, reaction } from './sources.ts';

type Ids = readonly string[] | null;
type Extras = { readonly labelIds?: Ids; readonly assigneeIds?: Ids };

/** Labels and assignees by the names and ids the rows use. */
async function extras(input: Extras, context: Context): Promise<Pick<IssuePatch, 'labels' | 'assigneeIds'>> {
  const labels = input.labelIds?.map(async (id) => (await nodeOf(context, id, 'Label')).row.name);
  const assigneeIds = input.assigneeIds?.map(async (id) => (await nodeOf(context, id, 'User')).row.id);
  return {
    ...(labels ? { labels: await Promise.all(labels) } : {}),
    ...(assigneeIds ? { assigneeIds: await Promise.all(assigneeIds) } : {}),
  };
}

type CreateInput = Extras & {
  readonly repositoryId: string;
  readonly title: string;
  readonly body?: string | null;
  readonly parentIssueId?: string | null;
};

async function create(input: CreateInput, context: Context) {
  const { host, viewer } = context;
  const { row } = await nodeOf(context, input.repositoryId, 'Repository');
  const parent = input.parentIssueId ? await nodeOf(context, input.parentIssueId, 'Issue') : null;
  const fresh = { title: input.title, body: input.body ?? null, ...(await extras(input, context)) };
  const issue = orRefuse(createIssue(host, viewer, row, fresh));
  if (parent) orRefuse(addSubIssue(host, viewer, homeOf(parent.row, context), parent.row, issue));
  return { issue: issueOrPull(issue) };
}

const homeOf = (row: Issue, { host }: Context) => repositoryById(host.state, row.repositoryId);

async function change(id: string, patch: IssuePatch, context: Context) {
  const { row } = await nodeOf(context, id, 'Issue');
  const changed = orRefuse(updateIssue(context.host, context.viewer, homeOf(row, context), row, patch));
  return { issue: issueOrPull(changed) };
}

type UpdateInput = Extras & {
  readonly id: string;
  readonly title?: string | null;
  readonly body?: string | null;
  readonly state?: 'OPEN' | 'CLOSED' | null;
};

async function update(input: UpdateInput, context: Context) {
  const patch: IssuePatch = {
    ...(input.title == null ? {} : { title: input.title }),
    ...(input.body == null ? {} : { body: input.body }),
    ...(input.state == null ? {} : { state: input.state === 'OPEN' ? 'open' : 'closed' }),
    ...(await extras(input, context)),
  };
  const actor = accountOrNull(context.host.state, actorId(context.host, context.viewer));
  return { ...(await change(input.id, patch, context)), actor };
}

const reasons = { COMPLETED: 'completed', NOT_PLANNED: 'not_planned', DUPLICATE: 'duplicate' } as const;

type CloseInput = { readonly issueId: string; readonly stateReason?: keyof typeof reasons | null };

const close = ({ issueId, stateReason }: CloseInput, context: Context) =>
  change(issueId, { state: 'closed', stateReason: reasons[stateReason ?? 'COMPLETED'] }, context);

const reopen = ({ issueId }: { readonly issueId: string }, context: Context) =>
  change(issueId, { state: 'open' }, context);

type SubIssueInput = {
  readonly issueId: string;
  readonly subIssueId?: string | null;
  readonly replaceParent?: boolean | null;
};

async function nest(input: SubIssueInput, context: Context) {
  const { host, viewer } = context;
  const parent = await nodeOf(context, input.issueId, 'Issue');
  const child = await nodeOf(context, input.subIssueId ?? '', 'Issue');
  const home = homeOf(parent.row, context);
  orRefuse(addSubIssue(host, viewer, home, parent.row, child.row, input.replaceParent ?? false));
  return { issue: parent, subIssue: child };
}

async function say(input: { readonly subjectId: string; readonly body: string }, context: Context) {
  const subject = await nodeOf(context, input.subjectId, 'Issue', 'PullRequest');
  const row = orRefuse(addComment(context.host, context.viewer, subject.row, input.body));
  return { subject, commentEdge: { cursor: String(row.id), node: comment(row) } };
}

async function edit(input: { readonly id: string; readonly body: string }, context: Context) {
  const { row } = await nodeOf(context, input.id, 'IssueComment');
  return { issueComment: comment(orRefuse(editComment(context.host, context.viewer, row, input.body))) };
}

async function remove(input: { readonly id: string }, context: Context) {
  const { row } = await nodeOf(context, input.id, 'IssueComment');
  orRefuse(deleteComment(context.host, context.viewer, row));
  return {};
}

type HideInput = { readonly subjectId: string; readonly classifier?: string };

/** Hides a comment with a classifier, shows it again without one. */
async function hide({ subjectId, classifier }: HideInput, context: Context) {
  const { row } = await nodeOf(context, subjectId, 'IssueComment');
  const hidden = minimizeComment(context.host, context.viewer, row, classifier ?? null);
  return hidden.ok ? { minimizedComment: comment(row), unminimizedComment: comment(row) } : orRefuse(hidden);
}

async function react(
  input: { readonly subjectId: string; readonly content: ShownContent },
  context: Context,
) {
  const subject = await nodeOf(context, input.subjectId, 'Issue', 'PullRequest', 'IssueComment');
  const added = orRefuse(
    addReaction(context.host, context.viewer, subject.row, storedContent(input.content)),
  );
  return {
    subject,
    reaction: reaction(added.reaction),
    reactionGroups: reactionGroups(subject.row.reactions),
  };
}

export const issueMutations: Fields = {
  createIssue: mutation(create),
  updateIssue: mutation(update),
  closeIssue: mutation(close),
  reopenIssue: mutation(reopen),
  addSubIssue: mutation(nest),
  addComment: mutation(say),
  updateIssueComment: mutation(edit),
  deleteIssueComment: mutation(remove),
  minimizeComment: mutation(hide),
  unminimizeComment: mutation(hide),
  addReaction: mutation(react),
};
