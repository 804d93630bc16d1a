import type { Sha } from '../values.ts';

/** A name and an e-mail address as a commit gives them: anybody can write any of them there. */
export type Signature = { readonly name: string; readonly email: string };

/** A commit as git shows it. */
export type CommitText = {
  readonly sha: Sha;
  readonly parents: readonly Sha[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
};

/** Longest line that can be a trailer, in UTF-16 units: who writes more than that writes prose (T17). */
const LONGEST_TRAILER = 1_000;

const trailer = /^\s*co-authored-by:([^<>]*)<([^<>]*)>.*$/i;

/**
 * The people of the `Co-authored-by:` lines of a message, wherever they stand: a line that git would not take for a
 * trailer may still be taken for one by whoever shows the commit, and naming too many bars nobody from rejecting (T16).
 */
export const coAuthorsOf = (message: string): readonly Signature[] =>
  message
    .split(/\r?\n|\r/)
    .filter((line) => line.length <= LONGEST_TRAILER && trailer.test(line))
    .map((line) => ({
      name: line.replace(trailer, '$1').trim(),
      email: line.replace(trailer, '$2').trim(),
    }));

/** Everybody whom a commit names: author, committer and co-authors, each address once. */
export function signaturesOf({ author, committer, message }: CommitText): readonly Signature[] {
  const all = [author, committer, ...coAuthorsOf(message)];
  return [...new Map(all.map((one) => [one.email.toLowerCase(), one])).values()];
}
