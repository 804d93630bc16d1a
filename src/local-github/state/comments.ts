import type { Host, Viewer } from './host.ts';
import { stamp } from './host.ts';
import { textProblems } from './issues.ts';
import { issueById, repositoryById } from './lookup.ts';
import { done, fail, forbidden, invalid, type Outcome, problem } from './outcome.ts';
import { actorId, holds, needs, notByIntegration, permit, viaApp } from './permissions.ts';
import { nextId } from './state.ts';
import type { Comment, Issue, Reaction, ReactionContent } from './types.ts';

type Place = { readonly issue: Issue; readonly permission: 'issues' | 'pull_requests' };

/** An App may comment on a pull request with either permission; on an issue it needs `issues`. */
function permitComment(host: Host, viewer: Viewer, issue: Issue): Outcome<Place> {
  const repository = repositoryById(host.state, issue.repositoryId);
  const byIssues = permit(host, viewer, repository, needs.writeIssues);
  if (byIssues.ok) return done({ issue, permission: 'issues' });
  if (!issue.pull) return byIssues;
  const byPulls = permit(host, viewer, repository, needs.writePulls);
  return byPulls.ok ? done({ issue, permission: 'pull_requests' }) : byPulls;
}

/** Adds a comment to an issue or pull request; whoever can read may write, unless it is locked. */
export function addComment(
  host: Host,
  viewer: Viewer,
  issue: Issue,
  body: string,
  options: { readonly viaEmail?: boolean } = {},
): Outcome<Comment> {
  const place = permitComment(host, viewer, issue);
  if (!place.ok) return place;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const repository = repositoryById(host.state, issue.repositoryId);
  if (issue.locked && !holds(host, viewer, repository, 'write', place.value.permission))
    return forbidden('Unable to create comment because issue is locked.');
  if (body.trim() === '') return invalid([problem('IssueComment', 'body', 'missing_field')]);
  const problems = textProblems('IssueComment', { body });
  if (problems.length > 0) return invalid(problems);
  const at = stamp(host);
  const comment: Comment = {
    id: nextId(host.state, 'comment'),
    repositoryId: issue.repositoryId,
    issueId: issue.id,
    authorId: sender,
    viaAppId: viaApp(viewer),
    createdViaEmail: options.viaEmail ?? false,
    body,
    createdAt: at,
    updatedAt: at,
    lastEditedAt: null,
    editorId: null,
    reactions: [],
  };
  host.state.comments.set(comment.id, comment);
  issue.updatedAt = at;
  host.announce({ kind: 'issue_comment', action: 'created', repository, issue, comment }, sender);
  return done(comment);
}

/** The author may change a comment, and so may everybody with write access: GitHub allows it, so it happens here. */
function permitChange(host: Host, viewer: Viewer, comment: Comment): Outcome<number> {
  const place = permitComment(host, viewer, issueById(host.state, comment.issueId));
  if (!place.ok) return place;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const repository = repositoryById(host.state, comment.repositoryId);
  const allowed =
    sender === comment.authorId || holds(host, viewer, repository, 'write', place.value.permission);
  return allowed ? done(sender) : forbidden('Must have admin rights to Repository.');
}

/** Replaces the text; the author stays, the editor and the time are remembered. */
export function editComment(host: Host, viewer: Viewer, comment: Comment, body: string): Outcome<Comment> {
  const allowed = permitChange(host, viewer, comment);
  if (!allowed.ok) return allowed;
  if (body.trim() === '') return invalid([problem('IssueComment', 'body', 'missing_field')]);
  const problems = textProblems('IssueComment', { body });
  if (problems.length > 0) return invalid(problems);
  if (body === comment.body) return done(comment);
  const from = { body: comment.body };
  comment.body = body;
  comment.updatedAt = stamp(host);
  comment.lastEditedAt = comment.updatedAt;
  comment.editorId = allowed.value;
  const issue = issueById(host.state, comment.issueId);
  const repository = repositoryById(host.state, comment.repositoryId);
  host.announce({ kind: 'issue_comment', action: 'edited', repository, issue, comment, from }, allowed.value);
  return done(comment);
}

/** Removes a comment; the issue's timeline keeps who did it and whose it was. */
export function deleteComment(host: Host, viewer: Viewer, comment: Comment): Outcome<true> {
  const allowed = permitChange(host, viewer, comment);
  if (!allowed.ok) return allowed;
  const issue = issueById(host.state, comment.issueId);
  const repository = repositoryById(host.state, comment.repositoryId);
  host.state.comments.delete(comment.id);
  const id = nextId(host.state, 'event');
  host.state.events.set(id, {
    id,
    kind: 'comment_deleted',
    issueId: issue.id,
    actorId: allowed.value,
    deletedCommentId: comment.id,
    deletedCommentAuthorId: comment.authorId,
    createdAt: stamp(host),
  });
  issue.updatedAt = stamp(host);
  host.announce({ kind: 'issue_comment', action: 'deleted', repository, issue, comment }, allowed.value);
  return done(true);
}

/** Hides a comment, or shows it again: it needs write access, and no webhook tells of it. */
export function minimizeComment(
  host: Host,
  viewer: Viewer,
  comment: Comment,
  reason: string | null,
): Outcome<Comment> {
  const place = permitComment(host, viewer, issueById(host.state, comment.issueId));
  if (!place.ok) return place;
  const repository = repositoryById(host.state, comment.repositoryId);
  if (!holds(host, viewer, repository, 'write', place.value.permission))
    return forbidden('Must have write access to the repository.');
  comment.minimizedAs = reason;
  host.touched();
  return done(comment);
}

export const reactionContents: readonly ReactionContent[] = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
];

/** Adds a reaction to a comment or an issue; the same one twice is the first one again. No webhook exists for it. */
export function addReaction(
  host: Host,
  viewer: Viewer,
  subject: Comment | Issue,
  content: ReactionContent,
): Outcome<{ readonly reaction: Reaction; readonly created: boolean }> {
  const issue = 'issueId' in subject ? issueById(host.state, subject.issueId) : subject;
  const place = permitComment(host, viewer, issue);
  if (!place.ok) return place;
  const userId = actorId(host, viewer);
  if (userId === null) return fail({ kind: 'unauthorized', message: 'Requires authentication' });
  const known = subject.reactions.find((row) => row.userId === userId && row.content === content);
  if (known) return done({ reaction: known, created: false });
  const reaction = { id: nextId(host.state, 'reaction'), userId, content, createdAt: stamp(host) };
  subject.reactions.push(reaction);
  host.touched();
  return done({ reaction, created: true });
}
