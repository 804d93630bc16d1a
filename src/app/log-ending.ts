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

/** One line for one run, without anything that people wrote. */
export function logEnding(log: Logger, { key, ending, ms, pass }: Run): void {
  const done = pass === undefined ? {} : { calls: pass.calls, recorded: pass.recorded, writes: pass.writes };
  const line = { key: keyText(key), outcome: ending.kind, ...done, ms };
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
