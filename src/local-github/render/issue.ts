import type { Host } from '../state/host.ts';
import { accountById, commentsOf, repositoryById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { grantedRole } from '../state/permissions.ts';
import { atLeast } from '../state/teams.ts';
import type { Comment, Issue, Label, Reaction, Repository } from '../state/types.ts';
import { renderAccountId, renderAccountOrNull } from './account.ts';
import { renderAppOrNull } from './app.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

/** GitHub's coarse relation of an author to the repository. */
export function associationOf(host: Host, repository: Repository, userId: number): string {
  if (repository.ownerId === userId) return 'OWNER';
  if (host.state.memberships.get(repository.ownerId)?.userIds.includes(userId)) return 'MEMBER';
  return atLeast(grantedRole(host.state, userId, repository), 'read') ? 'COLLABORATOR' : 'NONE';
}

export function renderReactions(url: string, reactions: readonly Reaction[]) {
  const count = (content: string) => reactions.filter((row) => row.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    confused: count('confused'),
    heart: count('heart'),
    hooray: count('hooray'),
    eyes: count('eyes'),
    rocket: count('rocket'),
  };
}

export const renderReaction = (host: Host, reaction: Reaction) => ({
  id: reaction.id,
  node_id: nodeId('reaction', reaction.id),
  user: renderAccountId(host, reaction.userId),
  content: reaction.content,
  created_at: reaction.createdAt,
});

export const renderLabel = (host: Host, repository: Repository, label: Label) => ({
  id: label.id,
  node_id: nodeId('label', label.id),
  url: `${repositoryApi(host, repository)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  description: label.description,
  color: label.color,
  default: false,
});

export function renderLabels(host: Host, repository: Repository, names: readonly string[]) {
  return names.flatMap((name) => {
    const label = repository.labels.find((row) => row.name.toLowerCase() === name.toLowerCase());
    return label ? [renderLabel(host, repository, label)] : [];
  });
}

/** An issue, or the issue side of a pull request. */
export function renderIssue(host: Host, issue: Issue) {
  const repository = repositoryById(host.state, issue.repositoryId);
  const api = repositoryApi(host, repository);
  const url = `${api}/issues/${issue.number}`;
  const page = `${repositoryPage(host, repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
  const assignees = issue.assigneeIds.map((id) => renderAccountId(host, id));
  const children = issue.subIssueIds.flatMap((id) => host.state.issues.get(id) ?? []);
  const closed = children.filter((child) => child.state === 'closed').length;
  const percent = children.length === 0 ? 0 : Math.floor((100 * closed) / children.length);
  return {
    id: issue.id,
    node_id: issueNodeId(issue),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: renderAccountId(host, issue.authorId),
    labels: renderLabels(host, repository, issue.labels),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: issue.locked,
    active_lock_reason: null,
    comments: commentsOf(host.state, issue).length,
    closed_at: issue.closedAt,
    closed_by: renderAccountOrNull(host, issue.closedById),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: associationOf(host, repository, issue.authorId),
    performed_via_github_app: renderAppOrNull(host, issue.viaAppId),
    reactions: renderReactions(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    sub_issues_summary: { total: children.length, completed: closed, percent_completed: percent },
    ...(issue.pull ? { draft: issue.pull.draft, pull_request: pullLinks(api, page, issue) } : {}),
  };
}

const pullLinks = (api: string, page: string, issue: Issue) => ({
  url: `${api}/pulls/${issue.number}`,
  html_url: page,
  diff_url: `${page}.diff`,
  patch_url: `${page}.patch`,
  merged_at: issue.pull?.mergedAt ?? null,
});

export const issueNodeId = (issue: Issue): string => nodeId(issue.pull ? 'pull' : 'issue', issue.id);

/** A comment on an issue or pull request. */
export function renderComment(host: Host, comment: Comment) {
  const repository = repositoryById(host.state, comment.repositoryId);
  const api = repositoryApi(host, repository);
  const issue = host.state.issues.get(comment.issueId);
  const kind = issue?.pull ? 'pull' : 'issues';
  const url = `${api}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('comment', comment.id),
    url,
    html_url: `${repositoryPage(host, repository)}/${kind}/${issue?.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${issue?.number}`,
    user: renderAccountId(host, accountById(host.state, comment.authorId).id),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(host, repository, comment.authorId),
    body: comment.body,
    reactions: renderReactions(url, comment.reactions),
    performed_via_github_app: renderAppOrNull(host, comment.viaAppId),
  };
}
