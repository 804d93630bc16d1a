import { expect, test } from 'vitest';
import { logEnding } from '../../src/app/log-ending.ts';
import { createLogger } from '../../src/app/logger.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import type { Ending } from '../../src/reconcile/delay.ts';

const key: Key = { kind: 'release', repository: 'acme/payments', release: 'payments-2026.11' };

function logged(ending: Ending) {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const pass =
    ending.kind === 'bug'
      ? undefined
      : {
          outcome: ending,
          calls: 3,
          recorded: ['vote-cast'],
          decided: [{ activity: 'signoff', became: 'approved' }],
          writes: 2,
        };
  logEnding(log, { key, ending, ms: 41, pass });
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

test('a run is one line: which key, how it ended, what it cost', () => {
  expect(logged({ kind: 'settled' })).toMatchObject({
    level: 30,
    key: 'acme/payments payments-2026.11',
    repository: 'acme/payments',
    release: 'payments-2026.11',
    decided: ['signoff approved'],
    outcome: 'settled',
    calls: 3,
    recorded: ['vote-cast'],
    writes: 2,
    ms: 41,
  });
});

test.each<[Ending, number, object]>([
  [{ kind: 'waiting', until: '2026-11-23T10:00:00Z' }, 30, { until: '2026-11-23T10:00:00Z' }],
  [{ kind: 'stalled', who: 'acme', what: 'install the App' }, 40, { who: 'acme', what: 'install the App' }],
  [{ kind: 'retry', why: 'the host answers 502' }, 40, { why: 'the host answers 502' }],
  [{ kind: 'bug', error: new Error('broken') }, 50, { err: { message: 'broken' } }],
])('%o says what happens next', (ending, level, fields) => {
  expect(logged(ending)).toMatchObject({ level, ...fields });
});
