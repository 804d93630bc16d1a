import { mergeProblems } from '../rules/judge-merge.ts';
import { needs, permit } from '../state/permissions.ts';
import { isMergeable } from '../state/pulls.ts';
import type { PullIssue, Repository } from '../state/types.ts';
import type { Visit } from './visit.ts';

/** Why this person cannot merge now, one sentence each; empty when they can. */
export async function mergeObstacles(
  { host, viewer }: Visit,
  repository: Repository,
  issue: PullIssue,
): Promise<string[]> {
  if (issue.state !== 'open') return [];
  const obstacles: string[] = [];
  if (!permit(host, viewer, repository, needs.writeContents).ok)
    obstacles.push('Merging needs write access to this repository.');
  if (issue.pull.draft) obstacles.push('This pull request is a draft.');
  if (!(await isMergeable(host, repository, issue.pull)))
    obstacles.push(`There are conflicts with ${issue.pull.baseRef}.`);
  const merging = { method: 'merge', through: 'button' } as const;
  return [...obstacles, ...(await mergeProblems(host, viewer, repository, issue, merging))];
}
