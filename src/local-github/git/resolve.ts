import type { GitCommit, GitRepository } from './git-repository.ts';
import { isRefName } from './ref-name.ts';

/** What people mean by a revision: a branch, a tag, a full ref, or a (possibly short) SHA. Null for nothing. */
export async function resolveCommit(git: GitRepository, revision: string): Promise<GitCommit | null> {
  const candidates = [`refs/heads/${revision}`, `refs/tags/${revision}`, revision, `refs/${revision}`];
  for (const ref of candidates) {
    if (!isRefName(ref)) continue;
    if ((await git.readRef(ref)) !== null) return git.readCommit(ref);
  }
  return /^[0-9a-f]{4,40}$/i.test(revision) ? git.readCommit(revision.toLowerCase()) : null;
}
