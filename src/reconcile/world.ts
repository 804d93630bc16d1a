import type { Clock } from '../ports/clock.ts';
import type { Forge } from '../ports/forge.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Key, Outcome } from '../ports/work-queue.ts';
import type { Memory } from './memory.ts';

/** Everything the loop needs of the outside. */
export type World = {
  readonly forge: Forge;
  readonly store: RecordStore;
  readonly mirror: Mirror;
  /** Fingerprint of the key that signs here: the only one whose checkpoints are folded (T9). */
  readonly ownKey: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly memory: Memory;
  readonly enqueue: (key: Key) => void;
  /** `owner/name` of every other known repository of the same owner. Calls nobody. */
  readonly heirs: (repository: string) => readonly string[];
};

/** An activity that came to its end in a pass, and how. */
export type Decided = { readonly activity: string; readonly became: string };

/** How a pass ended, and what is worth a line in the log. */
export type Reconciled = {
  readonly outcome: Outcome;
  /** Kinds of the events that were recorded. */
  readonly recorded: readonly string[];
  readonly decided: readonly Decided[];
  /** How many changes people were shown. */
  readonly writes: number;
};

export const nothingDone = (outcome: Outcome, writes = 0): Reconciled => ({
  outcome,
  recorded: [],
  decided: [],
  writes,
});
