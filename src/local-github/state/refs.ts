import type { GitRepository, RefUpdate } from '../git/git-repository.ts';
import { zeroSha } from '../git/sha.ts';
import type { PushedCommit } from './changes.ts';
import { suiteFor } from './checks.ts';
import { followPulls } from './follow-pulls.ts';
import type { Host } from './host.ts';
import { stamp } from './host.ts';
import { nextId } from './state.ts';
import type { Activity, Repository } from './types.ts';

export type Move = { readonly actor: number; readonly kind: Activity['kind'] };

/**
 * Moves one ref by compare-and-swap and tells the world. False when somebody else was faster. Call inside
 * `exclusive`.
 */
export async function moveRef(
  host: Host,
  repository: Repository,
  update: RefUpdate,
  move: Move,
): Promise<boolean> {
  const git = host.git(repository);
  if (!(await git.updateRefs([update]))) return false;
  await refMoved(host, repository, update, move);
  return true;
}

/** Everything that follows from a ref that has already moved: activity, suites, webhooks, pull requests. */
export async function refMoved(
  host: Host,
  repository: Repository,
  update: RefUpdate,
  move: Move,
): Promise<void> {
  const git = host.git(repository);
  const before = update.before ?? zeroSha;
  const after = update.after ?? zeroSha;
  const forced =
    update.before !== null && update.after !== null && !(await git.isAncestor(update.before, update.after));
  repository.pushedAt = stamp(host);
  repository.activity.push({
    id: nextId(host.state, 'activity'),
    ref: update.ref,
    before,
    after,
    kind: activityKind(update, forced, move.kind),
    actorId: move.actor,
    at: repository.pushedAt,
  });
  const named = /^refs\/(heads|tags)\/(.+)$/s.exec(update.ref);
  const refType = named?.[1] === 'tags' ? 'tag' : 'branch';
  const name = named?.[2] ?? update.ref;
  if (update.before === null) host.announce({ kind: 'create', repository, ref: name, refType }, move.actor);
  if (update.after === null) host.announce({ kind: 'delete', repository, ref: name, refType }, move.actor);
  const commits = update.after === null ? [] : await pushedCommits(git, update, repository);
  host.announce({ kind: 'push', repository, ref: update.ref, before, after, forced, commits }, move.actor);
  if (refType === 'branch' && update.after !== null)
    await openSuites(host, repository, update.after, name, move.actor);
  if (refType === 'branch' && update.after !== null)
    await followPulls(host, repository, name, update.after, move.actor);
}

function activityKind(update: RefUpdate, forced: boolean, kind: Activity['kind']): Activity['kind'] {
  if (update.before === null) return 'branch_creation';
  if (update.after === null) return 'branch_deletion';
  return forced ? 'force_push' : kind;
}

/** At most 2,048 commits, oldest first, as GitHub lists them. */
async function pushedCommits(
  git: GitRepository,
  update: RefUpdate,
  repository: Repository,
): Promise<PushedCommit[]> {
  if (update.after === null) return [];
  const main = await git.readRef(`refs/heads/${repository.defaultBranch}`);
  const from = update.before ?? (main === update.after ? null : main);
  const commits = await git.commitsBetween(from, update.after, { limit: 2_048 });
  const pushed: PushedCommit[] = [];
  for (const commit of [...commits].reverse()) {
    const files = await git.changedFiles(commit.parents[0] ?? null, commit.sha, false);
    const paths = (status: string) => files.filter((file) => file.status === status).map((file) => file.path);
    pushed.push({
      sha: commit.sha,
      treeSha: commit.treeSha,
      message: commit.message,
      timestamp: commit.committer.date,
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
      added: paths('added'),
      removed: paths('removed'),
      modified: paths('modified'),
    });
  }
  return pushed;
}

/** GitHub opens a suite per push for every installed App that may write checks. */
async function openSuites(
  host: Host,
  repository: Repository,
  sha: string,
  branch: string,
  actor: number,
): Promise<void> {
  const commit = await host.git(repository).readCommit(sha);
  if (commit === null) return;
  for (const installation of host.state.installations.values()) {
    const app = host.state.apps.get(installation.appId);
    if (installation.accountId !== repository.ownerId || app?.permissions['checks'] !== 'write') continue;
    const { suite, created } = suiteFor(host, repository, app.id, commit, branch);
    if (created) host.announce({ kind: 'check_suite', action: 'requested', repository, suite }, actor);
  }
}
