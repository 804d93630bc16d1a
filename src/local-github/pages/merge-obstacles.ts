import { mergeProblems } from '../rules/judge-merge.ts';
import { needs, permit } from '../state/permissions.ts';
import { isMergeable } from '../state/pulls.ts';
import type { PullIssue, Repository } from '../state/types.ts';
import type { Visit } from './visit.ts';

/** Why this person cannot merge now in either way, one sentence each; empty where they can. */
export type Obstacles = { readonly merge: readonly string[]; readonly squash: readonly string[] };

export async function mergeObstacles(
  { host, viewer }: Visit,
  repository: Repository,
  issue: PullIssue,
): Promise<Obstacles> {
  if (issue.state !== 'open') return { merge: [], squash: [] };
  const both: string[] = [];
  if (!permit(host, viewer, repository, needs.writeContents).ok)
    both.push('Merging needs write access to this repository.');
  if (issue.pull.draft) both.push('This pull request is a draft.');
  if (!(await isMergeable(host, repository, issue.pull)))
    both.push(`There are conflicts with ${issue.pull.baseRef}.`);
  const ruled = (method: 'merge' | 'squash') =>
    mergeProblems(host, viewer, repository, issue, { method, through: 'button' });
  return {
    merge: [...both, ...(await ruled('merge'))],
    squash: [...both, ...(await ruled('squash'))],
  };
}
