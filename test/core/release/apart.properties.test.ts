import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Activity,
  activitiesOf,
  type Duty,
  type Manifest,
} from '../../../src/core/manifest/manifest.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const ids = ['first', 'second', 'third'];
const people = ['grace', 'linus', 'olga'];
const duties: readonly Duty[] = [
  { kind: 'committers' },
  ...ids.map((id): Duty => ({ kind: 'approvers', activity: id })),
];

const activityOf = (id: string): fc.Arbitrary<Activity> =>
  fc
    .record({ count: fc.constantFrom(1, 1, 2), apartFrom: fc.subarray([...duties]) })
    .map(({ count, apartFrom }) => {
      const approvers = [
        { from: [{ kind: 'team' as const, name: 'qa' }], require: { kind: 'count' as const, count } },
      ];
      const others = apartFrom.filter((duty) => duty.kind === 'committers' || duty.activity !== id);
      return activity(id, { approvers, ...(others.length === 0 ? {} : { apartFrom: others }) });
    });

const planOf: fc.Arbitrary<Manifest> = fc
  .tuple(activityOf('first'), activityOf('second'), activityOf('third'))
  .map((activities) => manifest(activities, { target: { kind: 'ref', ref: 'v1', since: 'v0' } }));

const dutiesOf: fc.Arbitrary<NonNullable<Facts['duties']>> = fc
  .record({
    named: fc.subarray(people, { maxLength: 2 }),
    proof: fc.constantFrom('proven' as const, 'claimed' as const),
    whole: fc.boolean(),
  })
  .map(({ named, proof, whole }) => ({
    base: commit('0'),
    target: commit('b'),
    found: {
      kind: 'known',
      value: {
        commits: 1,
        committers: named.map((login) => ({ person: person(login), proof, commits: [commit('d')] })),
        unattributable: whole ? [] : [{ commit: commit('e'), name: 'x', why: 'no-account' }],
      },
    },
  }));

type Act =
  | { readonly kind: 'say'; readonly who: string; readonly body: string; readonly on: string }
  | { readonly kind: 'look up'; readonly found: NonNullable<Facts['duties']> };

const saying = fc.record({
  kind: fc.constant('say' as const),
  who: fc.constantFrom(...people),
  body: fc.constantFrom('/approve', '/approve', '/approve', '/withdraw'),
  on: fc.constantFrom(...ids),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { arbitrary: saying, weight: 5 },
  { arbitrary: fc.record({ kind: fc.constant('look up' as const), found: dutiesOf }), weight: 1 },
);

const begin = (plan: Manifest, found: NonNullable<Facts['duties']>): ReleaseWorld =>
  releaseWorld({ plan }).change({
    target: { commit: commit('b'), tag: true, since: commit('0') },
    duties: found,
  });

const perform = (world: ReleaseWorld, done: Act): void => {
  if (done.kind === 'look up') world.change({ duties: done.found });
  else world.says(done.who, done.body, {}, done.on);
};

const approversOf = (world: ReleaseWorld, id: string): readonly string[] => {
  const ending = latestAttempt(world.opened(), id)?.ending;
  return ending?.kind === 'approved' ? ending.by.map(({ login }) => login) : [];
};

const play = fc.record({ plan: planOf, found: dutiesOf, acts: fc.array(act, { maxLength: 20 }) });

it('T16: nobody in the recorded list of committers is ever counted as an approval', () => {
  let counted = 0;
  fc.assert(
    fc.property(play, ({ plan, found, acts }) => {
      const world = begin(plan, found);
      for (const done of acts) {
        const before = new Set(ids.filter((id) => approversOf(world, id).length > 0));
        perform(world, done);
        for (const { id, apartFrom = [] } of activitiesOf(plan)) {
          const now = approversOf(world, id);
          if (before.has(id) || now.length === 0 || !apartFrom.some(({ kind }) => kind === 'committers'))
            continue;
          counted += 1;
          const listed = world.opened().duties;
          expect(listed?.unattributable).toEqual([]);
          for (const { person: committer } of listed?.committers ?? [])
            expect(now).not.toContain(committer.login);
        }
      }
      expect(replay(recorded(world))).toEqual([]);
    }),
    { numRuns: 50 },
  );
  expect(counted).toBeGreaterThan(0);
});

it('design 3.6: nobody is counted on two activities of which one bars the approvers of the other', () => {
  let pairs = 0;
  fc.assert(
    fc.property(play, ({ plan, found, acts }) => {
      const world = begin(plan, found);
      for (const done of acts) perform(world, done);
      for (const { id, apartFrom = [] } of activitiesOf(plan)) {
        for (const duty of apartFrom) {
          if (duty.kind !== 'approvers') continue;
          const [here, there] = [approversOf(world, id), approversOf(world, duty.activity)];
          if (here.length > 0 && there.length > 0) pairs += 1;
          expect(here.filter((login) => there.includes(login))).toEqual([]);
        }
      }
    }),
    { numRuns: 50 },
  );
  expect(pairs).toBeGreaterThan(0);
});

it('comes to the same where all is heard at once, whichever thread was spoken on first', () => {
  fc.assert(
    fc.property(planOf, dutiesOf, fc.array(saying, { maxLength: 12 }), (plan, found, said) => {
      const eager = begin(plan, found);
      const late = begin(plan, found);
      const { step } = late;
      for (const one of said) perform(eager, one);
      late.step = () => late;
      for (const one of said) perform(late, one);
      late.step = step;
      late.step();
      for (const id of ids) expect(approversOf(late, id)).toEqual(approversOf(eager, id));
    }),
    { numRuns: 50 },
  );
});
