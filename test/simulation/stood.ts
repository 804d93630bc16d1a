// How things stood at a moment of the past, as the records told them then.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import { isClosed } from '../../src/core/release/state.ts';
import type { Chronicle } from './chronicle.ts';
import { type Records, type Stand, standsOf } from './environment-checks.ts';
import { manifestAt } from './ground.ts';
import { live } from './life.ts';
import { targetIn } from './oracle-machines.ts';
import { createLife, type Life } from './stands.ts';

/** What a part of a record tells. */
export function lifeAt(chronicle: Chronicle, events: readonly ReleaseEvent[]): Life {
  const life = createLife();
  for (const [index, event] of events.entries()) live(life, chronicle, events.slice(0, index), event);
  return life;
}

export type Where = { readonly environment: string; readonly commit: string };

/**
 * Parts of a record that may have been all of it at a moment. The record counts in seconds: what was recorded in the same
 * one may have been there or not.
 */
export const partsAt = (
  events: readonly ReleaseEvent[],
  at: number,
): readonly (readonly ReleaseEvent[])[] => {
  const upTo = (count: number): readonly ReleaseEvent[] => events.slice(0, count);
  const timeOf = (index: number): number => Date.parse(events[index]?.at ?? '');
  return Array.from({ length: events.length + 1 }, (_, count) => count)
    .filter((count) => count === 0 || timeOf(count - 1) <= at)
    .filter((count) => count === events.length || timeOf(count) >= at)
    .map(upTo);
};

/** Where a release stood with an environment on a commit, by a part of its record; undefined: it did not name it there. */
function stoodIn(
  chronicle: Chronicle,
  release: string,
  events: readonly ReleaseEvent[],
  { environment, commit }: Where,
): Stand | undefined {
  const known = manifestAt(chronicle, events);
  if (known === undefined || targetIn(events) !== commit) return undefined;
  const life = lifeAt(chronicle, events);
  const state = fold(release, events);
  const closed = state.kind === 'opened' && isClosed(state);
  const stand = standsOf(life, known.release, closed).get(environment.toLowerCase());
  return stand && life.ended !== undefined ? 'done' : stand;
}

/** The same at a moment, for each release all that it may have been. */
export const stoodAt = (
  chronicle: Chronicle,
  records: Records,
  where: Where,
  at: number,
): ReadonlyMap<string, readonly (Stand | undefined)[]> =>
  new Map(
    [...records].map(([release, events]) => [
      release,
      partsAt(events, at).map((part) => stoodIn(chronicle, release, part, where)),
    ]),
  );
