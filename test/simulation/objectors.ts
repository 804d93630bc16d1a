// Who said no to what an activity asks, read from its record alone.

import type { ReleaseEvent } from '../../src/core/release/event.ts';

/** Ids of people by what they said no to: a no stands until its author speaks again about the same (T3). */
export function objectorsIn(events: readonly ReleaseEvent[], activity: string) {
  const noes = new Map<string, Map<number, string>>();
  // Handing on a seat takes a vote back, and no rejection that came from before.
  let cast = new Set<number>();
  let scope = '';
  for (const { kind, body } of events) {
    if (!('activity' in body) || body.activity !== activity) continue;
    const here = noes.get(scope) ?? new Map<number, string>();
    noes.set(scope, here);
    if (kind === 'activity-activated') scope = body.scope;
    if (kind === 'scope-changed') scope = body.to;
    if (kind === 'vote-withdrawn') here.delete(body.person.id);
    if (kind === 'seat-delegated' && cast.has(body.from.person.id)) here.delete(body.from.person.id);
    if (kind === 'activity-activated' || kind === 'scope-changed') cast = new Set();
    if (kind !== 'vote-cast') continue;
    const { person } = body.elector;
    here.delete(person.id);
    cast.add(person.id);
    if (body.choice === 'reject') here.set(person.id, person.login);
  }
  return { last: scope, to: (asked: string): readonly string[] => [...(noes.get(asked)?.values() ?? [])] };
}
