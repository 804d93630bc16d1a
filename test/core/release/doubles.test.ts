import { expect, it } from 'vitest';
import { doubleWrites } from '../../../src/core/release/doubles.ts';
import type { Thread } from '../../../src/core/release/facts.ts';
import { type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';

const copyOf = (thread: Thread, number: number, more: Partial<Thread> = {}): Thread => ({
  ...thread,
  issue: { number, nodeId: `I_${number}`, url: `https://host/i/${number}` },
  ...more,
});

const trackingOf = (world: ReleaseWorld): Thread => {
  const thread = world.facts.threads.get(world.opened().tracking?.number ?? 0);
  if (!thread) throw new Error('no tracking issue');
  return thread;
};

/** World, after our App turns out to have opened these issues too, which no event names. */
const withDoubles = (world: ReleaseWorld, ...doubles: readonly Thread[]): ReleaseWorld =>
  world.change({
    unrecorded: doubles,
    threads: new Map([
      ...world.facts.threads,
      ...doubles.map((thread) => [thread.issue.number, thread] as const),
    ]),
  });

it('what was opened twice is closed, and points to the one that the record names', () => {
  const world = releaseWorld();
  const [standing, tracking] = [world.thread(), trackingOf(world)];
  withDoubles(world, copyOf(standing, 88), copyOf(tracking, 99));
  for (const [double, counts] of [
    [88, standing],
    [99, tracking],
  ] as const) {
    expect(world.facts.threads.get(double)).toMatchObject({ open: false, title: counts.title });
    expect(world.facts.threads.get(double)?.body).toContain(`#${counts.issue.number} is the one that counts`);
  }
  expect(world.thread()).toEqual(standing);
  expect(world.status()).toBe('waiting');
});

it('nothing is closed that the record names, may yet name, or that is not ours to judge', () => {
  const world = releaseWorld();
  const show = (unrecorded: readonly Thread[], state = world.opened(), threads = world.facts.threads) =>
    doubleWrites({
      state,
      facts: { ...world.facts, unrecorded, threads },
      refusals: [],
      hindrances: new Map(),
      organization: 'acme',
      anchor: { number: 1, digest: 'a'.repeat(64) },
    });
  const standing = world.thread();
  const other = (body: string) => copyOf(standing, 88, { body });
  expect(show([standing, trackingOf(world)])).toEqual([]);
  expect(show([other(standing.body.replace('release=r1', 'release=r2'))])).toEqual([]);
  expect(show([other(standing.body.replace('attempt=1', 'attempt=2'))])).toEqual([]);
  expect(show([other(standing.body.replace('activity=signoff', 'activity=other'))])).toEqual([]);
  expect(show([other('Somebody took the mark out.')])).toEqual([]);
  const { tracking: _, ...untracked } = world.opened();
  expect(show([copyOf(trackingOf(world), 88)], untracked)).toEqual([]);
  expect(show([copyOf(standing, 88)], world.opened(), new Map())).toEqual([]);
  expect(show([copyOf(standing, 88, { open: false })]).map(({ kind }) => kind)).toEqual(['update-issue']);
});
