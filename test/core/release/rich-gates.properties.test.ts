import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/release/decide.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { unfoundForgeries } from './rich-forgery.ts';
import { hearAnswers, newOracle, type Oracle, readOn } from './rich-oracle.ts';
import { foldedAnew, recorded, told, whole, wronglyOpen } from './rich-play.ts';
import { peaceIn, playTown, type Town, type TownWatch, townStory } from './rich-town.ts';
import { instant, type Watch } from './rich-world.ts';

const hours = 6;

/** The same in another order: nobody promises any. */
const turned = (facts: Facts): Facts => ({
  ...facts,
  // Of several that may take its place any may be named.
  elsewhere: facts.elsewhere.some(({ supersedes }) => supersedes)
    ? facts.elsewhere
    : facts.elsewhere.toReversed(),
  ...(facts.guards && { guards: new Map([...facts.guards].toReversed()) }),
  ...(facts.endedRuns && { endedRuns: facts.endedRuns.toReversed() }),
  ...(facts.waitingJobs?.jobs.kind === 'known' && {
    waitingJobs: {
      ...facts.waitingJobs,
      jobs: { kind: 'known', value: facts.waitingJobs.jobs.value.toReversed() },
    },
  }),
});

const isWhole: Watch = (world, step) => {
  expect(whole(world, step)).toEqual([]);
  if (step.facts.waitingJobs === undefined) return;
  const { events } = decide(world.state, turned(step.facts), instant(world.now));
  expect(events).toEqual(step.decision.events);
};

const watching = (oracle: Oracle): TownWatch => ({
  step: isWhole,
  gatekeeper: (world, answers, facts) => {
    hearAnswers(oracle, world, answers, facts);
    expect(oracle.complaints).toEqual([]);
  },
  each: (_, world) => {
    readOn(oracle, world);
    expect(oracle.complaints).toEqual([]);
    if (world.state.kind === 'opened') expect(wronglyOpen(world.state)).toEqual([]);
  },
});

const isAtRest = (town: Town, watch: TownWatch): void => {
  expect(peaceIn(town, hours, watch)).toBeLessThan(hours * 30);
  for (const world of town.releases) {
    expect(told(world)).toEqual([]);
    expect(foldedAnew(world)).toEqual(world.state);
    expect(replay(recorded(world))).toEqual([]);
    expect(unfoundForgeries(world)).toEqual([]);
  }
};

describe('T5, T14: what waits at the gate', () => {
  it('is let in once for an opening, told no only for good, and never left to wait for nothing', () => {
    let admitted = 0;
    const refused = new Set<string>();
    fc.assert(
      fc.property(townStory, (story) => {
        const oracle = newOracle();
        const watch = watching(oracle);
        isAtRest(playTown(story, watch), watch);
        admitted += oracle.admitted;
        for (const { why } of oracle.refused) refused.add(why);
      }),
      { numRuns: 30 },
    );
    // Otherwise little was shown.
    expect(admitted).toBeGreaterThan(0);
    expect(refused.size).toBeGreaterThan(1);
  });
});
