import type { Logger } from 'pino';
import type { Key } from '../ports/work-queue.ts';
import type { Ending } from '../reconcile/delay.ts';
import { keyText } from '../reconcile/work-queue.ts';
import type { Reconciled } from '../reconcile/world.ts';

/** A pass of the loop with the number of API calls it made. */
export type Pass = Reconciled & { readonly calls: number };

/** One run of the loop; `pass` is absent where it broke off. */
export type Run = {
  readonly key: Key;
  readonly ending: Ending;
  readonly ms: number;
  readonly pass: Pass | undefined;
};

/** One line for one run, with names but without anything else that people wrote. */
export function logEnding(log: Logger, { key, ending, ms, pass }: Run): void {
  const line = { ...namesOf(key), outcome: ending.kind, ...(pass === undefined ? {} : doneIn(pass)), ms };
  switch (ending.kind) {
    case 'settled':
      log.info(line, 'reconciled');
      break;
    case 'waiting':
      log.info({ ...line, until: ending.until }, 'reconciled');
      break;
    case 'stalled':
      log.warn({ ...line, who: ending.who, what: ending.what }, 'somebody has to act');
      break;
    case 'retry':
      log.warn({ ...line, why: ending.why }, 'trying again');
      break;
    case 'bug':
      log.error({ ...line, err: ending.error }, 'a bug');
      break;
  }
}

const namesOf = (key: Key) => ({
  key: keyText(key),
  repository: key.repository,
  ...(key.kind === 'release' ? { release: key.release } : {}),
});

const doneIn = ({ calls, recorded, decided, writes }: Pass) => ({
  calls,
  recorded,
  ...(decided.length === 0
    ? {}
    : { decided: decided.map(({ activity, became }) => `${activity} ${became}`) }),
  writes,
});
