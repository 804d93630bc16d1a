import type { Host } from '../state/host.ts';
import { commentsOf, repositoryById, reviewsOf } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import type { Issue, PullIssue, Repository, Review } from '../state/types.ts';
import { renderAccountId, renderAccountOrNull } from './account.ts';
import { associationOf, issueNodeId, renderIssue } from './issue.ts';
import { renderRepository } from './repository.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

function side(host: Host, repository: Repository, ref: string, sha: string) {
  const owner = renderAccountId(host, repository.ownerId);
  return { label: `${owner.login}:${ref}`, ref, sha, user: owner, repo: renderRepository(host, repository) };
}

/** A pull request as lists show it. */
export function renderPull(host: Host, issue: PullIssue) {
  const { pull } = issue;
  const repository = repositoryById(host.state, issue.repositoryId);
  const headRepository = repositoryById(host.state, pull.headRepositoryId);
  const api = repositoryApi(host, repository);
  const url = `${api}/pulls/${issue.number}`;
  const page = `${repositoryPage(host, repository)}/pull/${issue.number}`;
  const issueView = renderIssue(host, issue);
  const links = {
    self: url,
    html: page,
    issue: `${api}/issues/${issue.number}`,
    comments: `${api}/issues/${issue.number}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  return {
    url,
    id: pull.id,
    node_id: issueNodeId(issue),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: issueView.user,
    body: issue.body,
    labels: issueView.labels,
    milestone: null,
    active_lock_reason: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeSha,
    assignee: issueView.assignee,
    assignees: issueView.assignees,
    requested_reviewers: [],
    requested_teams: [],
    head: side(host, headRepository, pull.headRef, pull.headSha),
    base: side(host, repository, pull.baseRef, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: issueView.author_association,
    auto_merge: null,
    draft: pull.draft,
  };
}

/** A pull request on its own; `mergeable` null means "not computed yet". */
export const renderFullPull = (host: Host, issue: PullIssue, mergeable: boolean | null, blocked = false) => ({
  ...renderPull(host, issue),
  merged: issue.pull.mergedAt !== null,
  mergeable,
  rebaseable: mergeable === null ? null : false,
  mergeable_state: mergeable === null ? 'unknown' : mergeable ? (blocked ? 'blocked' : 'clean') : 'dirty',
  merged_by: renderAccountOrNull(host, issue.pull.mergedById),
  comments: commentsOf(host.state, issue).length,
  review_comments: 0,
  maintainer_can_modify: false,
  commits: issue.pull.size.commits,
  additions: issue.pull.size.additions,
  deletions: issue.pull.size.deletions,
  changed_files: issue.pull.size.changedFiles,
});

export function renderReview(host: Host, issue: Issue, review: Review) {
  const repository = repositoryById(host.state, issue.repositoryId);
  const page = `${repositoryPage(host, repository)}/pull/${issue.number}`;
  const pull = `${repositoryApi(host, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('review', review.id),
    user: renderAccountId(host, review.authorId),
    body: review.body,
    state: review.state,
    html_url: `${page}#pullrequestreview-${review.id}`,
    pull_request_url: pull,
    author_association: associationOf(host, repository, review.authorId),
    _links: { html: { href: `${page}#pullrequestreview-${review.id}` }, pull_request: { href: pull } },
    submitted_at: review.submittedAt,
    updated_at: review.submittedAt,
    commit_id: review.commitSha,
  };
}

/** Whether a review belongs to a pull request. */
export const hasReview = (host: Host, issue: Issue, id: number): Review | null =>
  reviewsOf(host.state, issue).find((review) => review.id === id) ?? null;
