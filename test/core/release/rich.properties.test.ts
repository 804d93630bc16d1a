import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replay } from '../../../src/core/release/replay.ts';
import { foldedAnew, looksInPeace, play, recorded, story, told, whole, wronglyOpen } from './rich-play.ts';
import type { Watch } from './rich-world.ts';

const days = 2;
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
    { numRuns: 40 },
  );
  // Otherwise little was shown.
  expect(opened).toBeGreaterThan(5);
});
