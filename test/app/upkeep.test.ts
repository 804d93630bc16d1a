import { expect, test } from 'vitest';
import { createUpkeep } from '../../src/app/upkeep.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { keyText } from '../../src/reconcile/work-queue.ts';
import { createManualClock } from '../support/manual-clock.ts';

const release = (name: string, repository = 'acme/payments'): Key => ({
  kind: 'release',
  repository,
  release: name,
});

/** `spare`: until when, in milliseconds from the start, upkeep of a repository should wait. */
function createWorld(spare: Map<string, number>) {
  const clock = createManualClock();
  const began = Date.parse(clock.now());
  const asked: string[] = [];
  const upkeep = createUpkeep({
    spareTime: (repository) => Math.max(0, (spare.get(repository) ?? 0) - (Date.parse(clock.now()) - began)),
    queue: { enqueue: (key) => void asked.push(keyText(key)) },
    clock,
  });
  return { clock, asked, upkeep };
}

test('upkeep is asked for at once where enough of the quota is left', () => {
  const { upkeep, asked, clock } = createWorld(new Map([['acme/web', 60_000]]));
  upkeep(release('r1'));
  expect([asked, clock.pending()]).toEqual([['acme/payments r1'], []]);
});

test('T17: otherwise it waits for a new quota, each key once however often it was asked for', () => {
  const { upkeep, asked, clock } = createWorld(new Map([['acme/payments', 60_000]]));
  for (const name of ['r1', 'r2', 'r1', 'r1']) upkeep(release(name));
  clock.advance(59_999);
  expect(asked).toEqual([]);
  clock.advance(1);
  expect(asked).toEqual(['acme/payments r1', 'acme/payments r2']);
  upkeep(release('r1'));
  expect(asked).toHaveLength(3);
});

test('T17: and on, where that is used up by then, too', () => {
  const spare = new Map([['acme/payments', 60_000]]);
  const { upkeep, asked, clock } = createWorld(spare);
  upkeep(release('r1'));
  spare.set('acme/payments', 3_660_000);
  clock.advance(60_000);
  expect(asked).toEqual([]);
  clock.advance(3_600_000);
  expect(asked).toEqual(['acme/payments r1']);
});
