import type { Host, Viewer } from '../state/host.ts';
import { reviewsOf } from '../state/lookup.ts';
import { roleOf } from '../state/permissions.ts';
import { atLeast } from '../state/teams.ts';
import type { PullIssue, Repository, Review } from '../state/types.ts';
import { checkProblems } from './required-checks.ts';
import { rulesFor } from './rules-for.ts';
import type { Rule } from './ruleset.ts';

export type Merging = {
  readonly method: 'merge' | 'squash' | 'rebase';
  readonly through: 'button' | 'queue';
};

/** Why a pull request must not be merged by this viewer, one sentence each; empty when rules allow it. */
export async function mergeProblems(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
  merging: Merging,
): Promise<string[]> {
  const rules = rulesFor(host, viewer, repository, `refs/heads/${issue.pull.baseRef}`, 'pull_request');
  const found: string[] = [];
  for (const rule of rules) found.push(...(await problemsOf(host, repository, issue, merging, rule)));
  return found;
}

async function problemsOf(
  host: Host,
  repository: Repository,
  issue: PullIssue,
  { method, through }: Merging,
  rule: Rule,
): Promise<string[]> {
  const { headSha, baseRef } = issue.pull;
  switch (rule.type) {
    case 'update':
      return ['Cannot update this protected ref.'];
    case 'required_linear_history':
      return method === 'merge' ? ['This branch must not contain merge commits.'] : [];
    case 'merge_queue':
      return through === 'queue' ? [] : ['Changes must be made through the merge queue.'];
    case 'pull_request':
      return reviewProblems(host, repository, issue, rule.parameters.required_approving_review_count);
    case 'required_status_checks': {
      // A queue asks for the checks of the merged commit afterwards.
      const problems = checkProblems(host.state, repository, headSha, rule.parameters);
      if (through === 'queue' || !rule.parameters.strict_required_status_checks_policy) return problems;
      const git = host.git(repository);
      const base = await git.readRef(`refs/heads/${baseRef}`);
      const behind = base !== null && !(await git.isAncestor(base, headSha));
      return behind ? [...problems, 'The head branch is not up to date with the base branch.'] : problems;
    }
    default:
      return [];
  }
}

/** The latest verdict of each person with write access counts; one that asks for changes blocks. */
function reviewProblems(host: Host, repository: Repository, issue: PullIssue, needed: number): string[] {
  const verdicts = new Map<number, Review['state']>();
  for (const review of reviewsOf(host.state, issue))
    if (review.state !== 'COMMENTED' && atLeast(roleOf(host.state, review.authorId, repository), 'write'))
      verdicts.set(review.authorId, review.state);
  const of = (state: Review['state']) => [...verdicts.values()].filter((each) => each === state).length;
  if (needed === 0) return [];
  const few = of('APPROVED') < needed;
  return [
    ...(few ? [`At least ${needed} approving review${needed === 1 ? ' is' : 's are'} required.`] : []),
    ...(of('CHANGES_REQUESTED') > 0 ? ['A reviewer with write access requests changes.'] : []),
  ];
}
