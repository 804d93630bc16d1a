import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replay } from '../../../src/core/release/replay.ts';
import { foldedAnew, looksInPeace, play, recorded, story, told, whole, wronglyOpen } from './rich-play.ts';
import { playTwice, talk, upshotOf } from './rich-words.ts';
import type { Watch } from './rich-world.ts';

const days = 1;
const isWhole: Watch = (world, step) => expect(whole(world, step)).toEqual([]);

it('decides everything in one look, whatever happened since the last one, and comes to rest', () => {
  let opened = 0;
  fc.assert(
    fc.property(story, (one) => {
      const world = play(one, isWhole, ({ state }) => {
        if (state.kind === 'opened') expect(wronglyOpen(state)).toEqual([]);
      });
      opened += world.events.filter(({ kind }) => kind === 'environment-opened').length;
      expect(told(world)).toEqual([]);
      expect(foldedAnew(world)).toEqual(world.state);
      expect(looksInPeace(world, days, isWhole)).toBeLessThan(days * 200);
      expect(replay(recorded(world))).toEqual([]);
    }),
    { numRuns: 45 },
  );
  // Otherwise little was shown.
  expect(opened).toBeGreaterThan(0);
});

it('makes the same of words, whether each is heard alone or several at once (decision 0006)', () => {
  let overruled = 0;
  fc.assert(
    fc.property(talk, (one) => {
      const [eager, seldom] = playTwice(one);
      expect(upshotOf(seldom)).toEqual(upshotOf(eager));
      overruled += eager.events.filter(({ kind }) => kind === 'activity-overruled').length;
      for (const world of [eager, seldom]) expect(replay(recorded(world))).toEqual([]);
    }),
    { numRuns: 30 },
  );
  expect(overruled).toBeGreaterThan(0);
});
