import type { Sha } from '../core/values.ts';

/** A file to write, with its whole content. */
export type FileAddition = { readonly path: string; readonly content: Uint8Array };

export type BranchCommit = {
  readonly repository: string;
  readonly branch: string;
  /** The commit the branch must still be at; absent to create the branch as an orphan. */
  readonly expectedHead?: Sha;
  readonly additions: readonly FileAddition[];
  readonly deletions: readonly string[];
  /** Subject, empty line, body. */
  readonly message: string;
};

/** A lost race is a normal outcome: the branch has moved, observe again. */
export type CommitResult =
  | { readonly kind: 'committed'; readonly head: Sha }
  | { readonly kind: 'lost-race' };

/** Name and e-mail that a commit stands under where the host does not fill them in. */
export type Committer = { readonly name: string; readonly email: string };

/** Moves a branch by compare-and-swap, and in no other way. Throws a `ForgeError` on broken I/O. */
export type BranchWriter = { commit(request: BranchCommit): Promise<CommitResult> };
