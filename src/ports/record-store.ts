import type { RecordsFault } from '../core/record/fault.ts';
import type { Anchor, RecordsReading } from '../core/record/record.ts';
import type { Happening, ReleaseEvent } from '../core/release/event.ts';
import type { Digest, Instant, Repository, Sha } from '../core/values.ts';

/** Where a repository's record lives, and whose signatures count there. */
export type RecordsPlace = {
  readonly repository: Repository;
  readonly branch: string;
  readonly trustedKeys: readonly string[];
};

export type ReadResult =
  | { readonly kind: 'read'; readonly reading: RecordsReading }
  | { readonly kind: 'fault'; readonly fault: RecordsFault };

export type { RecordsFault };

/** Events for one release, to be appended after `after` (0 for a new release). */
export type Append = {
  readonly release: string;
  readonly after: number;
  readonly happenings: readonly Happening[];
  /** Accepted manifests, verbatim, by their SHA-256. */
  readonly manifests: ReadonlyMap<Digest, Uint8Array>;
  /** Bytes of the files that the happenings say are stored, by their SHA-256. */
  readonly evidence: ReadonlyMap<Digest, Uint8Array>;
  /** Foreign commits that the happenings record as deviations. */
  readonly foreign: readonly Sha[];
};

/** `moved`: the release has grown past `after`, so observe it again. */
export type AppendResult =
  | {
      readonly kind: 'appended';
      readonly events: readonly ReleaseEvent[];
      readonly anchor: Anchor;
      readonly head: Sha;
      /** Where the branch was right before, which may be further on than whoever decided had seen. */
      readonly onto: Sha | undefined;
      /** Other releases were recorded by the same commit. */
      readonly together: boolean;
    }
  | { readonly kind: 'moved' }
  | { readonly kind: 'fault'; readonly fault: RecordsFault };

/** The append-only record of a repository. Reads are authenticated; appends are batched, one at a time a repository. */
export type RecordStore = {
  /**
   * `head` is where the host says the branch is now (absent: it does not exist); the store fetches only if it does not
   * have that commit. `anchors` are checkpoints that outside witnesses saw (T8).
   */
  read(place: RecordsPlace, head: Sha | undefined, anchors: readonly Anchor[]): Promise<ReadResult>;
  append(place: RecordsPlace, append: Append, at: Instant): Promise<AppendResult>;
};
