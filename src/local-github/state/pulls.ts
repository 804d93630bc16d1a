import { isRefName } from '../git/ref-name.ts';
import { mergeProblems } from '../rules/judge-merge.ts';
import { violationMessage } from '../rules/judge-update.ts';
import { signatures } from './commits.ts';
import { keepHead, markMerged, measurePull } from './follow-pulls.ts';
import type { Host, Viewer } from './host.ts';
import { stamp } from './host.ts';
import { addIssueRow, textProblems } from './issues.ts';
import { accountById, fullName, isPull, issuesOf } from './lookup.ts';
import { done, fail, forbidden, invalid, type Outcome, problem } from './outcome.ts';
import { actorId, needs, notByIntegration, permit } from './permissions.ts';
import { moveRef } from './refs.ts';
import { nextId } from './state.ts';
import type { Pull, PullIssue, Repository } from './types.ts';

export type NewPull = {
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
};

/** Opens a pull request between two branches of one repository. */
export async function createPull(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  input: NewPull,
): Promise<Outcome<PullIssue>> {
  const allowed = permit(host, viewer, repository, needs.writePulls);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const problems = textProblems('PullRequest', { title: input.title, body: input.body });
  if (problems.length > 0) return invalid(problems);
  const git = host.git(repository);
  const owner = accountById(host.state, repository.ownerId).login;
  const headRef = input.head.startsWith(`${owner}:`) ? input.head.slice(owner.length + 1) : input.head;
  const read = async (branch: string) =>
    isRefName(`refs/heads/${branch}`) ? git.readRef(`refs/heads/${branch}`) : null;
  const [headSha, baseSha] = [await read(headRef), await read(input.base)];
  if (headSha === null) return invalid([problem('PullRequest', 'head', 'invalid')]);
  if (baseSha === null) return invalid([problem('PullRequest', 'base', 'invalid')]);
  const open = issuesOf(host.state, repository).some(
    (row) => row.state === 'open' && row.pull?.headRef === headRef && row.pull.baseRef === input.base,
  );
  const custom = (message: string) => invalid([problem('PullRequest', 'base', 'custom', message)]);
  if (open) return custom(`A pull request already exists for ${owner}:${headRef}.`);
  if (await git.isAncestor(headSha, baseSha))
    return custom(`No commits between ${input.base} and ${headRef}`);
  const pull: Pull = {
    id: nextId(host.state, 'pull'),
    headRepositoryId: repository.id,
    headRef,
    headSha,
    baseRef: input.base,
    baseSha,
    draft: input.draft,
    mergedAt: null,
    mergedById: null,
    mergeSha: null,
    size: await measurePull(git, baseSha, headSha),
  };
  const issue = addIssueRow(host, viewer, repository, { title: input.title, body: input.body, pull });
  await keepHead(git, issue, headSha);
  host.announce({ kind: 'pull_request', action: 'opened', repository, issue }, sender);
  if (!isPull(issue)) throw new Error('a pull request row lost its pull');
  return done(issue);
}

/** Moves a pull request to another base branch. */
export async function changeBase(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
  baseRef: string,
): Promise<Outcome<true>> {
  const allowed = permit(host, viewer, repository, { ...needs.writePulls, role: 'write' });
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  if (baseRef === issue.pull.baseRef) return done(true);
  const git = host.git(repository);
  const baseSha = await git.readRef(`refs/heads/${baseRef}`);
  if (baseSha === null) return invalid([problem('PullRequest', 'base', 'invalid')]);
  const from = { baseRef: issue.pull.baseRef };
  issue.pull.baseRef = baseRef;
  issue.pull.baseSha = baseSha;
  issue.pull.size = await measurePull(git, baseSha, issue.pull.headSha);
  host.announce({ kind: 'pull_request', action: 'edited', repository, issue, from }, sender);
  return done(true);
}

/** Whether the two sides merge without a conflict. */
export async function isMergeable(host: Host, repository: Repository, pull: Pull): Promise<boolean> {
  return (await host.git(repository).mergeTree(pull.baseSha, pull.headSha)) !== null;
}

export type MergeWish = {
  readonly method: 'merge' | 'squash' | 'rebase';
  readonly headSha?: string;
  readonly title?: string;
  readonly message?: string;
};

/** Merges with a merge commit or as one squashed commit; returns the commit's SHA. */
export async function mergePull(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<Outcome<string>> {
  const allowed = permit(host, viewer, repository, needs.writeContents);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const refused = (message: string) => fail({ kind: 'not-mergeable', message });
  if (wish.method === 'rebase') return refused('Rebase merges are not allowed on this repository.');
  const { pull } = issue;
  const git = host.git(repository);
  return git.exclusive(async () => {
    if (issue.state !== 'open' || pull.draft) return refused('Pull Request is not mergeable');
    if (wish.headSha !== undefined && wish.headSha !== pull.headSha)
      return fail({ kind: 'conflict', message: 'Head branch was modified. Review and try the merge again.' });
    const problems = await mergeProblems(host, viewer, repository, issue, {
      method: wish.method,
      through: 'button',
    });
    if (problems.length > 0) return refused(violationMessage(problems));
    const ref = `refs/heads/${pull.baseRef}`;
    const base = await git.readRef(ref);
    const treeSha = base === null ? null : await git.mergeTree(base, pull.headSha);
    if (base === null || treeSha === null) return refused('Pull Request is not mergeable');
    const sha = await git.writeCommit({
      treeSha,
      parents: wish.method === 'squash' ? [base] : [base, pull.headSha],
      message: mergeMessage(host, repository, issue, wish),
      ...signatures(host, accountById(host.state, sender), {}),
    });
    repository.verifiedCommits.push(sha);
    pull.baseSha = base;
    markMerged(host, issue, pull, sha, sender);
    const update = { ref, before: base, after: sha };
    const moved = await moveRef(host, repository, update, { actor: sender, kind: 'pr_merge' });
    if (!moved) throw new Error(`${ref} moved although writers take turns`);
    issue.updatedAt = stamp(host);
    host.announce({ kind: 'pull_request', action: 'closed', repository, issue }, sender);
    return done(sha);
  });
}

function mergeMessage(host: Host, repository: Repository, issue: PullIssue, wish: MergeWish): string {
  const owner = fullName(host.state, repository).split('/')[0];
  const squash = wish.method === 'squash';
  const title = squash
    ? `${issue.title} (#${issue.number})`
    : `Merge pull request #${issue.number} from ${owner}/${issue.pull.headRef}`;
  const body = wish.message ?? (squash ? (issue.body ?? '') : issue.title);
  return `${wish.title ?? title}${body === '' ? '' : `\n\n${body}`}`;
}

/** Pull requests a commit belongs to: it came with them, or it is what they became. */
export async function pullsWithCommit(host: Host, repository: Repository, sha: string): Promise<PullIssue[]> {
  const git = host.git(repository);
  const found: PullIssue[] = [];
  for (const issue of issuesOf(host.state, repository)) {
    if (!isPull(issue)) continue;
    const { pull } = issue;
    const direct = pull.headSha === sha || pull.mergeSha === sha;
    const inside =
      direct || ((await git.isAncestor(sha, pull.headSha)) && !(await git.isAncestor(sha, pull.baseSha)));
    if (inside) found.push(issue);
  }
  return found;
}
