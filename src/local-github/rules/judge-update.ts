import type { RefUpdate } from '../git/git-repository.ts';
import type { Host, Viewer } from '../state/host.ts';
import type { Repository } from '../state/types.ts';
import { checkProblems } from './required-checks.ts';
import { rulesFor } from './rules-for.ts';
import type { Rule } from './ruleset.ts';

/**
 * What a rule says of moving a ref directly, by git or the API: nothing, a sentence, or a sentence that holds only if the
 * commits themselves are of a certain form.
 */
export type Objection = {
  readonly message: string;
  /** `forced`: if it is no fast-forward; `merges`: if it brings merge commits; `unsigned`: if it brings unverified ones. */
  readonly only: 'forced' | 'merges' | 'unsigned' | null;
};

export function objections(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  update: RefUpdate,
): readonly Objection[] {
  return rulesFor(host, viewer, repository, update.ref, 'push').flatMap((rule) =>
    objectionOf(host, repository, update, rule),
  );
}

const always = (message: string): Objection[] => [{ message, only: null }];

function objectionOf(host: Host, repository: Repository, update: RefUpdate, rule: Rule): Objection[] {
  const creates = update.before === null;
  const deletes = update.after === null;
  switch (rule.type) {
    case 'creation':
      return creates ? always('Cannot create ref due to creations being restricted.') : [];
    case 'update':
      return creates || deletes ? [] : always('Cannot update this protected ref.');
    case 'deletion':
      return deletes ? always('Cannot delete this protected ref.') : [];
    case 'non_fast_forward':
      return creates || deletes ? [] : [{ message: 'Cannot force-push to this branch.', only: 'forced' }];
    case 'required_linear_history':
      return deletes ? [] : [{ message: 'This branch must not contain merge commits.', only: 'merges' }];
    case 'required_signatures':
      return deletes ? [] : [{ message: 'Commits must have verified signatures.', only: 'unsigned' }];
    case 'pull_request':
      return creates || deletes ? [] : always('Changes must be made through a pull request.');
    case 'merge_queue':
      return creates || deletes ? [] : always('Changes must be made through the merge queue.');
    case 'required_status_checks':
      if (update.after === null || (creates && rule.parameters.do_not_enforce_on_create)) return [];
      return checkProblems(host.state, repository, update.after, rule.parameters).flatMap(always);
  }
}

/** Why a ref must not move so, where the commits are in the repository already; empty when it may. */
export async function updateProblems(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  update: RefUpdate,
): Promise<string[]> {
  const found: string[] = [];
  for (const { message, only } of objections(host, viewer, repository, update))
    if (only === null || (await isOfForm(host, repository, update, only))) found.push(message);
  return found;
}

async function isOfForm(
  host: Host,
  repository: Repository,
  { before, after }: RefUpdate,
  only: NonNullable<Objection['only']>,
): Promise<boolean> {
  const git = host.git(repository);
  if (after === null) return false;
  if (only === 'forced') return before !== null && !(await git.isAncestor(before, after));
  const from = before ?? (await git.readRef(`refs/heads/${repository.defaultBranch}`));
  const commits = await git.commitsBetween(from, after);
  return only === 'merges'
    ? commits.some(({ parents }) => parents.length > 1)
    : commits.some(({ sha }) => !repository.verifiedCommits.includes(sha));
}

/** As GitHub words a refusal of the API. */
export const violationMessage = (problems: readonly string[]): string =>
  ['Repository rule violations found', ...problems].join('\n\n');
