import type { Host } from '../../state/host.ts';
import { issuesOf } from '../../state/lookup.ts';
import type { Issue, Repository } from '../../state/types.ts';

/** Pull requests that contain a commit, or that it merged. */
export async function associatedPulls(host: Host, repository: Repository, sha: string): Promise<Issue[]> {
  const git = host.git(repository);
  const found: Issue[] = [];
  for (const row of issuesOf(host.state, repository)) {
    const { pull } = row;
    if (pull === null) continue;
    const exact = pull.headSha === sha || pull.mergeSha === sha;
    if (exact || ((await git.isAncestor(sha, pull.headSha)) && !(await git.isAncestor(sha, pull.baseSha))))
      found.push(row);
  }
  return found;
}
