/** A place in a file: line and column, both counted from 1, columns in UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** What can be wrong with a file that a person wrote. Tests assert these; the sentences stay free to improve. */
export type ProblemCode =
  | 'too-large'
  | 'not-text'
  | 'syntax'
  | 'duplicate-key'
  | 'forbidden-yaml'
  | 'wrong-type'
  | 'missing-key'
  | 'unknown-key'
  | 'not-supported-yet'
  | 'invalid-value'
  | 'duplicate-id'
  | 'unknown-reference'
  | 'cycle'
  | 'conflict'
  | 'unreachable'
  | 'empty'
  /** A manifest asks for less than the configuration demands. */
  | 'below-floor'
  | 'missing-approval'
  /** A repository's configuration asks for less than the one it inherits. */
  | 'below-inherited'
  /** What a repository inherits cannot be read, though it is or was there (T7). */
  | 'inherited-unknown'
  /** A configuration that its custodians have not agreed to (T7). */
  | 'not-in-force'
  /** Nothing is known to be wrong with the file: we failed to read it. */
  | 'fault';

/** One problem of one file: where it is, what was expected, what was found. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly position: Position;
  readonly message: string;
};

/** What reading a file gives: the value, or every problem at once; warnings may stand beside a value. */
export type Parsed<T> =
  | { readonly kind: 'valid'; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };
