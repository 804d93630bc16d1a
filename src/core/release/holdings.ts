import { present } from '../written/present.ts';
import { objectorsTo } from './ballot.ts';
import type { Attempt } from './state.ts';

/** What somebody said that is recorded and still stands in an attempt; a seat that they handed on, too (decision 0056). */
export type Holdings = {
  readonly vote?: Attempt['votes'][number];
  readonly delegation?: Attempt['delegations'][number];
  readonly doubted: boolean;
  readonly objects: boolean;
};

/** What a person holds here, whether they may still vote or not; undefined: nothing. By numeric id. */
export function holdingsOf(attempt: Attempt, person: number): Holdings | undefined {
  const vote = attempt.votes.find(({ elector }) => elector.person.id === person);
  const delegation = attempt.delegations.find(({ from }) => from.person.id === person);
  const doubted = attempt.doubts.some((doubt) => doubt.person.id === person);
  const objects = objectorsTo(attempt).some(({ id }) => id === person);
  return vote || delegation || doubted || objects
    ? { ...present({ vote, delegation }), doubted, objects }
    : undefined;
}

/** Everybody who voted or handed on a seat, or whose rejection of before stands. */
export const holdersIn = (attempt: Attempt): readonly number[] =>
  [
    ...attempt.votes.map(({ elector }) => elector.person),
    ...attempt.delegations.map(({ from }) => from.person),
    ...objectorsTo(attempt),
  ].map(({ id }) => id);
