import type { Author } from '../release/event.ts';
import type { Sha } from '../values.ts';
import { type Hands, peopleOf } from './hands.ts';

/** Somebody who had a hand in what is released, with up to three of the commits that say so, newest first. */
export type Committer = Author & { readonly commits: readonly Sha[] };

/** A commit that keeps the list from being complete. */
export type Unattributable = {
  readonly commit: Sha;
  /** The name that stands for nobody, or the author's, as the commit gives it. */
  readonly name: string;
  /** One of its addresses belongs to no account, or nobody is proven to have brought it. */
  readonly why: 'no-account' | 'not-proven';
};

/** Everybody who had a hand in the commits between two releases (T16). */
export type Committers = {
  /** How many commits were looked through. */
  readonly commits: number;
  readonly committers: readonly Committer[];
  /** The first hundred; while there is one, nobody knows who is missing, and nothing is approved. */
  readonly unattributable: readonly Unattributable[];
};

const MOST_COMMITS_NAMED = 3;
const MOST_UNATTRIBUTABLE = 100;
const LONGEST_NAME = 100;

export const committersFrom = (all: readonly Hands[]): Committers => ({
  commits: all.length,
  committers: peopleOf(all).map((one) => ({ ...one, commits: one.commits.slice(0, MOST_COMMITS_NAMED) })),
  unattributable: all.flatMap(unattributableIn).slice(0, MOST_UNATTRIBUTABLE),
});

function unattributableIn({ commit, name, nameless, proven, byMachine }: Hands): readonly Unattributable[] {
  const [unknown] = nameless;
  if (unknown !== undefined) return [{ commit, name: unknown.slice(0, LONGEST_NAME), why: 'no-account' }];
  if (proven.length > 0 || byMachine) return [];
  return [{ commit, name: name.slice(0, LONGEST_NAME), why: 'not-proven' }];
}
