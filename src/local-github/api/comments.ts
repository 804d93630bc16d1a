import { z } from 'zod';
import { renderComment, renderReaction } from '../render/issue.ts';
import { addComment, addReaction, deleteComment, editComment, reactionContents } from '../state/comments.ts';
import { commentsOf } from '../state/lookup.ts';
import { needs, permit } from '../state/permissions.ts';
import type { Comment } from '../state/types.ts';
import {
  type Answer,
  answer,
  created,
  type Handler,
  missing,
  noContent,
  numberParam,
  ok,
  readBody,
  refuse,
} from './call.ts';
import { inRepository, onIssue, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const textBody = z.object({ body: z.string() });
const reactionBody = z.object({ content: z.enum(reactionContents) });

/** A comment needs the permission of what it hangs on: an issue, or a pull request with either of two. */
function onComment(
  handle: (call: RepositoryCall & { comment: Comment }) => Answer | Promise<Answer>,
): Handler {
  return inRepository(needs.metadata, (call) => {
    const comment = call.host.state.comments.get(numberParam(call, 'id'));
    if (comment?.repositoryId !== call.repository.id) return missing;
    const onPull = call.host.state.issues.get(comment.issueId)?.pull;
    const byIssues = permit(call.host, call.viewer, call.repository, needs.readIssues);
    const allowed =
      byIssues.ok || !onPull ? byIssues : permit(call.host, call.viewer, call.repository, needs.readPulls);
    return allowed.ok ? handle({ ...call, comment }) : refuse(allowed.fault);
  });
}

const create = onIssue((call) => {
  const body = readBody(call, textBody);
  if (!body.ok) return refuse(body.fault);
  const outcome = addComment(call.host, call.viewer, call.issue, body.value.body);
  return answer(outcome, (comment) => created(renderComment(call.host, comment)));
});

const newerThan = (call: RepositoryCall, rows: readonly Comment[]): Comment[] => {
  const since = call.query.get('since');
  return rows.filter((row) => since === null || row.updatedAt >= since.replace(/\.\d+Z$/, 'Z'));
};

const list = onIssue((call) =>
  listed(call, newerThan(call, commentsOf(call.host.state, call.issue)), (row) =>
    renderComment(call.host, row),
  ),
);

const listAll = inRepository(needs.readIssues, (call) => {
  const rows = [...call.host.state.comments.values()].filter(
    (row) => row.repositoryId === call.repository.id,
  );
  const sort = call.query.get('sort');
  if (sort !== null) {
    const key = (row: Comment) => (sort === 'updated' ? row.updatedAt : row.createdAt);
    rows.sort((a, b) => key(a).localeCompare(key(b)) || a.id - b.id);
    // Without `sort` GitHub ignores the direction.
    if (call.query.get('direction') !== 'asc') rows.reverse();
  }
  return listed(call, newerThan(call, rows), (row) => renderComment(call.host, row));
});

const edit = onComment((call) => {
  const body = readBody(call, textBody);
  if (!body.ok) return refuse(body.fault);
  const outcome = editComment(call.host, call.viewer, call.comment, body.value.body);
  return answer(outcome, (comment) => ok(renderComment(call.host, comment)));
});

const react = onComment((call) => {
  const body = readBody(call, reactionBody);
  if (!body.ok) return refuse(body.fault);
  const outcome = addReaction(call.host, call.viewer, call.comment, body.value.content);
  return answer(outcome, ({ reaction, created: isNew }) => ({
    status: isNew ? 201 : 200,
    body: renderReaction(call.host, reaction),
  }));
});

const reactToIssue = onIssue((call) => {
  const body = readBody(call, reactionBody);
  if (!body.ok) return refuse(body.fault);
  const outcome = addReaction(call.host, call.viewer, call.issue, body.value.content);
  return answer(outcome, ({ reaction, created: isNew }) => ({
    status: isNew ? 201 : 200,
    body: renderReaction(call.host, reaction),
  }));
});

const issues = '/repos/{owner}/{repo}/issues';

export const commentRoutes = [
  route(`GET ${issues}/comments`, listAll),
  route(
    `GET ${issues}/comments/{id}`,
    onComment((call) => ok(renderComment(call.host, call.comment))),
  ),
  route(`PATCH ${issues}/comments/{id}`, edit),
  route(
    `DELETE ${issues}/comments/{id}`,
    onComment((call) => answer(deleteComment(call.host, call.viewer, call.comment), () => noContent)),
  ),
  route(
    `GET ${issues}/comments/{id}/reactions`,
    onComment((call) => listed(call, call.comment.reactions, (row) => renderReaction(call.host, row))),
  ),
  route(`POST ${issues}/comments/{id}/reactions`, react),
  route(`GET ${issues}/{number}/comments`, list),
  route(`POST ${issues}/{number}/comments`, create),
  route(
    `GET ${issues}/{number}/reactions`,
    onIssue((call) => listed(call, call.issue.reactions, (row) => renderReaction(call.host, row))),
  ),
  route(`POST ${issues}/{number}/reactions`, reactToIssue),
];
