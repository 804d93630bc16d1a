import fc from 'fast-check';
import { expect, it } from 'vitest';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Floor } from '../../../src/core/configuration/floor.ts';
import { applyFloors } from '../../../src/core/floors/apply-floors.ts';
import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { dueOpenings } from '../../../src/core/release/opening.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { hasFailed } from '../../../src/core/release/resolution.ts';
import { latestAttempt, standingOpening } from '../../../src/core/release/state.ts';
import {
  activity,
  manifest,
  person,
  present,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const demanded = ['a', 'b'] as const;
const floor: Floor = {
  source: { path: '.github/countersign.yml', line: 1 },
  for: { kind: 'environment', name: 'production' },
  ...{ activities: demanded, approvers: {}, exclude: [], inputs: {}, profile: [], lines: {} },
};
const custodians = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;
const loose = { ...defaultConfiguration, custodians };
const strict = { ...loose, floors: [floor] };

/** Mostly plans that meet the floor, and some that find a way around it. */
const arbitraryActivity = (id: string): fc.Arbitrary<Activity> =>
  fc
    .record({
      two: fc.boolean(),
      passes: fc.option(fc.constantFrom('continue', 'if', 'auto'), { freq: 5 }),
      title: fc.constantFrom('One', 'Two'),
    })
    .map(({ two, passes, title }) =>
      activity(id, {
        title,
        approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: two ? 2 : 1 } }],
        ...(passes === 'continue' ? { onFailure: { kind: 'continue' as const } } : {}),
        ...(passes === 'if' ? { if: "release == 'r2'" } : {}),
        ...(passes === 'auto'
          ? { timing: { remind: [], escalate: [], autoApprove: { at: '1h', comment: 'Standard' } } }
          : {}),
      }),
    );
const arbitraryPlan: fc.Arbitrary<Manifest> = fc
  .record({
    gates: fc.tuple(arbitraryActivity('a'), arbitraryActivity('b'), arbitraryActivity('c')),
    missing: fc.option(fc.constantFrom('a', 'b'), { freq: 6 }),
    apart: fc.boolean(),
  })
  .map(({ gates, missing, apart }) => {
    const there = gates.filter(({ id }) => id !== missing);
    const needs = apart ? [] : ['a', 'b'].filter((id) => id !== missing);
    const phase = apart ? 'production' : 'verify';
    const deploy = activity('deploy', { phase, approvers: [], needs, environment: 'Production' });
    return manifest([...there, deploy]);
  });

/** As the default branch would have it: a manifest below the floors in force cannot take force. */
const factOf = (plan: Manifest, { facts }: ReleaseWorld): Facts['manifest'] => {
  const { configuration } = facts;
  const floors = configuration.kind === 'known' ? configuration.value.floors : [];
  const rulebook = { floors, roles: [], catalog: usableCatalog(loose) };
  const { plan: raised, applied, objections } = applyFloors(plan, rulebook);
  const fact = present(raised, [{ person: person('ada'), proof: 'proven' }]);
  if (objections.length > 0 || fact.kind !== 'present') return { kind: 'invalid', path: 'releases/r1.yml' };
  return applied.length === 0 ? fact : { ...fact, floors: applied };
};

const sound = manifest([
  ...['a', 'b', 'c'].map((id) => activity(id)),
  activity('deploy', { approvers: [], needs: ['a', 'b'], environment: 'Production' }),
]);

type Deed = (world: ReleaseWorld) => void;
const on = (world: ReleaseWorld, id: string) =>
  world.opened().ended === undefined && world.opened().attempts[id] !== undefined;
const says =
  (login: string, body: string, id: string): Deed =>
  (world) => {
    if (on(world, id)) world.says(login, body, {}, id);
  };
const arbitraryDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('a', 'b', 'c')
      .chain((id) => fc.constantFrom('grace', 'linus', 'olga').map((login) => says(login, '/approve', id))),
  },
  fc
    .constantFrom('a', 'b', 'c')
    .chain((id) => fc.constantFrom('/reject no', '/withdraw').map((body) => says('grace', body, id))),
  fc
    .constantFrom('a', 'b', 'c')
    .chain((id) =>
      fc.constantFrom('/ignore it is late', '/retry once more').map((body) => says('sam', body, id)),
    ),
  fc.constantFrom(1, 20).map(
    (hours): Deed =>
      (world) => {
        world.now += hours * 3_600_000;
        world.step();
      },
  ),
  {
    weight: 3,
    arbitrary: arbitraryPlan.map(
      (plan): Deed =>
        (world) =>
          void world.change({ manifest: factOf(plan, world) }),
    ),
  },
  fc.constant<Deed>((world) => void world.change({ configuration: { kind: 'known', value: strict } })),
);

it('T1: an open environment implies that people have approved all that its floors demand, and nobody’s no stands', () => {
  let opened = 0;
  fc.assert(
    fc.property(fc.boolean(), fc.array(arbitraryDeed, { minLength: 3, maxLength: 10 }), (begun, deeds) => {
      const world = releaseWorld({ plan: sound, configuration: begun ? strict : loose });
      for (const id of demanded) world.says('grace', '/approve', {}, id);
      for (const deed of deeds) {
        deed(world);
        const state = world.opened();
        const deploy = latestAttempt(state, 'deploy');
        const demands = world.facts.configuration;
        const isGuarded = demands.kind === 'known' && demands.value.floors.length > 0;
        if (!isGuarded || state.ended || !deploy || !standingOpening(deploy)) continue;
        opened += 1;
        for (const id of demanded) {
          const ending = latestAttempt(state, id)?.ending;
          expect(ending).toMatchObject({ kind: 'approved' });
          expect(ending).not.toHaveProperty('automatic');
          expect(ending?.kind === 'approved' && ending.by.length).toBeGreaterThan(0);
        }
        expect(hasFailed(state, 'a') || hasFailed(state, 'b')).toBe(false);
      }
      expect(replay(recorded(world))).toEqual([]);
    }),
    { numRuns: 150 },
  );
  // Otherwise nothing was shown.
  expect(opened).toBeGreaterThan(5);
});

it('T1: what stands in for an approval by people opens nothing that a floor guards, however it came about', () => {
  const world = releaseWorld({ plan: sound, configuration: loose });
  for (const id of demanded) world.says('grace', '/approve', {}, id);
  const state = world.opened();
  const [b] = state.attempts['b'] ?? [];
  const [deploy] = state.attempts['deploy'] ?? [];
  if (b?.ending?.kind !== 'approved' || deploy === undefined) throw new Error('nothing was opened');
  const opens = (attempt: object, floors: readonly Floor[] = [floor]) => {
    const attempts = { ...state.attempts, b: [{ ...b, ...attempt }], deploy: [{ ...deploy, openings: [] }] };
    const guarded = { ...state, attempts, revision: { ...state.revision, floors } };
    const moment = { at: state.lastAt, trusted: true };
    return dueOpenings(guarded, { kind: 'known', value: loose }, moment).length;
  };
  expect(opens({})).toBe(1);
  const automatic = { ending: { ...b.ending, automatic: 'Standard change' } };
  expect([opens(automatic), opens(automatic, [])]).toEqual([0, 1]);
  const rejected = { kind: 'rejected', at: state.lastAt, by: [person('grace')] };
  const ignored = {
    ending: rejected,
    overruled: { act: 'ignore', by: [person('sam')], reason: 'late', inputs: {} },
  };
  expect([opens(ignored), opens(ignored, [])]).toEqual([0, 1]);
  const superseded = { ending: { kind: 'superseded', at: state.lastAt, differences: [] } };
  expect([opens(superseded), opens(superseded, [])]).toEqual([0, 0]);
});
