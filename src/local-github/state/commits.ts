import type { GitCommit, TreeEdit } from '../git/git-repository.ts';
import { isTreePath } from '../git/tree-path.ts';
import { updateProblems, violationMessage } from '../rules/judge-update.ts';
import type { Host, Viewer } from './host.ts';
import { stamp } from './host.ts';
import { accountById } from './lookup.ts';
import { done, fail, forbidden, invalid, type Outcome } from './outcome.ts';
import { actorId, needs, notByIntegration, permit } from './permissions.ts';
import { moveRef } from './refs.ts';
import type { Account, Repository } from './types.ts';

export type Person = { readonly name: string; readonly email: string; readonly date?: string };

/** The e-mail address GitHub gives an account: it proves the numeric id, whatever the login becomes. */
export const noreplyAddress = (account: Account): string =>
  `${account.id}+${account.login}@users.noreply.github.com`;

export const webFlow: Person = { name: 'GitHub', email: 'noreply@github.com' };

/** The account a commit's e-mail address belongs to, or null: an address is a claim that anybody can write into a commit. */
export function accountOfEmail(host: Host, email: string): Account | null {
  const id = /^(\d+)\+.*@users\.noreply\.github\.com$/i.exec(email)?.[1];
  const account = id === undefined ? undefined : host.state.accounts.get(Number(id));
  if (account) return account;
  const login = /^([^@+]+)@users\.noreply\.github\.com$/i.exec(email)?.[1]?.toLowerCase();
  for (const row of host.state.accounts.values()) {
    if (row.login.toLowerCase() === login || row.email?.toLowerCase() === email.toLowerCase()) return row;
  }
  return null;
}

export type BranchCommit = {
  readonly branch: string;
  /** The head the caller saw; null skips the comparison (the contents endpoints). */
  readonly expectedHead: string | null;
  readonly message: string;
  readonly edits: readonly TreeEdit[];
  readonly author?: Person;
  readonly committer?: Person;
};

export const staleMessage = (expected: string): string =>
  `Expected branch to point to "${expected}" but it did not. Pull and try again.`;

/**
 * Adds one commit to an existing branch and moves it by compare-and-swap. Faults: `stale` when the branch
 * is not where the caller saw it, `not-found` when there is no such branch, `invalid` for a malformed path.
 */
export async function commitOnBranch(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  input: BranchCommit,
): Promise<Outcome<GitCommit>> {
  const allowed = permit(host, viewer, repository, needs.writeContents);
  if (!allowed.ok) return allowed;
  const actor = actorId(host, viewer);
  if (actor === null) return forbidden(notByIntegration);
  if (!input.edits.every((edit) => isTreePath(edit.path)))
    return invalid([], 'A path was requested which contains a malformed path component');
  const git = host.git(repository);
  return git.exclusive(async () => {
    const ref = `refs/heads/${input.branch}`;
    const head = await git.readRef(ref);
    if (head === null) return fail({ kind: 'not-found', message: `Branch ${input.branch} not found` });
    const expected = input.expectedHead ?? head;
    const message = staleMessage(expected);
    if (head !== expected) return fail({ kind: 'stale', expected, actual: head, message });
    const parent = await git.readCommit(head);
    const treeSha = await git.editTree(parent?.treeSha ?? null, input.edits);
    const signed = signatures(host, accountById(host.state, actor), input);
    const sha = await git.writeCommit({ treeSha, parents: [head], message: input.message, ...signed });
    if (input.author === undefined && input.committer === undefined) repository.verifiedCommits.push(sha);
    const update = { ref, before: head, after: sha };
    const problems = await updateProblems(host, viewer, repository, update);
    if (problems.length > 0) return fail({ kind: 'conflict', message: violationMessage(problems) });
    const moved = await moveRef(host, repository, update, { actor, kind: 'push' });
    if (!moved) return fail({ kind: 'stale', expected, actual: await git.readRef(ref), message });
    const commit = await git.readCommit(sha);
    if (commit === null) throw new Error(`commit ${sha} vanished after it was written`);
    return done(commit);
  });
}

/** Author and committer as GitHub writes them: the account's noreply address, and GitHub itself as committer. */
export function signatures(
  host: Host,
  account: Account,
  custom: { readonly author?: Person; readonly committer?: Person },
) {
  const at = stamp(host);
  const own = { name: account.name ?? account.login, email: noreplyAddress(account), date: at };
  const author = custom.author ? { ...custom.author, date: custom.author.date ?? at } : own;
  const fallback = custom.author ?? webFlow;
  const committer = { ...(custom.committer ?? fallback), date: (custom.committer ?? fallback).date ?? at };
  return { author, committer };
}
