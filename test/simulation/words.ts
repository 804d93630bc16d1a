// What people said that must be counted, whatever happened to the App.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Chronicle, Said } from './chronicle.ts';
import { always, deadlineOf, type Ground, gone, groundFor, isAnswered, second } from './ground.ts';

type Tried = { readonly activity: string; readonly attempt: number; readonly scope: string };

/** The last words of everybody that must be counted: nobody touched them, and whoever said them could vote all along. */
export function wordsThatCount(
  chronicle: Chronicle,
  events: readonly ReleaseEvent[],
  release: string,
  attempt: Tried,
  issue: number,
  now: number,
): readonly Said[] {
  const ground = groundFor(chronicle, events, attempt.activity, attempt.attempt);
  if (ground === undefined) return [];
  if (ground.readyAt === Infinity) return [];
  const here = chronicle.said.filter(
    (said) => said.release === release && said.activity === attempt.activity && said.issue === issue,
  );
  const touched = new Set(chronicle.said.filter((said) => gone(said, Infinity)).map(({ login }) => login));
  // Whose seat was handed on speaks through somebody else, or somebody else through them.
  const moved = new Set(here.flatMap(({ verb, login, to }) => (verb === 'delegate' ? [login, to] : [])));
  const words = here.filter(
    (said) =>
      said.via === 'plain' &&
      (said.verb === 'approve' || said.verb === 'reject' || said.verb === 'withdraw') &&
      !touched.has(said.login) &&
      !moved.has(said.login) &&
      isAnswered(ground.spec, said) &&
      said.at <= Math.min(deadlineOf(ground), now) &&
      clearlyAnswers(ground, said, attempt.scope) &&
      always(chronicle, ground, said, now),
  );
  return [...new Map(words.map((said) => [said.login, said])).values()];
}

/** Spoken at least a second after the notice, under no other one since, and after the last change of scope: it lapses votes. */
export const clearlyAnswers = ({ notices, countedAt }: Ground, said: Said, scope: string): boolean => {
  if (said.at < countedAt + second) return false;
  const seen = notices.filter(({ from }) => from + second <= said.at);
  return seen.at(-1)?.scope === scope;
};
