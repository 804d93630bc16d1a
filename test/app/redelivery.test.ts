import { expect, test } from 'vitest';
import { createRedelivery } from '../../src/app/redelivery.ts';
import type { DeliveryRow } from '../../src/github/deliveries.ts';
import { ForgeError } from '../../src/ports/forge.ts';

const start = Date.parse('2026-11-23T09:00:00Z');
const minutes = (count: number) => new Date(start + count * 60_000).toISOString();

/** A log that a test writes; `answer` is what a request to deliver again meets. */
function createWorld(answer: (id: number) => void = () => {}) {
  const rows: DeliveryRow[] = [];
  const asked: number[] = [];
  const spans: number[] = [];
  let now = 0;
  const round = createRedelivery({
    read: async (since) => {
      const from = Date.parse(since(minutes(now)));
      spans.push((start + now * 60_000 - from) / 60_000);
      const found = rows.filter((row) => Date.parse(row.deliveredAt) >= from);
      return { at: minutes(now), rows: found.toReversed(), cut: false };
    },
    redeliver: async (id) => {
      asked.push(id);
      answer(id);
    },
  });
  const happens = (guid: string, arrived: boolean) =>
    rows.push({ id: rows.length + 1, guid, deliveredAt: minutes(now), arrived });
  const pass = async (count = 5) => {
    now += count;
    return round();
  };
  return { happens, pass, asked, spans };
}

test('what did not arrive is asked for once, and not again while the answer is on its way', async () => {
  const { happens, pass, asked } = createWorld();
  happens('a', false);
  happens('b', true);
  expect(await pass()).toEqual({ asked: 1, givenUp: 0, cut: false });
  await pass();
  expect(asked).toEqual([1]);
});

test('what arrived later is left alone, whoever asked for it', async () => {
  const { happens, pass, asked } = createWorld();
  happens('a', false);
  happens('a', true);
  await pass();
  expect(asked).toEqual([]);
});

test('what fails again is asked for three times at most, and then given up', async () => {
  const { happens, pass, asked } = createWorld();
  const given: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    happens('a', false);
    given.push((await pass()).givenUp);
  }
  expect(asked).toEqual([1, 2, 3]);
  expect(given).toEqual([0, 0, 0, 1, 1]);
});

test('after a restart the log tells how often it was tried', async () => {
  const { happens, pass, asked } = createWorld();
  for (let time = 0; time < 4; time += 1) happens('a', false);
  expect(await pass()).toMatchObject({ asked: 0, givenUp: 1 });
  expect(asked).toEqual([]);
});

test('the first look goes back three days, later ones a little further than the last', async () => {
  const { pass, spans } = createWorld();
  await pass();
  await pass();
  await pass(60);
  expect(spans).toEqual([3 * 24 * 60, 15, 70]);
});

test('a hundred at once; the next round goes on', async () => {
  const { happens, pass } = createWorld();
  for (let each = 0; each < 130; each += 1) happens(`guid ${each}`, false);
  expect([(await pass()).asked, (await pass()).asked, (await pass()).asked]).toEqual([100, 30, 0]);
});

test('what the host does not know any more is past', async () => {
  const { happens, pass, asked } = createWorld((id) => {
    if (id === 1) throw new ForgeError('not-found', 'Not Found');
  });
  happens('a', false);
  happens('b', false);
  expect(await pass()).toMatchObject({ asked: 1 });
  await pass();
  expect(asked.toSorted()).toEqual([1, 2]);
});

test('a host that is away ends the round, and the next one asks again', async () => {
  let away = true;
  const { happens, pass, asked } = createWorld(() => {
    if (away) throw new ForgeError('unavailable', 'Server Error');
  });
  happens('a', false);
  await expect(pass()).rejects.toMatchObject({ code: 'unavailable' });
  away = false;
  expect(await pass()).toMatchObject({ asked: 1 });
  expect(asked).toEqual([1, 1]);
});
