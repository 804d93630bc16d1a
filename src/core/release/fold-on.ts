import type { ReleaseRecord } from '../record/record.ts';
import type { Digest } from '../values.ts';
import { apply, fold } from './fold.ts';
import type { ReleaseState } from './state.ts';

/** What a record added up to when it ended at `tip`. */
export type Folded = {
  readonly tip: Digest;
  /** How many events those were. */
  readonly count: number;
  readonly state: ReleaseState;
};

/**
 * The state of a record. Where it goes on from `before`, only its later events are folded: the digest in each event of
 * the one before it says whether it does.
 */
export function foldOn(before: Folded | undefined, { release, events, tip }: ReleaseRecord): Folded {
  const count = events.length;
  if (before?.tip === tip.event) return before;
  const goesOn = before !== undefined && events[before.count]?.previous === before.tip;
  const state = goesOn ? events.slice(before.count).reduce(apply, before.state) : fold(release, events);
  return { tip: tip.event, count, state };
}
