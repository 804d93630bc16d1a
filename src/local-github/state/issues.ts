import type { Host, Viewer } from './host.ts';
import { stamp } from './host.ts';
import { issuesOf } from './lookup.ts';
import { done, forbidden, invalid, type Outcome, problem } from './outcome.ts';
import { actorId, holds, needs, notByIntegration, permit, viaApp } from './permissions.ts';
import { nextId } from './state.ts';
import type { Issue, Pull, Repository } from './types.ts';

/** GitHub's limit for the body of issues, pull requests and comments, in characters. */
export const maxBody = 65_536;

export type IssueReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';
export type NewIssue = {
  readonly title: string;
  readonly body: string | null;
  readonly labels?: readonly string[];
  readonly assigneeIds?: readonly number[];
};
export type IssuePatch = {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: IssueReason | null;
  readonly labels?: readonly string[];
  readonly assigneeIds?: readonly number[];
};

/** Problems of a title and a body by GitHub's rules. */
export function textProblems(resource: string, text: { title?: string; body?: string | null }) {
  const problems = [];
  if (text.title !== undefined && text.title.trim() === '')
    problems.push(problem(resource, 'title', 'missing_field'));
  if (text.title !== undefined && text.title.length > 256)
    problems.push(problem(resource, 'title', 'custom', 'title is too long (maximum is 256 characters)'));
  if ((text.body?.length ?? 0) > maxBody)
    problems.push(problem(resource, 'body', 'custom', `body is too long (maximum is ${maxBody} characters)`));
  return problems;
}

/** Adds a row for an issue, or for a pull request when `pull` is given. Announces nothing. */
export function addIssueRow(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  input: NewIssue & { readonly pull?: Pull },
): Issue {
  const at = stamp(host);
  const issue: Issue = {
    id: nextId(host.state, 'issue'),
    repositoryId: repository.id,
    number: repository.nextNumber,
    authorId: actorId(host, viewer) ?? 0,
    viaAppId: viaApp(viewer),
    title: input.title,
    body: input.body,
    state: 'open',
    stateReason: null,
    labels: [...(input.labels ?? [])],
    assigneeIds: [...(input.assigneeIds ?? [])],
    locked: false,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    closedById: null,
    lastEditedAt: null,
    editorId: null,
    parentId: null,
    subIssueIds: [],
    reactions: [],
    pull: input.pull ?? null,
  };
  repository.nextNumber += 1;
  host.state.issues.set(issue.id, issue);
  return issue;
}

/** Opens an issue. Labels and assignees the viewer may not set are dropped without an error. */
export function createIssue(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  input: NewIssue,
): Outcome<Issue> {
  const allowed = permit(host, viewer, repository, needs.writeIssues);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const problems = textProblems('Issue', { title: input.title, body: input.body });
  if (problems.length > 0) return invalid(problems);
  const triage = holds(host, viewer, repository, 'triage', 'issues');
  const { labels, assigneeIds, ...text } = input;
  const extras = {
    ...(labels === undefined ? {} : { labels }),
    ...(assigneeIds === undefined ? {} : { assigneeIds }),
  };
  const issue = addIssueRow(host, viewer, repository, triage ? { ...text, ...extras } : text);
  rememberLabels(host, repository, issue.labels);
  host.announce({ kind: 'issues', action: 'opened', repository, issue }, sender);
  return done(issue);
}

/** Labels named on an issue come into being, as on GitHub. */
function rememberLabels(host: Host, repository: Repository, names: readonly string[]): void {
  for (const name of names) {
    if (repository.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) continue;
    repository.labels.push({ id: nextId(host.state, 'label'), name, color: 'ededed', description: null });
  }
}

/**
 * Changes an issue or pull request. The author and people with write may edit text; closing needs the
 * author or triage. Each kind of change is announced on its own.
 */
export function updateIssue(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: Issue,
  patch: IssuePatch,
): Outcome<Issue> {
  const allowed = permit(host, viewer, repository, issue.pull ? needs.writePulls : needs.writeIssues);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const permission = issue.pull ? 'pull_requests' : 'issues';
  const own = sender === issue.authorId;
  const edits = patch.title !== undefined || patch.body !== undefined;
  if (edits && !own && !holds(host, viewer, repository, 'write', permission))
    return forbidden('Must have write access to edit this issue.');
  const triage = holds(host, viewer, repository, 'triage', permission);
  if (patch.state !== undefined && !own && !triage)
    return forbidden('Must have triage access to close this issue.');
  const problems = textProblems('Issue', patch);
  if (problems.length > 0) return invalid(problems);
  applyText(host, repository, issue, patch, sender);
  if (triage) applyTriage(host, repository, issue, patch);
  applyState(host, repository, issue, patch, sender);
  host.touched();
  return done(issue);
}

function applyText(
  host: Host,
  repository: Repository,
  issue: Issue,
  patch: IssuePatch,
  sender: number,
): void {
  const from: { title?: string; body?: string } = {};
  if (patch.title !== undefined && patch.title !== issue.title) from.title = issue.title;
  if (patch.body !== undefined && patch.body !== issue.body) from.body = issue.body ?? '';
  if (Object.keys(from).length === 0) return;
  const at = stamp(host);
  if (patch.title !== undefined) issue.title = patch.title;
  if (patch.body !== undefined && from.body !== undefined) {
    issue.body = patch.body;
    issue.lastEditedAt = at;
    issue.editorId = sender;
  }
  issue.updatedAt = at;
  host.announce(
    { kind: issue.pull ? 'pull_request' : 'issues', action: 'edited', repository, issue, from },
    sender,
  );
}

function applyTriage(host: Host, repository: Repository, issue: Issue, patch: IssuePatch): void {
  if (patch.labels !== undefined) {
    issue.labels = [...new Set(patch.labels)];
    rememberLabels(host, repository, issue.labels);
  }
  if (patch.assigneeIds !== undefined) issue.assigneeIds = [...patch.assigneeIds];
  if (patch.labels !== undefined || patch.assigneeIds !== undefined) issue.updatedAt = stamp(host);
}

function applyState(
  host: Host,
  repository: Repository,
  issue: Issue,
  patch: IssuePatch,
  sender: number,
): void {
  if (patch.state === undefined || issue.pull?.mergedAt) return;
  if (patch.state === issue.state) {
    if (patch.state === 'closed' && patch.stateReason) issue.stateReason = patch.stateReason;
    return;
  }
  const closing = patch.state === 'closed';
  issue.state = patch.state;
  issue.stateReason = issue.pull ? null : closing ? (patch.stateReason ?? 'completed') : 'reopened';
  issue.updatedAt = stamp(host);
  issue.closedAt = closing ? issue.updatedAt : null;
  issue.closedById = closing ? sender : null;
  const action = closing ? 'closed' : 'reopened';
  host.announce({ kind: issue.pull ? 'pull_request' : 'issues', action, repository, issue }, sender);
}

/** Locks or unlocks a conversation: only people with write access may comment on a locked one. */
export function lockIssue(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: Issue,
  locked: boolean,
): Outcome<true> {
  const need = issue.pull ? needs.writePulls : needs.writeIssues;
  const allowed = permit(host, viewer, repository, { ...need, role: 'triage' });
  if (!allowed.ok) return allowed;
  issue.locked = locked;
  host.touched();
  return done(true);
}

/**
 * Hangs an issue under another of the same owner; 422 when it already has a parent, would make a circle,
 * or the parent is full (100).
 */
export function addSubIssue(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  parent: Issue,
  child: Issue,
  replaceParent = false,
): Outcome<Issue> {
  const allowed = permit(host, viewer, repository, needs.writeIssues);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null || !holds(host, viewer, repository, 'triage', 'issues'))
    return forbidden('Must have triage access to add a sub-issue.');
  const refused = (message: string) => invalid([problem('SubIssue', 'sub_issue_id', 'custom', message)]);
  if (parent.subIssueIds.includes(child.id))
    return refused('The issue is already a sub-issue of this parent');
  if (child.parentId !== null && !replaceParent) return refused('Sub-issue may only have one parent');
  if (isAncestor(host, child, parent)) return refused('A sub-issue may not be its own ancestor');
  if (parent.subIssueIds.length >= 100) return refused('Parent has the maximum of 100 sub-issues');
  const former = child.parentId === null ? undefined : host.state.issues.get(child.parentId);
  if (former) former.subIssueIds = former.subIssueIds.filter((id) => id !== child.id);
  parent.subIssueIds.push(child.id);
  child.parentId = parent.id;
  for (const action of ['sub_issue_added', 'parent_issue_added'] as const)
    host.announce({ kind: 'sub_issues', action, repository, parent, child }, sender);
  return done(parent);
}

function isAncestor(host: Host, candidate: Issue, issue: Issue): boolean {
  if (candidate.id === issue.id) return true;
  const above = issue.parentId === null ? undefined : host.state.issues.get(issue.parentId);
  return above !== undefined && isAncestor(host, candidate, above);
}

export const subIssuesOf = (host: Host, issue: Issue): Issue[] =>
  issue.subIssueIds.flatMap((id) => host.state.issues.get(id) ?? []);

export type IssueFilter = {
  readonly state: 'open' | 'closed' | 'all';
  readonly creatorId?: number;
  readonly assigneeId?: number;
  readonly labels?: readonly string[];
  readonly since?: string;
  readonly pulls: 'with' | 'without' | 'only';
};

/** Issues that match every given condition, oldest first. */
export function filterIssues(host: Host, repository: Repository, filter: IssueFilter): Issue[] {
  const lower = (name: string) => name.toLowerCase();
  return issuesOf(host.state, repository).filter(
    (issue) =>
      (filter.state === 'all' || issue.state === filter.state) &&
      (filter.creatorId === undefined || issue.authorId === filter.creatorId) &&
      (filter.assigneeId === undefined || issue.assigneeIds.includes(filter.assigneeId)) &&
      (filter.since === undefined || issue.updatedAt >= filter.since) &&
      (filter.labels ?? []).every((name) => issue.labels.map(lower).includes(lower(name))) &&
      (filter.pulls === 'with' || (issue.pull !== null) === (filter.pulls === 'only')),
  );
}
