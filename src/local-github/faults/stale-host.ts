import type { GitRepository } from '../git/git-repository.ts';
import { zeroSha } from '../git/sha.ts';
import type { Host } from '../state/host.ts';
import type { Repository } from '../state/types.ts';

/**
 * The host as a replica that lags behind shows it: every branch and tag as it was `changes` moves ago, and without the
 * newest `changes` comments. Objects that are asked for by their own name are all there. For reads only.
 */
export function staleHost(host: Host, changes: number): Host {
  const comments = [...host.state.comments].sort(([a], [b]) => a - b);
  return {
    ...host,
    state: { ...host.state, comments: new Map(comments.slice(0, Math.max(0, comments.length - changes))) },
    git: (repository) => staleGit(host.git(repository), repository, changes),
  };
}

function staleGit(git: GitRepository, repository: Repository, changes: number): GitRepository {
  const past = (ref: string, now: string | null): string | null => {
    const moves = repository.activity.filter((move) => move.ref === ref);
    if (moves.length === 0) return now;
    const then = moves[Math.max(0, moves.length - changes)]?.before ?? zeroSha;
    return then === zeroSha ? null : then;
  };
  /** A revision that is a ref means what it meant then; the empty one means nothing. */
  const revised = (revision: string): string =>
    revision.startsWith('refs/') ? (past(revision, revision) ?? '') : revision;
  return {
    ...git,
    readRef: async (ref) => past(ref, await git.readRef(ref)),
    refs: async (prefix) =>
      (await git.refs(prefix)).flatMap(({ ref, sha }) => {
        const then = past(ref, sha);
        return then === null ? [] : [{ ref, sha: then }];
      }),
    readObject: (revision) => git.readObject(revised(revision)),
    readCommit: (revision) => git.readCommit(revised(revision)),
    readTree: (revision, recursive) => git.readTree(revised(revision), recursive),
    entryAt: (revision, path) => git.entryAt(revised(revision), path),
  };
}
