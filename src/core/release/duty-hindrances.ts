import { activitiesOf } from '../manifest/manifest.ts';
import { dutySentence } from '../messages/duty-words.ts';
import { barsCommitters } from './apart.ts';
import type { Moment } from './clockwork.ts';
import { turns } from './due.ts';
import { dutyGap } from './duties.ts';
import type { Facts } from './facts.ts';
import { type OpenRelease, waitingAttempt } from './state.ts';

/** Why activities that bar committers, and whose turn it is, cannot begin or be approved now, in words, by activity. */
export function dutyHindrances(
  state: OpenRelease,
  facts: Facts,
  moment: Moment,
): ReadonlyMap<string, string> {
  const due = new Set(turns(state, moment).map(({ id }) => id));
  const barred = activitiesOf(state.revision.plan).filter(
    (activity) =>
      barsCommitters(activity) &&
      (due.has(activity.id) || (!state.ended && waitingAttempt(state, activity.id) !== undefined)),
  );
  const gap = barred.length === 0 ? undefined : dutyGap(state, facts);
  return new Map(gap ? barred.map(({ id }) => [id, dutySentence(gap)]) : []);
}
