import { expect, test } from 'vitest';
import { createLogger } from '../../src/app/logger.ts';
import { createSweeper, type SweepEnding } from '../../src/app/sweeper.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { createManualClock } from '../support/manual-clock.ts';

const names = ['acme/payments', 'acme/web'];

/** A sweeper over two repositories; those in `broken` cannot be swept, those in `scarce` should wait. */
function createWorld({ redeliver = async () => ({ asked: 0, givenUp: 0, cut: false }) } = {}) {
  const broken = new Set<string>();
  const scarce = new Set<string>();
  const swept: string[] = [];
  const asked: Key[] = [];
  const counted: SweepEnding[] = [];
  const lines: { readonly level: number; readonly msg: string }[] = [];
  const clock = createManualClock();
  const sweeper = createSweeper({
    resync: { run: async () => {}, done: () => true, repositories: () => names, stop: () => {} },
    sweep: async (repository) => {
      swept.push(repository);
      if (broken.has(repository)) throw new Error('502');
      return 2;
    },
    redeliver,
    memory: { open: new Map([['acme/payments', new Set(['r1'])]]) },
    spareTime: (repository) => (scarce.has(repository) ? 1_000 : 0),
    upkeep: (key) => void asked.push(key),
    clock,
    log: createLogger({
      level: 'info',
      destination: { write: (line) => lines.push(JSON.parse(line)) },
    }),
    counted: (ending) => counted.push(ending),
  });
  return { sweeper, broken, scarce, swept, asked, counted, lines, clock };
}

test('every hour each repository is swept, one after the other, and that is one line', async () => {
  const { sweeper, swept, lines, counted } = createWorld();
  await sweeper.everyHour();
  expect(swept).toEqual(names);
  expect(lines).toMatchObject([
    { msg: 'swept', sweep: 'repositories', repositories: 2, releases: 4, failed: 0 },
  ]);
  expect(counted).toMatchObject([{ kind: 'repositories', result: 'done' }]);
});

test('one that fails does not keep the others from being swept, and has its turn five minutes later', async () => {
  const { sweeper, swept, broken, counted } = createWorld();
  broken.add('acme/payments');
  await sweeper.everyHour();
  broken.clear();
  await sweeper.everyFiveMinutes();
  await sweeper.everyFiveMinutes();
  expect(swept).toEqual([...names, 'acme/payments']);
  expect(counted.map(({ kind, result }) => `${kind} ${result}`)).toEqual([
    'repositories failed',
    'redelivery done',
    'repositories done',
    'redelivery done',
  ]);
});

test('T17: one whose quota is kept for decisions waits, and is swept once there is a new one', async () => {
  const { sweeper, swept, scarce, counted, lines } = createWorld();
  scarce.add('acme/payments');
  await sweeper.everyHour();
  await sweeper.everyFiveMinutes();
  expect(swept).toEqual(['acme/web']);
  expect(lines[0]).toMatchObject({ repositories: 2, releases: 2, failed: 0, postponed: 1 });
  scarce.clear();
  await sweeper.everyFiveMinutes();
  await sweeper.everyFiveMinutes();
  expect(swept).toEqual(['acme/web', 'acme/payments']);
  expect(counted.every(({ result }) => result === 'done')).toBe(true);
});

test('a round that breaks off is a warning, and the rest of the tick happens', async () => {
  const { sweeper, lines, asked, clock } = createWorld({
    redeliver: async () => {
      throw new Error('503');
    },
  });
  clock.advance(24 * 3_600_000);
  await sweeper.everyFiveMinutes();
  expect(lines).toMatchObject([{ level: 40, sweep: 'redelivery', err: { message: '503' } }]);
  expect(asked).toEqual([{ kind: 'release', repository: 'acme/payments', release: 'r1' }]);
});

test('deliveries that were given up are a warning', async () => {
  const { sweeper, lines, counted } = createWorld({
    redeliver: async () => ({ asked: 3, givenUp: 2, cut: false }),
  });
  await sweeper.everyFiveMinutes();
  expect(lines).toMatchObject([
    { level: 40, deliveries: 2 },
    { level: 30, redeliveries: 3 },
  ]);
  expect(counted).toMatchObject([{ redeliveries: 3 }]);
});
