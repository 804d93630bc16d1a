import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Key, Outcome } from '../../src/ports/work-queue.ts';
import type { Ending } from '../../src/reconcile/delay.ts';
import { createWorkQueue, keyText } from '../../src/reconcile/work-queue.ts';
import { createManualClock } from '../support/manual-clock.ts';

const release = (name: string): Key => ({ kind: 'release', repository: 'acme/payments', release: name });
const settled: Outcome = { kind: 'settled' };

/** A queue whose runs end when the test says so. */
function createWorld(concurrency?: number) {
  const clock = createManualClock();
  const started: string[] = [];
  const endings: Ending[] = [];
  const open: { text: string; end: (outcome: Outcome) => void; fail: (error: unknown) => void }[] = [];
  const queue = createWorkQueue({
    clock,
    ...(concurrency === undefined ? {} : { concurrency }),
    run: (key) => {
      started.push(keyText(key));
      return new Promise((end, fail) => open.push({ text: keyText(key), end, fail }));
    },
    settled: (_key, ending) => endings.push(ending),
  });
  const take = () => {
    const run = open.shift();
    if (run === undefined) throw new Error('nothing runs');
    return run;
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const end = async (outcome: Outcome) => {
    take().end(outcome);
    await settle();
  };
  const fail = async (error: unknown) => {
    take().fail(error);
    await settle();
  };
  return { clock, queue, started, endings, end, fail };
}

test('requests that arrive while a key runs lead to exactly one more run', async () => {
  const world = createWorld();
  for (let request = 0; request < 5; request += 1) world.queue.enqueue(release('a'));
  expect(world.started).toHaveLength(1);
  await world.end(settled);
  expect(world.started).toHaveLength(2);
  await world.end(settled);
  expect(world.started).toHaveLength(2);
});

test('requests for a waiting key coalesce', async () => {
  const world = createWorld(1);
  world.queue.enqueue(release('a'));
  for (let request = 0; request < 3; request += 1) world.queue.enqueue(release('b'));
  await world.end(settled);
  await world.end(settled);
  expect(world.started).toEqual(['acme/payments a', 'acme/payments b']);
});

test('different keys run in parallel, up to the limit', () => {
  const world = createWorld(2);
  for (const name of ['a', 'b', 'c']) world.queue.enqueue(release(name));
  expect(world.started).toEqual(['acme/payments a', 'acme/payments b']);
});

test('a repository and a release of one name are different keys', () => {
  const world = createWorld();
  world.queue.enqueue({ kind: 'repository', repository: 'acme/payments' });
  world.queue.enqueue(release('a'));
  expect(world.started).toHaveLength(2);
});

test('waiting looks again at its time, and not before', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'waiting', until: '2026-11-23T10:00:00Z' });
  world.clock.advance(3_599_999);
  expect(world.started).toHaveLength(1);
  world.clock.advance(1);
  expect(world.started).toHaveLength(2);
});

test('an event runs a waiting key at once, and the newest time replaces the older timer', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'waiting', until: '2026-11-23T10:00:00Z' });
  world.queue.enqueue(release('a'));
  expect(world.started).toHaveLength(2);
  await world.end({ kind: 'waiting', until: '2026-11-23T12:00:00Z' });
  expect(world.clock.pending()).toEqual([3 * 3_600_000]);
});

test('a time already past waits a second, so that nothing spins', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'waiting', until: '2020-01-01T00:00:00Z' });
  expect(world.clock.pending()).toEqual([1_000]);
});

test('retries double from a second to five minutes, and a success starts over', async () => {
  const world = createWorld();
  const delays: (number | undefined)[] = [];
  world.queue.enqueue(release('a'));
  for (let round = 0; round < 11; round += 1) {
    await world.end({ kind: 'retry', why: 'the host answers 502' });
    delays.push(world.clock.pending()[0]);
    world.clock.advance(300_000);
  }
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000));
  await world.end(settled);
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'retry', why: 'the host answers 502' });
  expect(world.clock.pending()).toEqual([1_000]);
});

test('a retry with a time obeys it', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'retry', afterMs: 42_000, why: 'rate limit' });
  expect(world.clock.pending()).toEqual([42_000]);
});

test('a failing run does not forget an earlier deadline', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'waiting', until: '2026-11-23T09:01:00Z' });
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'retry', afterMs: 3_600_000, why: 'rate limit' });
  expect(world.clock.pending()).toEqual([60_000]);
});

test('something thrown is told as a bug and tried again', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.fail(new Error('broken'));
  expect(world.endings).toEqual([{ kind: 'bug', error: new Error('broken') }]);
  expect(world.clock.pending()).toEqual([1_000]);
});

test('settled and stalled wait for an event', async () => {
  const world = createWorld();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'stalled', who: 'acme', what: 'install the App' });
  world.queue.enqueue(release('b'));
  await world.end(settled);
  expect(world.clock.pending()).toEqual([]);
});

test('stop drops what waits, ends what runs, and takes nothing more', async () => {
  const world = createWorld(1);
  let stopped = false;
  world.queue.enqueue(release('a'));
  world.queue.enqueue(release('b'));
  const stop = world.queue.stop().then(() => {
    stopped = true;
  });
  await Promise.resolve();
  expect(stopped).toBe(false);
  await world.end({ kind: 'retry', why: 'the host answers 502' });
  await stop;
  world.queue.enqueue(release('c'));
  expect(world.started).toEqual(['acme/payments a']);
  expect(world.clock.pending()).toEqual([]);
});

test('idle resolves at once when nothing is to do, whatever timers are pending', async () => {
  const world = createWorld();
  await world.queue.idle();
  world.queue.enqueue(release('a'));
  await world.end({ kind: 'waiting', until: '2026-11-23T10:00:00Z' });
  await world.queue.idle();
  expect(world.clock.pending()).toHaveLength(1);
});

test('in every interleaving a key never overlaps itself, and a run starts after the last request', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
      async (scheduler, names) => {
        const active = new Set<string>();
        const startedAt = new Map<string, number>();
        const requestedAt = new Map<string, number>();
        let time = 0;
        const queue = createWorkQueue({
          clock: createManualClock(),
          concurrency: 2,
          run: async (key) => {
            const text = keyText(key);
            expect(active.has(text)).toBe(false);
            active.add(text);
            startedAt.set(text, ++time);
            await scheduler.schedule(Promise.resolve(), `run ${text}`);
            active.delete(text);
            return settled;
          },
        });
        for (const name of names) {
          void scheduler.schedule(Promise.resolve(), `request ${name}`).then(() => {
            requestedAt.set(keyText(release(name)), ++time);
            queue.enqueue(release(name));
          });
        }
        await scheduler.waitIdle();
        await queue.idle();
        for (const [text, requested] of requestedAt) expect(startedAt.get(text)).toBeGreaterThan(requested);
      },
    ),
  );
});

test('T17: a full queue takes no other key, tells of it, and goes on with those it has', async () => {
  const dropped: string[] = [];
  const ends: (() => void)[] = [];
  const queue = createWorkQueue({
    clock: createManualClock(),
    concurrency: 1,
    most: 3,
    run: () => new Promise((end) => ends.push(() => end(settled))),
    dropped: (key) => dropped.push(keyText(key)),
  });
  for (const name of ['a', 'b', 'c', 'd', 'b']) queue.enqueue(release(name));
  expect(dropped).toEqual(['acme/payments d']);
  expect(queue.load()).toEqual({ ready: 2, running: 1, resting: 0 });
  ends.shift()?.();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  queue.enqueue(release('d'));
  expect(dropped).toHaveLength(1);
  expect(queue.load()).toEqual({ ready: 2, running: 1, resting: 0 });
});

test('a key that waits for its time is counted as resting', async () => {
  const { queue, end } = createWorld();
  queue.enqueue(release('a'));
  await end({ kind: 'retry', why: 'later' });
  expect(queue.load()).toEqual({ ready: 0, running: 0, resting: 1 });
});
