import { mergeProblems } from '../rules/judge-merge.ts';
import { violationMessage } from '../rules/judge-update.ts';
import { checkState } from '../rules/required-checks.ts';
import { rulesetsFor } from '../rules/rules-for.ts';
import { signatures } from '../state/commits.ts';
import { markMerged } from '../state/follow-pulls.ts';
import type { Host, Viewer } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { accountById, isPull, repositoryById } from '../state/lookup.ts';
import { done, forbidden, invalid, notFound, type Outcome } from '../state/outcome.ts';
import { actorId, needs, notByIntegration, permit } from '../state/permissions.ts';
import { moveRef } from '../state/refs.ts';
import { nextId } from '../state/state.ts';
import type { PullIssue, Repository } from '../state/types.ts';
import type { MergeGroup, QueueEntry } from './queue-entry.ts';

const rulesOf = (repository: Repository, baseRef: string) =>
  rulesetsFor(repository, `refs/heads/${baseRef}`).flatMap(({ rules }) => rules);

/** The queue of a branch, in the order in which its pull requests will be merged. */
export const queueOf = (host: Host, repository: Repository, baseRef: string): QueueEntry[] =>
  [...host.state.queue.values()].filter(
    (row) => row.repositoryId === repository.id && row.baseRef === baseRef,
  );

/**
 * Puts a pull request into the queue of its base branch; a group of one is built for whoever is first. The rules must
 * let it in, apart from what only the queue can know: how the checks of the merged commit end. The rest follows from
 * what is announced.
 */
export async function enqueue(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
): Promise<Outcome<QueueEntry>> {
  const allowed = permit(host, viewer, repository, needs.writeContents);
  if (!allowed.ok) return allowed;
  const actor = actorId(host, viewer);
  if (actor === null) return forbidden(notByIntegration);
  const { baseRef } = issue.pull;
  if (!rulesOf(repository, baseRef).some(({ type }) => type === 'merge_queue'))
    return invalid([], `The merge queue is not enabled for ${baseRef}`);
  if (issue.state !== 'open' || issue.pull.draft) return invalid([], 'Pull request is not mergeable');
  if ([...host.state.queue.values()].some((row) => row.issueId === issue.id))
    return invalid([], 'Pull request is already in the queue');
  const merging = { method: 'merge', through: 'queue' } as const;
  const problems = await mergeProblems(host, viewer, repository, issue, merging);
  if (problems.length > 0) return invalid([], violationMessage(problems));
  const entry: QueueEntry = {
    id: nextId(host.state, 'queue'),
    repositoryId: repository.id,
    issueId: issue.id,
    baseRef,
    enqueuedById: actor,
    enqueuedAt: stamp(host),
    group: null,
  };
  host.state.queue.set(entry.id, entry);
  host.announce({ kind: 'pull_request', action: 'enqueued', repository, issue }, actor);
  return done(entry);
}

/** Takes a pull request out of the queue by hand. */
export async function dequeue(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
): Promise<Outcome<QueueEntry>> {
  const allowed = permit(host, viewer, repository, needs.writeContents);
  if (!allowed.ok) return allowed;
  const entry = [...host.state.queue.values()].find((row) => row.issueId === issue.id);
  if (entry === undefined) return notFound('Pull request is not in the queue');
  await leave(host, entry, 'dequeued', 'MANUAL');
  return done(entry);
}

/** Builds, merges or drops what is first in a queue, as far as the checks allow it now. */
export async function advanceQueue(host: Host, repository: Repository, baseRef: string): Promise<void> {
  for (;;) {
    const [entry] = queueOf(host, repository, baseRef);
    if (entry === undefined) return;
    if (entry.group === null) entry.group = await build(host, repository, entry);
    const { group } = entry;
    if (!host.state.queue.has(entry.id)) {
      // It was taken out while its group was being built, which nobody has heard of.
      await removeRef(host, entry);
      continue;
    }
    if (group !== null && entry.announced !== group.headSha) {
      entry.announced = group.headSha;
      host.announce(
        { kind: 'merge_group', action: 'checks_requested', repository, entry },
        entry.enqueuedById,
      );
    }
    if (group === null) {
      await leave(host, entry, 'invalidated', 'MERGE_CONFLICT');
      continue;
    }
    const states = checksOf(host, repository, baseRef, group.headSha);
    if (states.includes('failing')) await leave(host, entry, 'dequeued', 'CI_FAILURE');
    else if (states.every((state) => state === 'passing')) await land(host, repository, entry, group);
    else return;
  }
}

const checksOf = (host: Host, repository: Repository, baseRef: string, sha: string) =>
  rulesOf(repository, baseRef).flatMap((rule) =>
    rule.type === 'required_status_checks'
      ? rule.parameters.required_status_checks.map((check) => checkState(host.state, repository, sha, check))
      : [],
  );

function pullOf(host: Host, entry: QueueEntry): PullIssue {
  const issue = host.state.issues.get(entry.issueId);
  if (issue === undefined || !isPull(issue)) throw new Error(`queue entry ${entry.id} lost its pull request`);
  return issue;
}

/** Merges onto the branch's head on a ref of its own and asks for checks there; null when it conflicts. */
async function build(host: Host, repository: Repository, entry: QueueEntry): Promise<MergeGroup | null> {
  const issue = pullOf(host, entry);
  const git = host.git(repository);
  const group = await git.exclusive(async () => {
    const baseSha = await git.readRef(`refs/heads/${entry.baseRef}`);
    const treeSha = baseSha === null ? null : await git.mergeTree(baseSha, issue.pull.headSha);
    if (baseSha === null || treeSha === null) return null;
    const headSha = await git.writeCommit({
      treeSha,
      parents: [baseSha, issue.pull.headSha],
      message: `Merge pull request #${issue.number} from ${issue.pull.headRef}\n\n${issue.title}`,
      ...signatures(host, accountById(host.state, entry.enqueuedById), {}),
    });
    repository.verifiedCommits.push(headSha);
    const headRef = `refs/heads/gh-readonly-queue/${entry.baseRef}/pr-${issue.number}-${baseSha}`;
    const move = { actor: entry.enqueuedById, kind: 'push' } as const;
    await moveRef(
      host,
      repository,
      { ref: headRef, before: await git.readRef(headRef), after: headSha },
      move,
    );
    return { headSha, headRef, baseSha, commit: await git.readCommit(headSha) };
  });
  if (group?.commit == null) return null;
  const { commit, ...rest } = group;
  return { ...rest, treeSha: commit.treeSha, message: commit.message, timestamp: commit.committer.date };
}

/** Moves the branch to what was checked. Where the branch has moved meanwhile, the group is built anew. */
async function land(host: Host, repository: Repository, entry: QueueEntry, group: MergeGroup): Promise<void> {
  const issue = pullOf(host, entry);
  const git = host.git(repository);
  const ref = `refs/heads/${entry.baseRef}`;
  const actor = entry.enqueuedById;
  const merged = await git.exclusive(async () => {
    if ((await git.readRef(ref)) !== group.baseSha) return false;
    issue.pull.baseSha = group.baseSha;
    markMerged(host, issue, issue.pull, group.headSha, actor);
    const update = { ref, before: group.baseSha, after: group.headSha };
    return moveRef(host, repository, update, { actor, kind: 'pr_merge' });
  });
  if (!merged) {
    await dropGroup(host, entry, 'invalidated');
    return;
  }
  await leave(host, entry, 'merged', 'MERGE');
  host.announce({ kind: 'pull_request', action: 'closed', repository, issue }, actor);
}

export type GroupEnd = 'merged' | 'invalidated' | 'dequeued';

async function leave(host: Host, entry: QueueEntry, end: GroupEnd, reason: string): Promise<void> {
  host.state.queue.delete(entry.id);
  const repository = repositoryById(host.state, entry.repositoryId);
  const issue = pullOf(host, entry);
  host.announce({ kind: 'pull_request', action: 'dequeued', repository, issue, reason }, entry.enqueuedById);
  await dropGroup(host, entry, end);
}

async function dropGroup(host: Host, entry: QueueEntry, reason: GroupEnd): Promise<void> {
  const told = entry.group === null ? null : { ...entry };
  await removeRef(host, entry);
  if (told === null) return;
  const repository = repositoryById(host.state, entry.repositoryId);
  host.announce(
    { kind: 'merge_group', action: 'destroyed', repository, entry: told, reason },
    told.enqueuedById,
  );
}

async function removeRef(host: Host, entry: QueueEntry): Promise<void> {
  const { group } = entry;
  if (group === null) return;
  entry.group = null;
  const repository = repositoryById(host.state, entry.repositoryId);
  const update = { ref: group.headRef, before: group.headSha, after: null };
  const move = { actor: entry.enqueuedById, kind: 'push' } as const;
  await host.git(repository).exclusive(() => moveRef(host, repository, update, move));
}
