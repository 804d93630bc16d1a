import { zeroSha } from '../git/sha.ts';
import { renderAccountId, renderFullTeam } from '../render/account.ts';
import { renderInstallation } from '../render/app.ts';
import { renderRun, renderSuite } from '../render/check.ts';
import { renderComment, renderIssue } from '../render/issue.ts';
import { renderFullPull, renderReview } from '../render/pull.ts';
import { renderRepository } from '../render/repository.ts';
import { repositoryPage } from '../render/urls.ts';
import type { Change, PushedCommit } from '../state/changes.ts';
import { accountOfEmail, webFlow } from '../state/commits.ts';
import type { Host } from '../state/host.ts';
import { accountById, isPull } from '../state/lookup.ts';
import type { Issue, Repository } from '../state/types.ts';
import { renderActions } from './actions-payload.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** The part of a payload that belongs to the event; repository, sender and installation are added around it. */
export function renderChange(host: Host, change: Change, senderId: number): Payload {
  switch (change.kind) {
    case 'issues':
      return { action: change.action, issue: renderIssue(host, change.issue), ...changesFrom(change.from) };
    case 'sub_issues':
      return renderSubIssue(host, change);
    case 'issue_comment':
      return {
        action: change.action,
        issue: renderIssue(host, change.issue),
        comment: renderComment(host, change.comment),
        ...changesFrom(change.from),
      };
    case 'pull_request':
      return {
        action: change.action,
        number: change.issue.number,
        pull_request: pullOf(host, change.issue),
        ...changesFrom(change.from),
        ...(change.reason === undefined ? {} : { reason: change.reason }),
        ...(change.before === undefined ? {} : { before: change.before, after: change.after }),
      };
    case 'pull_request_review': {
      const review = renderReview(host, change.issue, change.review);
      const state = review.state.toLowerCase();
      return {
        action: change.action,
        review: { ...review, state },
        pull_request: pullOf(host, change.issue),
      };
    }
    case 'check_run':
      return {
        action: change.action,
        check_run: { ...renderRun(host, change.run), check_suite: suiteOf(host, change.run.suiteId) },
        ...(change.identifier === undefined ? {} : { requested_action: { identifier: change.identifier } }),
      };
    case 'check_suite':
      return { action: change.action, check_suite: suiteOf(host, change.suite.id) };
    case 'merge_group':
      return renderMergeGroup(host, change);
    case 'workflow_dispatch':
    case 'workflow_run':
    case 'deployment':
    case 'deployment_status':
    case 'deployment_protection_rule':
      return renderActions(host, change);
    case 'push':
      return renderPush(host, change, senderId);
    case 'create':
    case 'delete':
      return renderRefEvent(change);
    case 'membership':
      return {
        action: change.action,
        scope: 'team',
        member: renderAccountId(host, change.userId),
        team: renderFullTeam(host, change.team),
      };
    case 'team':
      return { action: change.action, team: renderFullTeam(host, change.team) };
    case 'installation':
      return renderInstallationEvent(host, change);
  }
}

/** The values before an edit: `{ changes: { body: { from } } }`. */
function changesFrom(from: { title?: string; body?: string; baseRef?: string } | undefined): Payload {
  if (from === undefined) return {};
  const { baseRef, ...texts } = from;
  const changes: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(texts)) changes[field] = { from: value };
  if (baseRef !== undefined) changes['base'] = { ref: { from: baseRef } };
  return { changes };
}

function renderMergeGroup(host: Host, change: Change & { kind: 'merge_group' }): Payload {
  const { group, baseRef, enqueuedById } = change.entry;
  if (group === null) throw new Error('a merge group is told of before it is built');
  const { name, login, id } = accountById(host.state, enqueuedById);
  const author = { name: name ?? login, email: `${id}+${login}@users.noreply.github.com` };
  const committer = { name: webFlow.name, email: webFlow.email };
  const { headSha, headRef, baseSha, treeSha, message, timestamp } = group;
  const commit = { id: headSha, tree_id: treeSha, message, timestamp, author, committer };
  return {
    action: change.action,
    ...(change.reason === undefined ? {} : { reason: change.reason }),
    merge_group: {
      head_sha: headSha,
      head_ref: headRef,
      base_sha: baseSha,
      base_ref: `refs/heads/${baseRef}`,
      head_commit: commit,
    },
  };
}

const pullOf = (host: Host, issue: Issue) => (isPull(issue) ? renderFullPull(host, issue, null) : null);

function suiteOf(host: Host, id: number) {
  const suite = host.state.suites.get(id);
  return suite === undefined ? null : renderSuite(host, suite);
}

function renderSubIssue(host: Host, change: Change & { kind: 'sub_issues' }): Payload {
  const repo = renderRepository(host, change.repository);
  return {
    action: change.action,
    parent_issue_id: change.parent.id,
    parent_issue: renderIssue(host, change.parent),
    sub_issue_id: change.child.id,
    sub_issue: renderIssue(host, change.child),
    ...(change.action === 'sub_issue_added' ? { sub_issue_repo: repo } : { parent_issue_repo: repo }),
  };
}

const renderRefEvent = (change: Change & { kind: 'create' | 'delete' }): Payload => ({
  ref: change.ref,
  ref_type: change.refType,
  pusher_type: 'user',
  ...(change.kind === 'create' ? { master_branch: change.repository.defaultBranch, description: null } : {}),
});

function renderInstallationEvent(host: Host, change: Change & { kind: 'installation' }): Payload {
  const { installation } = change;
  const all = [...host.state.repositories.values()].filter((row) => row.ownerId === installation.accountId);
  const repositories = all.map((row) => {
    const { id, node_id, name, full_name, private: isPrivate } = renderRepository(host, row);
    return { id, node_id, name, full_name, private: isPrivate };
  });
  return {
    action: change.action,
    installation: renderInstallation(host, installation),
    repositories,
    requester: null,
  };
}

function renderPush(host: Host, change: Change & { kind: 'push' }, senderId: number): Payload {
  const sender = accountById(host.state, senderId);
  const commits = change.commits.map((commit) => renderPushed(host, change.repository, commit));
  const page = repositoryPage(host, change.repository);
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    created: change.before === zeroSha,
    deleted: change.after === zeroSha,
    forced: change.forced,
    base_ref: null,
    compare: `${page}/compare/${change.before.slice(0, 12)}...${change.after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: sender.login, email: `${sender.id}+${sender.login}@users.noreply.github.com` },
  };
}

function renderPushed(host: Host, repository: Repository, commit: PushedCommit) {
  const person = (signature: { name: string; email: string }) => {
    const account = accountOfEmail(host, signature.email);
    return { ...signature, date: commit.timestamp, ...(account === null ? {} : { username: account.login }) };
  };
  return {
    id: commit.sha,
    tree_id: commit.treeSha,
    distinct: true,
    message: commit.message.replace(/\n+$/, ''),
    timestamp: commit.timestamp,
    url: `${repositoryPage(host, repository)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: commit.added,
    removed: commit.removed,
    modified: commit.modified,
  };
}
