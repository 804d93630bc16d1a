import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Activity, activitiesOf, type Manifest } from '../../../src/core/manifest/manifest.ts';
import { activity, manifest, releaseWorld, type WorldOptions } from '../../support/release-world.ts';

import { changesIn, flip, qa } from './proposals.ts';

describe('a preview comes true', () => {
  const ids = ['a', 'b', 'c'] as const;
  const arbitraryActivity = (id: (typeof ids)[number], index: number): fc.Arbitrary<Activity> =>
    fc
      .record({
        title: fc.constantFrom('One', 'Two'),
        required: fc.integer({ min: 1, max: 2 }),
        needs: fc.subarray(ids.slice(0, index)),
        condition: fc.constantFrom(undefined, 'always()', 'failure()', "activities.a.status == 'approved'"),
        stays: fc.boolean(),
      })
      .map(({ title, required, needs, condition, stays }) =>
        activity(id, {
          ...{ title, needs, approvers: [qa(required)] },
          ...(condition === undefined || id === 'a' ? {} : { if: condition }),
          ...(stays ? { onFailure: { kind: 'continue' } } : {}),
        }),
      );
  const arbitraryOpener: fc.Arbitrary<readonly Activity[]> = fc
    .tuple(fc.boolean(), fc.constantFrom('production', 'staging'), fc.subarray([...ids]))
    .map(([is, environment, needs]) =>
      is ? [activity('deploy', { approvers: [], environment, needs })] : [],
    );
  const arbitraryPlan: fc.Arbitrary<Manifest> = fc
    .tuple(fc.subarray([...ids], { minLength: 1 }), fc.tuple(...ids.map(arbitraryActivity)), arbitraryOpener)
    .map(([kept, all, openers]) => {
      const there = new Set<string>([...kept, 'deploy']);
      return manifest(
        [...all, ...openers]
          .filter(({ id }) => there.has(id))
          .map(({ if: condition, ...one }) => ({
            ...one,
            needs: one.needs.filter((need) => there.has(need)),
            ...(condition === undefined || (condition.includes('activities.a') && !there.has('a'))
              ? {}
              : { if: condition }),
          })),
      );
    });
  const arbitraryWords = fc.array(
    fc.tuple(
      fc.constantFrom('grace', 'linus', 'olga'),
      fc.constantFrom('/approve', '/reject no'),
      fc.constantFrom(...ids),
    ),
    { maxLength: 5 },
  );

  it('the statuses that it names are those that the release has once the manifest is merged', () => {
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, arbitraryWords, (before, after, words) => {
        const options: WorldOptions = { plan: before };
        const world = releaseWorld(options);
        for (const [login, body, on] of words) {
          if (world.state.kind === 'opened' && world.opened().attempts[on] && !world.opened().ended)
            world.says(login, body, {}, on);
        }
        fc.pre(world.opened().ended === undefined && JSON.stringify(before) !== JSON.stringify(after));
        const changes = changesIn(world, after);
        const was = new Map(activitiesOf(before).map(({ id }) => [id, world.status(id)]));
        world.revise(after);
        for (const { id } of activitiesOf(after)) {
          const told = flip(changes, id);
          const turn = told?.environment === undefined ? ['waiting'] : ['running', 'held'];
          const shown =
            told === undefined ? [was.get(id)] : told.begins && told.to === 'pending' ? turn : [told.to];
          expect(shown, id).toContain(world.status(id));
        }
        expect(changes.flips.filter(({ to }) => to === undefined).map((one) => one.activity)).toEqual(
          activitiesOf(before)
            .map(({ id }) => id)
            .filter((id) => !activitiesOf(after).some((one) => one.id === id)),
        );
      }),
      { numRuns: 40 },
    );
  });
});
