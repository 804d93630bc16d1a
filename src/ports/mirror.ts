import type { CommitText } from '../core/duties/commit-text.ts';
import type { Sha } from '../core/values.ts';

/** Commits reachable from `until` and from none of `since`; with a path, those of them that changed it. */
export type CommitRange = {
  readonly until: readonly Sha[];
  readonly since: readonly Sha[];
  readonly path?: string;
  /** Follow the first parent of merges only: what the branch itself went through. */
  readonly firstParent?: true;
  readonly most: number;
};

/** A local copy of a repository that reads everything over git: no API quota, works offline (design 5). */
export type Mirror = {
  /** Fetches branches, tags and pull request heads, and forgets refs that are gone. Throws `ForgeError`. */
  fetch(repository: string): Promise<void>;
  /** The commit a ref (`refs/heads/main`, a tag, a commit id) stands for in the local copy. */
  resolve(repository: string, ref: string): Promise<Sha | undefined>;
  /** The same for many at once; what stands for no commit is absent. */
  resolveAll(repository: string, refs: readonly string[]): Promise<ReadonlyMap<string, Sha>>;
  /** The heads of all branches in the local copy, by the branch's name. */
  branches(repository: string): Promise<ReadonlyMap<string, Sha>>;
  has(repository: string, commit: Sha): Promise<boolean>;
  /** Commits in the local copy whose ids begin with these 7 to 40 digits; names of branches and tags are not looked at. */
  commitsNamed(repository: string, digits: string): Promise<readonly Sha[]>;
  /** Paths of all files at a commit, below a folder where one is given. */
  list(repository: string, commit: Sha, folder?: string): Promise<readonly string[]>;
  /** Paths at a commit that are no plain files: symbolic links and submodules. */
  irregular(repository: string, commit: Sha): Promise<ReadonlySet<string>>;
  /** Contents of files at a commit; a missing file is absent from the map. */
  read(repository: string, commit: Sha, paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Size in bytes by path, for files that exist at the commit. */
  sizes(repository: string, commit: Sha, paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Paths that differ between the merge base of the two commits and `head`. */
  changedSince(repository: string, base: Sha, head: Sha): Promise<readonly string[]>;
  /** The newest commit, from `commit` back along all parents, that changed `path`. */
  lastChange(repository: string, commit: Sha, path: string): Promise<Sha | undefined>;
  /** The commit on the first-parent line back from `head` that brought the newest change of `path`: often a merge. */
  broughtBy(repository: string, head: Sha, path: string): Promise<Sha | undefined>;
  /** Commits of a range, children before their parents; undefined where there are more, or git lacks one of them. */
  commits(repository: string, range: CommitRange): Promise<readonly CommitText[] | undefined>;
  /** Is `ancestor` the commit itself or one of its ancestors? False where either is not in the local copy. */
  contains(repository: string, ancestor: Sha, commit: Sha): Promise<boolean>;
};
