import type { Asked as Wanted } from '../manifest/asked.ts';
import type { QuorumRule } from '../manifest/manifest.ts';
import type { Difference } from '../release/event.ts';
import type { Barrier } from '../release/machine-event.ts';
import type { ActivityStatus, ReleaseStatus } from '../release/status.ts';
import type { Person } from '../values.ts';

/** What a change that nobody has made yet would do to an activity of an open release. */
export type Flip = {
  readonly activity: string;
  readonly title: string;
  /** What it asks of people, afterwards or at last; absent: an approval. */
  readonly task?: Exclude<Wanted, 'approval'>;
  /** Absent: the activity is not there before. */
  readonly from?: ActivityStatus;
  /** Absent: the activity is not there afterwards. */
  readonly to?: ActivityStatus;
  /** Whose votes would end with it. */
  readonly lapsed: readonly Person[];
  /** What is different about what they agreed to (T2). */
  readonly differences: readonly Difference[];
  /** Who would be asked, for the first time or again; empty: nobody is asked anew. */
  readonly asks: readonly QuorumRule[];
  /** They would be asked at once, and not only after something else. */
  readonly begins: boolean;
  /** The environment that it opens, asking nobody. */
  readonly environment?: string;
  /** What would shut it, where it is open. */
  readonly shut?: Barrier;
  /** The record does not tell who they are, so that nothing is decided about it in a preview. */
  readonly unknown: boolean;
};

/** A change of what is written about time, or of whatever else no approver agrees to. */
export type Shift = {
  /** What moves, in the words of the manifest: `deadline`, `schedule.start`, `owner`. */
  readonly what: string;
  /** Absent: it is about the whole release. */
  readonly activity?: string;
  readonly before?: string;
  readonly after?: string;
  /** Moments are recorded when an attempt begins (decision 0040): one that has begun keeps its own. */
  readonly reaches: 'at-once' | 'next-attempt';
};

/** What would become of a release. */
export type Foreseen = { readonly release: string; readonly title: string } & (
  | {
      /** It could not take the change over: nothing would be decided there until a person mends it. */
      readonly kind: 'stalls';
      readonly why: readonly string[];
      /** Floors that the release was opened under, which the new manifest does not meet (T7). */
      readonly belowFloors: boolean;
    }
  | {
      readonly kind: 'cancelled';
      /** Activities that would stop waiting, by title. */
      readonly waiting: readonly string[];
      readonly lapsed: readonly Person[];
    }
  | {
      readonly kind: 'changes';
      /** Another manifest has authors of its own (T16). */
      readonly by: 'manifest' | 'configuration';
      readonly from: ReleaseStatus;
      readonly to: ReleaseStatus;
      readonly flips: readonly Flip[];
      readonly shifts: readonly Shift[];
      /** Floors that it would adopt, in words (T7). */
      readonly adopts: readonly string[];
    }
  | {
      readonly kind: 'opens';
      readonly asks: readonly Asked[];
      /** What keeps it from opening yet. */
      readonly missing?: string;
    }
  /** The file is still there, but it cannot take force or is of another release: what was accepted goes on ruling. */
  | { readonly kind: 'goes-on'; readonly path: string }
);

export type Asked = {
  readonly activity: string;
  readonly title: string;
  readonly rules: readonly QuorumRule[];
  /** The environment that it opens, asking nobody. */
  readonly environment?: string;
  readonly begins: boolean;
};

/** What would follow from one step: the merge itself, or the custodians' agreement to a configuration (T7). */
export type Outlook = {
  readonly step: 'merged' | 'agreed';
  /** The gravest first. */
  readonly foreseen: readonly Foreseen[];
  /** How many open releases stay as they are. */
  readonly untouched: number;
};

const gravity: { readonly [K in Foreseen['kind']]: number } = {
  stalls: 0,
  cancelled: 1,
  changes: 2,
  opens: 3,
  'goes-on': 4,
};

/** What hurts most comes first: gates that stall, releases that end, then by how many activities lose votes, and by name. */
export const byGravity = (foreseen: readonly Foreseen[]): readonly Foreseen[] =>
  foreseen
    .toSorted((a, b) => (a.release < b.release ? -1 : 1))
    .toSorted((a, b) => gravity[a.kind] - gravity[b.kind] || losses(b) - losses(a));

const losses = (one: Foreseen): number =>
  one.kind === 'changes' ? one.flips.filter(({ lapsed }) => lapsed.length > 0).length : 0;
