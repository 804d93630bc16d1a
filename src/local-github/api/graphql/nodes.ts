// From a node id to what it names, as far as the viewer may know of it.

import { issueById, repositoryById } from '../../state/lookup.ts';
import { type NodeName, parseNodeId } from '../../state/node-ids.ts';
import { canSee, type Need, needs, permit, permitMembers, seesTeam } from '../../state/permissions.ts';
import type { Issue, Repository } from '../../state/types.ts';
import { commitAt } from './commits.ts';
import type { Context } from './context.ts';
import { failure, orRefuse } from './failure.ts';
import { type ObjectSource, objectAt } from './objects.ts';
import { refNamed } from './repositories.ts';
import * as sources from './sources.ts';

export type NodeSource =
  | sources.AccountSource
  | sources.TeamSource
  | sources.AppSource
  | sources.RepositorySource
  | sources.RefSource
  | sources.IssueSource
  | sources.PullSource
  | sources.CommentSource
  | sources.ReviewSource
  | sources.EventSource
  | sources.LabelSource
  | sources.SuiteSource
  | sources.RunSource
  | ObjectSource;

/** Hides what lives in a repository the viewer cannot see; refuses what the viewer may see but not read. */
function within<T>({ host, viewer }: Context, row: Repository, need: Need, found: T): T | null {
  if (!canSee(host, viewer, row)) return null;
  orRefuse(permit(host, viewer, row, need));
  return found;
}

function ofIssue<T>(context: Context, row: Issue | undefined, make: (row: Issue) => T): T | null {
  if (row === undefined) return null;
  const need = row.pull ? needs.readPulls : needs.readIssues;
  return within(context, repositoryById(context.host.state, row.repositoryId), need, make(row));
}

function accountNode({ host }: Context, key: number): sources.AccountSource | null {
  return host.state.accounts.has(key) ? sources.account(host.state, key) : null;
}

function teamNode({ host, viewer }: Context, key: number): sources.TeamSource | null {
  const row = host.state.teams.get(key);
  const visible =
    row !== undefined && seesTeam(viewer, row) && permitMembers(host, viewer, row.organizationId).ok;
  return visible ? sources.team(row) : null;
}

function checkNode(context: Context, kind: 'check-suite' | 'check-run', key: number) {
  const { state } = context.host;
  const suite = kind === 'check-suite' ? state.suites.get(key) : undefined;
  const run = kind === 'check-run' ? state.runs.get(key) : undefined;
  const found = suite ? sources.suite(suite) : run ? sources.run(run) : null;
  return found && within(context, repositoryById(state, found.row.repositoryId), needs.readChecks, found);
}

function labelNode(context: Context, key: number): sources.LabelSource | null {
  for (const row of context.host.state.repositories.values()) {
    const found = row.labels.find((label) => label.id === key);
    if (found) return within(context, row, needs.readIssues, sources.label(found));
  }
  return null;
}

/** What hangs on an issue or pull request: comments, reviews, remains of deleted comments. */
function writtenNode(context: Context, kind: 'comment' | 'review' | 'event', key: number) {
  const { state } = context.host;
  const comment = kind === 'comment' ? state.comments.get(key) : undefined;
  if (comment) return ofIssue(context, issueById(state, comment.issueId), () => sources.comment(comment));
  const review = kind === 'review' ? state.reviews.get(key) : undefined;
  if (review) return ofIssue(context, issueById(state, review.issueId), () => sources.review(review));
  const event = kind === 'event' ? state.events.get(key) : undefined;
  return event ? ofIssue(context, issueById(state, event.issueId), () => sources.event(event)) : null;
}

/** Keys of git objects and refs are `<repository id>:<sha or ref>`. */
async function gitNode(context: Context, { kind, key }: NodeName): Promise<NodeSource | null> {
  const colon = key.indexOf(':');
  const row = context.host.state.repositories.get(Number(key.slice(0, colon)));
  const name = key.slice(colon + 1);
  if (row === undefined || !canSee(context.host, context.viewer, row)) return null;
  orRefuse(permit(context.host, context.viewer, row, needs.readContents));
  if (kind === 'ref') return refNamed(context, row, name);
  return kind === 'commit' ? commitAt(context, row, name) : objectAt(context, row, name);
}

/** The thing a node id names, or null when there is none the viewer may know of. */
export async function findNode(context: Context, id: string): Promise<NodeSource | null> {
  const name = parseNodeId(id);
  if (name === null) return null;
  const { state } = context.host;
  const key = Number(name.key);
  switch (name.kind) {
    case 'user':
    case 'bot':
    case 'organization':
      return accountNode(context, key);
    case 'team':
      return teamNode(context, key);
    case 'app': {
      const row = state.apps.get(key);
      return row === undefined ? null : sources.app(row);
    }
    case 'repository': {
      const row = state.repositories.get(key);
      return row === undefined ? null : within(context, row, needs.metadata, sources.repository(row));
    }
    case 'issue':
    case 'pull':
      return ofIssue(context, state.issues.get(key), sources.issueOrPull);
    case 'comment':
    case 'review':
    case 'event':
      return writtenNode(context, name.kind, key);
    case 'check-suite':
    case 'check-run':
      return checkNode(context, name.kind, key);
    case 'label':
      return labelNode(context, key);
    case 'commit':
    case 'ref':
    case 'tree':
    case 'blob':
      return gitNode(context, name);
    case 'installation':
    case 'reaction':
      return null;
  }
}

/** The node an `id` argument names; NOT_FOUND when it names nothing of the wanted kinds. */
export async function nodeOf<Kind extends NodeSource['kind']>(
  context: Context,
  id: string,
  ...kinds: readonly Kind[]
): Promise<Extract<NodeSource, { kind: Kind }>> {
  const found = await findNode(context, id);
  const isWanted = (node: NodeSource): node is Extract<NodeSource, { kind: Kind }> =>
    kinds.some((kind) => kind === node.kind);
  if (found !== null && isWanted(found)) return found;
  const what = kinds.length === 0 ? 'a node' : `${kinds.join(' or ')} node`;
  throw failure('NOT_FOUND', `Could not resolve to ${what} with the global id of '${id}'`);
}
