import fc from 'fast-check';
import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { activity, manifest } from '../../support/release-world.ts';
import { type Deed, deed, type Moment } from './rich-deeds.ts';
import { type GateDeed, performAtGates } from './rich-gates.ts';
import { begin, perform } from './rich-perform.ts';
import { anyPlan } from './rich-plan.ts';
import { informed, look, newHost, type RichWorld, type Watch } from './rich-world.ts';

/** Releases of one repository beside each other, on one host. */
export type Town = { readonly releases: readonly RichWorld[]; now: number };

type TownDeed = { readonly at: number; readonly after: Moment['after'] | 'early' } & (
  | { readonly at: number; readonly deed: Deed }
  | { readonly gate: GateDeed }
);
export type TownStory = {
  readonly plans: readonly Manifest[];
  /** Everybody agrees to everything before anything else happens. */
  readonly agreed: boolean;
  readonly all: readonly TownDeed[];
};

const machine = (id: string, more: Partial<Activity>): Activity =>
  activity(id, { phase: 'production', approvers: [], ...more });
const ways: readonly Partial<Activity>[] = [
  ...[{}, {}, {}, { validFor: '3h' }],
  ...[{ workflow: 'deploy.yml' }, { workflow: 'deploy.yml', validFor: '3h' }],
];

/** Short ways to environments, several of them to one. */
const shortPlan: fc.Arbitrary<Manifest> = fc
  .record({
    deploy: fc.constantFrom(...ways),
    other: fc.constantFrom(undefined, ...ways),
    place: fc.constantFrom('production', 'production', 'Staging'),
    undo: fc.constantFrom(undefined, undefined, 'production', 'staging'),
    gate: fc.boolean(),
    more: fc.constantFrom<Partial<Manifest>>({}, {}, { supersedes: 'previous' }),
  })
  .map(({ deploy, other, place, undo, gate, more }) => {
    const run = undo === undefined ? {} : { onFailure: { kind: 'run' as const, phase: 'rollback' } };
    const plan = manifest(
      [
        activity('a'),
        ...(gate ? [activity('go')] : []),
        machine('deploy', { environment: 'Production', ...run, ...deploy }),
        ...(other ? [machine('watch', { environment: place, ...other })] : []),
        ...(undo ? [machine('undo', { phase: 'rollback', environment: undo })] : []),
      ],
      { owner: { kind: 'user', name: 'mona' }, target: { kind: 'ref', ref: 'v1', since: 'v0' }, ...more },
    );
    const phases = plan.phases.map((one) => (one.id === 'rollback' ? { ...one, needs: [] } : one));
    return { ...plan, phases };
  });

const environments = fc.constantFrom(
  'production',
  'production',
  'production',
  'PRODUCTION',
  'staging',
  'Staging',
);
const nth = fc.constantFrom(0, 0, 0, 1, 1, 2);
const gateDeed: fc.Arbitrary<GateDeed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('starts' as const),
      environment: environments,
      event: fc.constantFrom(
        'push',
        'push',
        'workflow_dispatch',
        'workflow_dispatch',
        'pull_request',
        'workflow_run',
      ),
      on: fc.constantFrom('b', 'b', 'b', 'b', 'b', 'c'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('own asks' as const), environment: environments, nth }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('asks too' as const), environment: environments, nth }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('ends' as const),
      conclusion: fc.constantFrom('success', 'success', 'failure', 'failure', 'cancelled'),
      nth,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('again' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('vanishes' as const), nth }) },
);

const after = fc.constantFrom<TownDeed['after']>(
  'early',

  'look',
  'look',
  'look',
  'look',
  'look',
  'miss',
  'miss',
  'crash',
);
const at = fc.constantFrom(0, 0, 0, 0, 1, 1, 2);
const common: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Deed>({ kind: 'advance' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      who: fc.constant('mona'),
      body: fc.constantFrom('/retry deploy again', '/retry watch again', '/retry undo again'),
      on: fc.constant(''),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('blind' as const),
      what: fc.constantFrom('jobs' as const, 'runs' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('revise' as const), plan: shortPlan, by: fc.constant('ada') }),
  },
);
export const townStory: fc.Arbitrary<TownStory> = fc.record({
  plans: fc.array(fc.oneof({ weight: 4, arbitrary: shortPlan }, { weight: 1, arbitrary: anyPlan }), {
    minLength: 1,
    maxLength: 3,
  }),
  agreed: fc.constantFrom(true, true, true, false),
  all: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ at, after, gate: gateDeed }) },
      { weight: 3, arbitrary: fc.record({ at, after, deed: common }) },
      { weight: 2, arbitrary: fc.record({ at, after, deed }) },
    ),
    { maxLength: 40, size: '+1' },
  ),
});

const distance = 100_000;

/** Everything that is asked of a town while its story goes on. */
export type TownWatch = {
  readonly step: Watch;
  readonly gatekeeper: RichWorld['gatekeeper'];
  /** After every look at one of its releases. */
  readonly each: (town: Town, world: RichWorld) => void;
};

export function playTown({ plans, agreed, all }: TownStory, watch: TownWatch): Town {
  const host = newHost();
  const { gatekeeper } = watch;
  const releases = plans.map((plan, index) =>
    begin(
      { plan: { ...plan, release: `r${index + 1}` }, custodians: 1, floor: false },
      { host, gatekeeper, nextId: distance * (index + 1) },
    ),
  );
  const town: Town = { releases, now: releases[0]?.now ?? 0 };
  for (const index of releases.keys()) {
    visit(town, index, watch, 'look');
    if (!agreed) continue;
    perform(enterTown(town, index), { kind: 'advance' });
    visit(town, index, watch, 'look');
  }
  for (const one of all) {
    const world = enterTown(town, one.at);
    if ('gate' in one) performAtGates(world, one.gate);
    else perform(world, named(one.deed, world.state.release));
    town.now = world.now;
    if (one.after !== 'miss') visit(town, one.at, watch, one.after);
  }
  for (const [index] of [...releases, ...releases].entries()) visit(town, index, watch, 'look');
  return town;
}

const named = (deed: Deed, release: string): Deed =>
  deed.kind === 'revise' ? { ...deed, plan: { ...deed.plan, release } } : deed;

/** A release, at the time of the town and with what the others are by now. */
function enterTown({ releases, now }: Town, at: number): RichWorld {
  const world = releases[at % releases.length] as RichWorld;
  world.now = now;
  const elsewhere = releases.flatMap(({ state }) => {
    const told =
      state.kind === 'opened' && state.release !== world.state.release ? elsewhereOf(state) : undefined;
    return told ?? [];
  });
  world.facts = { ...world.facts, elsewhere };
  return world;
}

function visit(town: Town, at: number, { step, each }: TownWatch, how: 'look' | 'crash' | 'early'): void {
  const world = enterTown(town, at);
  // A clock that goes back is no reason to do anything (T20).
  if (how === 'early') world.now -= 600_000;
  look(world, step, how === 'crash');
  town.now = Math.max(town.now, world.now);
  each(town, world);
}

/**
 * Lets hours pass in which nothing happens, and looks at everything whenever a release asks for it; returns how often one
 * did.
 */
export function peaceIn(town: Town, hours: number, watch: TownWatch): number {
  const end = town.now + hours * 3_600_000;
  // An order is sent again every two minutes as long as its answers get lost.
  for (const { host } of town.releases) host.answer = 'run';
  for (let times = 0; ; times += 1) {
    for (const index of town.releases.keys()) visit(town, index, watch, 'look');
    const next = town.releases
      .map((world) => informed(world, world.facts).decision.lookAgainAt)
      .map((at) => (at === undefined ? end : Date.parse(at)));
    if (next.some((at) => at <= town.now)) throw new Error('looks again at what is past');
    town.now = Math.min(...next);
    if (town.now >= end || times > hours * 40) return times;
  }
}
