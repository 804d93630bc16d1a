import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

type Word = readonly [who: string, body: string, on: string];

/** The same words, heard as they are said or all at once. */
const both = (plan: Parameters<typeof manifest>[0], ...words: readonly Word[]): readonly ReleaseWorld[] =>
  [false, true].map((away) => {
    const world = releaseWorld({ plan: manifest(plan) });
    const { step } = world;
    if (away) world.step = () => world;
    for (const [who, body, on] of words) {
      world.now += 60_000;
      world.says(who, body, {}, on);
    }
    world.step = step;
    world.step();
    expect(replay(recorded(world))).toEqual([]);
    return world;
  });

describe('words on several threads, where a failure of one activity ends the others (decision 0006)', () => {
  const fail = { onFailure: { kind: 'fail' } } as const;

  it.each([
    [
      [activity('one', fail), activity('two')],
      ['approved', 'failed'],
    ],
    [
      [activity('two'), activity('one', fail)],
      ['approved', 'failed'],
    ],
  ])('what was said before it counts, whoever is heard first: %#', (plan, ends) => {
    for (const world of both(plan, ['grace', '/approve', 'two'], ['linus', '/reject no', 'one']))
      expect([world.status('two'), world.releaseStatus()]).toEqual(ends);
  });

  it('what was said after it does not', () => {
    const plan = [activity('two'), activity('one', fail)];
    for (const world of both(plan, ['linus', '/reject no', 'one'], ['grace', '/approve', 'two']))
      expect([world.status('two'), world.releaseStatus()]).toEqual(['aborted', 'failed']);
  });

  it.each([
    [['grace', '/reject no', 'two'], ['linus', '/abort no use', 'one'], 'rejected'],
    [['linus', '/abort no use', 'one'], ['grace', '/reject no', 'two'], 'aborted'],
  ] as const)('so it is where somebody aborts the release: %#', (first, second, ends) => {
    for (const world of both([activity('one'), activity('two')], first, second))
      expect([world.status('two'), world.releaseStatus()]).toEqual([ends, 'aborted']);
  });
});
