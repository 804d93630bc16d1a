/** What can be wrong with a records branch. Tests assert these; the sentences stay free to improve. */
export type FlawCode =
  /** A commit with several parents. */
  | 'linear'
  /** A commit that is not the controller's. */
  | 'foreign-commit'
  /** Numbers or digests that do not follow on from what is before. */
  | 'chain'
  | 'checkpoint'
  | 'signature'
  | 'canonical'
  /** Signed by a key that nobody outside the branch vouches for (T9). */
  | 'unanchored'
  | 'manifest-digest'
  /** Evidence whose bytes are not those that the vote names (G-24). */
  | 'evidence-digest'
  | 'event'
  /** An outcome that its facts do not bear out. */
  | 'replay'
  | 'record-page'
  /** The tree at the tip is not the covered tree. */
  | 'tree';

/** One thing wrong, and where: a path, or a commit id. */
export type Flaw = { readonly code: FlawCode; readonly place: string; readonly why: string };
