// The seam between the state and git: what the rest of the local GitHub may ask of a bare repository.

export type GitSignature = { readonly name: string; readonly email: string; readonly date: string };

export type GitCommit = {
  readonly sha: string;
  readonly treeSha: string;
  readonly parents: readonly string[];
  readonly author: GitSignature;
  readonly committer: GitSignature;
  readonly message: string;
};

export type GitEntry = {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** Path from the root that was asked for. */
  readonly path: string;
};

export type GitRef = { readonly ref: string; readonly sha: string };
export type GitObject = { readonly sha: string; readonly type: string; readonly content: Buffer };
export type TreeEdit = { readonly path: string; readonly content: Buffer | null; readonly mode?: string };
export type NewCommit = {
  readonly treeSha: string;
  readonly parents: readonly string[];
  readonly author: GitSignature;
  readonly committer: GitSignature;
  readonly message: string;
};
export type FileChange = {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string | null;
};
export type RefUpdate = {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** One bare repository. Revisions are full SHAs, full refs, or anything `git rev-parse` knows. */
export type GitRepository = {
  readonly path: string;
  /** Runs one writer at a time: pushes and API writes of a repository never interleave. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly refs: (prefix?: string) => Promise<readonly GitRef[]>;
  readonly readRef: (ref: string) => Promise<string | null>;
  readonly readObject: (revision: string) => Promise<GitObject | null>;
  readonly readCommit: (revision: string) => Promise<GitCommit | null>;
  readonly readTree: (revision: string, recursive: boolean) => Promise<readonly GitEntry[] | null>;
  /** The entry at a path of a revision; null when there is none. */
  readonly entryAt: (revision: string, path: string) => Promise<GitEntry | null>;
  readonly isAncestor: (ancestor: string, descendant: string) => Promise<boolean>;
  /** Commits reachable from `to` but not from `from`, newest first; `from` null means all. */
  readonly commitsBetween: (
    from: string | null,
    to: string,
    options?: { readonly path?: string; readonly limit?: number; readonly skip?: number },
  ) => Promise<readonly GitCommit[]>;
  readonly changedFiles: (
    from: string | null,
    to: string,
    withPatch: boolean,
  ) => Promise<readonly FileChange[]>;
  readonly mergeBase: (a: string, b: string) => Promise<string | null>;
  /** The tree of a merge; null when it conflicts. */
  readonly mergeTree: (base: string, head: string) => Promise<string | null>;
  readonly writeBlob: (content: Buffer) => Promise<string>;
  readonly writeTree: (entries: readonly GitEntry[]) => Promise<string>;
  /** A new tree: the old one (null is empty) with files set, or removed where content is null. */
  readonly editTree: (treeSha: string | null, edits: readonly TreeEdit[]) => Promise<string>;
  readonly writeCommit: (commit: NewCommit) => Promise<string>;
  /** All or nothing; false when a ref is no longer where the update says (`before` null: must not exist). */
  readonly updateRefs: (updates: readonly RefUpdate[]) => Promise<boolean>;
  readonly close: () => void;
};
