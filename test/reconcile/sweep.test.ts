import { expect, test } from 'vitest';
import type { Forge, MovedIssues } from '../../src/ports/forge.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { createMemory, issueKey } from '../../src/reconcile/memory.ts';
import { dueForReading, sweepRepository } from '../../src/reconcile/sweep.ts';

const repository = 'acme/payments';

function createWorld(...answers: (MovedIssues['issues'] | Error)[]) {
  const memory = createMemory();
  memory.heads.set(repository, {
    at: '2026-11-23T09:00:00Z',
    repository: { id: 7, name: repository, nodeId: 'R_7', private: true },
  });
  memory.open.set(repository, new Set(['r1', 'r2', 'r3']));
  memory.issues.set(issueKey(7, 11), 'r1');
  memory.issues.set(issueKey(7, 12), 'r1');
  memory.issues.set(issueKey(7, 20), 'r2');
  const asked: string[] = [];
  const waiting: string[] = [];
  const enqueued: Key[] = [];
  const movedIssues: Forge['movedIssues'] = async (_, since) => {
    asked.push(since);
    const issues = answers.shift() ?? [];
    if (issues instanceof Error) throw issues;
    return { at: `2026-11-23T1${asked.length}:00:00Z`, issues };
  };
  const world = {
    memory,
    forge: {
      movedIssues,
      waitingCommits: async () => ({ kind: 'known', value: [...waiting] }) as const,
    } as Partial<Forge> as Forge,
    enqueue: (key: Key) => void enqueued.push(key),
  };
  const releases = () => enqueued.splice(0).map((key) => (key.kind === 'release' ? key.release : key));
  return { memory, asked, waiting, releases, sweep: () => sweepRepository(world, repository) };
}

test('before the survey there is nothing to sweep', async () => {
  const { sweep, asked } = createWorld();
  expect(await sweep()).toBe(0);
  expect(asked).toEqual([]);
});

test('releases whose issues moved are asked for, each once; what is not ours is nobody', async () => {
  const { sweep, memory, releases } = createWorld([11, 12, 99]);
  memory.swept.set(repository, '2026-11-23T08:55:00Z');
  expect(await sweep()).toBe(1);
  expect(releases()).toEqual(['r1']);
});

test('the same question while nothing moves, and a later one, with some overlap, after something did', async () => {
  const { sweep, memory, asked } = createWorld([], [20], []);
  memory.swept.set(repository, '2026-11-23T08:55:00Z');
  for (let hour = 0; hour < 3; hour += 1) await sweep();
  expect(asked).toEqual(['2026-11-23T08:55:00Z', '2026-11-23T08:55:00Z', '2026-11-23T11:55:00Z']);
});

test('a sweep that failed is made up for in full', async () => {
  const { sweep, memory, asked, releases } = createWorld(new Error('502'), [20]);
  memory.swept.set(repository, '2026-11-23T08:55:00Z');
  await expect(sweep()).rejects.toThrow('502');
  await sweep();
  expect([asked[0], releases()]).toEqual([asked[1], ['r2']]);
});

test('too many to tell apart: everything that is open is looked at', async () => {
  const { sweep, memory, releases } = createWorld('many');
  memory.swept.set(repository, '2026-11-23T08:55:00Z');
  expect(await sweep()).toBe(3);
  expect(releases()).toEqual(['r1', 'r2', 'r3']);
});

test('every open release is read once a day, spread over it, however the ticks fall', () => {
  const day = 86_400_000;
  const names = Array.from({ length: 1_000 }, (_, index) => `release-${index}`);
  const open = new Map([[repository, new Set(names)]]);
  const start = Date.parse('2026-11-23T09:00:00Z');
  const read: string[] = [];
  const perTick: number[] = [];
  for (let at = start, tick = 0; at < start + day; tick += 1) {
    const next = Math.min(start + day, at + (tick % 3 === 0 ? 900_000 : 300_000));
    const due = dueForReading({ open }, at, next);
    read.push(...due.flatMap((key) => (key.kind === 'release' ? [key.release] : [])));
    perTick.push(due.length);
    at = next;
  }
  expect(read.toSorted()).toEqual(names.toSorted());
  expect(Math.max(...perTick)).toBeLessThan(40);
});

test('G-16: every sweep looks for jobs that wait for an environment without our having heard of it', async () => {
  const { sweep, memory, releases, waiting } = createWorld([], []);
  memory.swept.set(repository, '2026-11-23T08:55:00Z');
  const elsewhere = { environments: [{ name: 'production' }] };
  memory.glances.set(repository, new Map([['r2', { target: 'b', elsewhere }]]) as never);
  await sweep();
  expect(releases()).toEqual([]);
  waiting.push('b');
  await sweep();
  expect(releases()).toEqual(['r2']);
});
