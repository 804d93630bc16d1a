import type { GitRepository } from '../git/git-repository.ts';
import type { Host } from './host.ts';
import { stamp } from './host.ts';
import { issuesOf } from './lookup.ts';
import type { Issue, Pull, PullSize, Repository } from './types.ts';

/** How much a pull request changes, counted from where it left its base. */
export async function measurePull(git: GitRepository, baseSha: string, headSha: string): Promise<PullSize> {
  const from = await git.mergeBase(baseSha, headSha);
  const files = await git.changedFiles(from, headSha, true);
  const commits = await git.commitsBetween(baseSha, headSha);
  const sum = (field: 'additions' | 'deletions') => files.reduce((total, file) => total + file[field], 0);
  return {
    commits: commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changedFiles: files.length,
  };
}

/** Points `refs/pull/N/head` at the head, which keeps its commits reachable when the branch goes. */
export async function keepHead(git: GitRepository, issue: Issue, headSha: string): Promise<void> {
  const ref = `refs/pull/${issue.number}/head`;
  await git.updateRefs([{ ref, before: await git.readRef(ref), after: headSha }]);
}

/** Open pull requests follow their branches; one whose head reached its base by a push counts as merged. */
export async function followPulls(
  host: Host,
  repository: Repository,
  branch: string,
  after: string,
  actor: number,
): Promise<void> {
  const git = host.git(repository);
  for (const issue of issuesOf(host.state, repository)) {
    const { pull } = issue;
    if (pull === null || issue.state !== 'open') continue;
    if (pull.headRef === branch) await followHead(host, repository, issue, pull, after, actor);
    if (pull.baseRef !== branch) continue;
    if (await git.isAncestor(pull.headSha, after)) {
      markMerged(host, issue, pull, after, actor);
      host.announce({ kind: 'pull_request', action: 'closed', repository, issue }, actor);
    } else pull.baseSha = after;
  }
}

async function followHead(
  host: Host,
  repository: Repository,
  issue: Issue,
  pull: Pull,
  after: string,
  actor: number,
): Promise<void> {
  const before = pull.headSha;
  if (before === after) return;
  const git = host.git(repository);
  pull.headSha = after;
  pull.size = await measurePull(git, pull.baseSha, after);
  issue.updatedAt = stamp(host);
  await keepHead(git, issue, after);
  host.announce({ kind: 'pull_request', action: 'synchronize', repository, issue, before, after }, actor);
}

export function markMerged(host: Host, issue: Issue, pull: Pull, sha: string, actor: number): void {
  const at = stamp(host);
  issue.state = 'closed';
  issue.closedAt = at;
  issue.closedById = actor;
  issue.updatedAt = at;
  pull.mergedAt = at;
  pull.mergedById = actor;
  pull.mergeSha = sha;
}
