import type { LineCommit } from '../core/record/line.ts';
import type { Sha } from '../core/values.ts';

/** What the record store reads a branch with: a local copy of the host, over git or in memory. */
export type History = {
  /** Brings the local copy up to the host. */
  fetch(repository: string): Promise<void>;
  has(repository: string, commit: Sha): Promise<boolean>;
  /** Where the branch was at the last fetch. */
  tip(repository: string, branch: string): Promise<Sha | undefined>;
  /**
   * Commits after `since` (undefined: from the root) up to `head` on the first-parent line, oldest first. Undefined
   * where `head` does not lead back to `since`.
   */
  line(repository: string, since: Sha | undefined, head: Sha): Promise<readonly LineCommit[] | undefined>;
  /** Contents by blob id; missing ones, and those larger than `limit` bytes, are absent. */
  blobs(repository: string, ids: readonly Sha[], limit: number): Promise<ReadonlyMap<Sha, Uint8Array>>;
  /** The newest commit of ours that was ever seen on the branch; it survives a restart, so a rollback shows (T8). */
  known(repository: string, branch: string): Promise<Sha | undefined>;
  remember(repository: string, branch: string, commit: Sha): Promise<void>;
};
