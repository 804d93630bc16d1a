import type { Digest, Repository, Sha } from '../values.ts';
import type { PublicKey } from './public-key.ts';
import type { Anchor, ForeignCommit, RecordsReading, ReleaseRecord } from './record.ts';

/** What a commit does to a path: a new content by its blob id, or a deletion. */
export type Change = { readonly path: string; readonly blob?: Sha };

/** A commit of the branch's first-parent line, with its changes against the first parent. */
export type LineCommit = {
  readonly sha: Sha;
  readonly parents: readonly Sha[];
  readonly author: string;
  readonly changes: readonly Change[];
};

/** The authenticated line of a records branch, up to one commit: all that is needed to go on from there. */
export type Line = {
  /** Newest commit walked, and newest commit of the controller's. */
  readonly head: Sha;
  readonly ours: Sha;
  readonly key: PublicKey;
  readonly repository: Repository;
  readonly host: string;
  /** Digests of all checkpoint files; number N is at N-1. */
  readonly checkpoints: readonly Digest[];
  readonly releases: ReadonlyMap<string, ReleaseRecord>;
  /** The covered tree: blob id by path. */
  readonly files: ReadonlyMap<string, Sha>;
  /** Where the tree at `head` is not the covered tree; undefined: the file is not there. */
  readonly strays: ReadonlyMap<string, Sha | undefined>;
  /** Foreign commits after the newest checkpoint. */
  readonly after: readonly ForeignCommit[];
  /** Foreign commits that a checkpoint names, oldest first. */
  readonly foreign: readonly ForeignCommit[];
};

/** The newest checkpoint of a line. */
export function anchorOf(line: Line): Anchor {
  // A line begins with a checkpoint, so there is always one.
  return { number: line.checkpoints.length, digest: line.checkpoints.at(-1) as Digest };
}

/** The line as it was right after our newest commit: where to go on when foreign commits were taken away again. */
export function withoutStrays(line: Line): Line {
  return { ...line, head: line.ours, strays: new Map(), after: [] };
}

/** Whether the line has the checkpoint that an outside witness saw (T8). */
export function bearsOut(line: Line, anchor: Anchor): boolean {
  return line.checkpoints[anchor.number - 1] === anchor.digest;
}

/** What the rest of the program sees of a line. */
export function readingOf(line: Line): RecordsReading {
  return {
    head: line.head,
    anchor: anchorOf(line),
    releases: line.releases,
    foreign: foreignOf(line),
  };
}

/** Every foreign commit of the line, oldest first. */
export function foreignOf(line: Line): readonly ForeignCommit[] {
  return line.after.length === 0 ? line.foreign : [...line.foreign, ...line.after];
}
