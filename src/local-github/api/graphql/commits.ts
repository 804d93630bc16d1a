import type { GitCommit } from '../../git/git-repository.ts';
import type { Repository } from '../../state/types.ts';
import type { Context } from './context.ts';

export type CommitSource = {
  readonly kind: 'Commit';
  readonly repository: Repository;
  readonly oid: string;
  readonly row: GitCommit;
};

/** The commit of a sha, or null when the repository has none. */
export async function commitAt(
  { host }: Context,
  repository: Repository,
  sha: string,
): Promise<CommitSource | null> {
  const row = await host.git(repository).readCommit(sha);
  return row === null ? null : { kind: 'Commit', repository, oid: row.sha, row };
}
