import type { ReleaseEvent } from '../release/event.ts';
import type { Digest, Instant, Repository, Sha } from '../values.ts';

/** Where a release's record ends: the number of its last event and the SHA-256 of that event's file. */
export type Tip = { readonly release: string; readonly sequence: number; readonly event: Digest };

/** The signed, branch-wide summary that each records commit carries (T8). */
export type Checkpoint = {
  readonly version: 1;
  /** Counts from 1 without gaps. */
  readonly number: number;
  /** SHA-256 of the file of the checkpoint before; absent in the first. */
  readonly previous?: Digest;
  readonly repository: Repository;
  /** Web address of the host, for example `https://github.com`. */
  readonly host: string;
  readonly at: Instant;
  /** SHA-256 over the canonical form of all tips, ordered by release name. */
  readonly tips: Digest;
  /** The tips that this commit moved. */
  readonly changed: readonly Tip[];
  /** Commits on the branch since the checkpoint before that are not the controller's. */
  readonly foreign: readonly Sha[];
  /** `SHA256:` fingerprint of the signing key. */
  readonly key: string;
  /** Ed25519 over the canonical form without this field, base64. */
  readonly signature: string;
};

/** One release as the newest valid checkpoint covers it. */
export type ReleaseRecord = {
  readonly release: string;
  readonly events: readonly ReleaseEvent[];
  readonly tip: Tip;
};

/** A commit on the branch that is not the controller's, and the paths it touched. */
export type ForeignCommit = {
  readonly commit: Sha;
  readonly author: string;
  readonly paths: readonly string[];
};

/** The newest checkpoint, in short: what the external ids of our check runs repeat as an anchor (T8). */
export type Anchor = { readonly number: number; readonly digest: Digest };

/** An authenticated reading of a records branch. */
export type RecordsReading = {
  /** Absent while the branch does not exist. */
  readonly head?: Sha;
  readonly anchor?: Anchor;
  readonly releases: ReadonlyMap<string, ReleaseRecord>;
  /** Every foreign commit of the branch's history, oldest first: each release it touches records it once. */
  readonly foreign: readonly ForeignCommit[];
};
