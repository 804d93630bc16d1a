import { expect, test } from 'vitest';
import { createLogger } from '../../src/app/logger.ts';
import { createResync } from '../../src/app/resync.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { createManualClock } from '../support/manual-clock.ts';

function createWorld(answers: (() => readonly string[])[]) {
  const clock = createManualClock();
  const asked: Key[] = [];
  const resync = createResync({
    look: async () => answers.shift()?.() ?? [],
    upkeep: (key) => void asked.push(key),
    clock,
    log: createLogger({ level: 'silent' }),
  });
  return { clock, asked, resync };
}
const broken = () => {
  throw new Error('502');
};

test('asks for every repository the App is installed on', async () => {
  const { resync, asked } = createWorld([() => ['acme/payments', 'acme/web']]);
  expect(resync.done()).toBe(false);
  await resync.run();
  expect(asked).toEqual([
    { kind: 'repository', repository: 'acme/payments' },
    { kind: 'repository', repository: 'acme/web' },
  ]);
  expect(resync.done()).toBe(true);
});

test('a host that is down is asked again half a minute later', async () => {
  const { resync, clock, asked } = createWorld([broken, () => ['acme/payments']]);
  await resync.run();
  expect([resync.done(), clock.pending()]).toEqual([false, [30_000]]);
  clock.advance(30_000);
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toHaveLength(1);
});

test('after stop nothing is asked any more', async () => {
  const { resync, clock, asked } = createWorld([broken, () => ['acme/payments']]);
  await resync.run();
  resync.stop();
  await resync.run();
  expect([clock.pending(), asked]).toEqual([[], []]);
});
