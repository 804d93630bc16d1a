import fc from 'fast-check';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import type { Activity, Manifest, Requirement } from '../../../src/core/manifest/manifest.ts';
import type { Resolution } from '../../../src/core/policy/principals.ts';
import type { Author } from '../../../src/core/release/event.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import {
  activity,
  manifest,
  person,
  present,
  type ReleaseWorld,
  releaseWorld,
  type Saying,
  team,
} from '../../support/release-world.ts';

/** ada wrote the manifest and is in QA; eve and mallory are nobody here; robo is a bot that QA counts as a member; carla may overrule. */
export const strangers = ['eve', 'mallory'];
const members = ['grace', 'linus', 'olga', 'pat', 'sam', 'rosa'];
const people = [...members, ...members, 'ada', ...strangers, 'robo', 'carla', 'carla'];

const custodians = {
  from: [{ kind: 'team', name: 'governance' }],
  require: { kind: 'count', count: 1 },
} as const;
const configuration: Facts['configuration'] = {
  kind: 'known',
  value: { ...defaultConfiguration, custodians },
};

const resolutions: Facts['resolutions'] = {
  'team:qa': team(11, 'ada', 'grace', 'linus', 'olga'),
  'team:product': team(12, 'pat', 'grace'),
  'team:sre': team(13, 'sam', 'rosa', 'linus'),
  'team:governance': team(14, 'carla', 'ada'),
};
const away: Resolution = { kind: 'unknown', why: 'timeout' };

/** One thing that happens around a release. */
export type Act =
  | {
      readonly kind: 'say';
      readonly who: string;
      readonly body: string;
      readonly on: string;
      readonly how: Saying;
    }
  | { readonly kind: 'edit'; readonly who: string; readonly body: string; readonly on: string }
  | { readonly kind: 'delete'; readonly who: string; readonly on: string }
  | { readonly kind: 'revise'; readonly plan: Manifest; readonly by: Author }
  | { readonly kind: 'invalidate' | 'remove' | 'hide' | 'return' | 'doubt authors' | 'doubt roles' }
  | { readonly kind: 'staff'; readonly members: readonly string[] };

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  { arbitrary: fc.constantFrom(1, 1, 2).map((count) => ({ kind: 'count' as const, count })), weight: 3 },
  { arbitrary: fc.constantFrom({ kind: 'majority' as const }, { kind: 'unanimous' as const }), weight: 1 },
);
const rule = fc.record({
  from: fc
    .subarray(['qa', 'product', 'sre'], { minLength: 1, maxLength: 2 })
    .map((teams) => teams.map((name) => ({ kind: 'team' as const, name }))),
  require: requirement,
});
const why: Input = { id: 'why', label: 'Why', type: 'text', required: 'to-approve', minLength: 3 };

const activityOf = (id: string, needs: readonly string[]): fc.Arbitrary<Activity> =>
  fc
    .record({
      approvers: fc.oneof(fc.tuple(rule), fc.tuple(rule), fc.tuple(rule, rule)),
      inputs: fc.constantFrom([], [], [why]),
      title: fc.constantFrom('One', 'Two'),
      judged: fc.constantFrom<Partial<Activity>>(
        ...[{}, {}, { order: 'sequential' as const }, { reject: { kind: 'count' as const, count: 2 } }],
      ),
    })
    .map(({ judged, ...more }) => activity(id, { needs, ...more, ...judged }));

/** Two activities; the second waits for the first, or not. */
export const planOf = (needs: readonly string[]): fc.Arbitrary<Manifest> =>
  fc
    .tuple(activityOf('signoff', []), activityOf('constructor', needs), fc.boolean())
    .map(([first, second, both]) => manifest(both ? [first, second] : [first]));

export const anyPlan = fc.constantFrom([], ['signoff']).chain(planOf);

/** Mostly words that could count, or people would never come to a decision. */
const body = fc.oneof(
  { arbitrary: fc.constantFrom('/approve', '/approve', '/approve\nwhy: it works'), weight: 4 },
  { arbitrary: fc.constantFrom('/reject it is red', '/withdraw', '/help', 'hello'), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      ...['/retry it was a mistake', '/ignore it is late', '/acknowledge we know', '/delegate off'],
      ...['/defer until 2026-11-23T09:00:20Z we need time', '/delegate @rosa', '/delegate @ghost'],
    ),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom(
      ...['> /approve', '/approved', '/approve @0000000', '/approve\n\n/reject no', '/retry'],
      ...['/approve other', '/approve\nwhy: x'],
    ),
    weight: 1,
  },
);
const where = fc.constantFrom('signoff', 'signoff', 'signoff', 'constructor', 'constructor', '');
const hows: readonly Saying[] = [{}, {}, {}, {}, { app: 'helper' }, { byEmail: true }];

/** Somebody writes a comment; robo is a machine whatever it says. */
export const saying: fc.Arbitrary<Extract<Act, { readonly kind: 'say' }>> = fc
  .record({
    kind: fc.constant('say' as const),
    who: fc.constantFrom(...people),
    body,
    on: where,
    how: fc.constantFrom(...hows),
  })
  .map((act) => (act.who === 'robo' ? { ...act, how: { machine: true } } : act));

const others: fc.Arbitrary<Act> = fc.oneof(
  saying.map((act) => ({ ...act, body: '/abort it is over' })),
  fc.record({
    kind: fc.constant('edit' as const),
    who: fc.constantFrom(...people),
    body,
    on: where,
  }),
  fc.record({ kind: fc.constant('delete' as const), who: fc.constantFrom(...people), on: where }),
  fc.record({
    kind: fc.constant('revise' as const),
    plan: anyPlan,
    by: fc.constantFrom<Author>(
      { person: person('ada'), proof: 'proven' },
      { person: person('linus'), proof: 'claimed' },
      { person: person('sam'), proof: 'proven' },
    ),
  }),
  fc.record({
    kind: fc.constantFrom(
      'invalidate' as const,
      'hide' as const,
      'return' as const,
      'doubt authors' as const,
    ),
  }),
  fc.record({ kind: fc.constantFrom('doubt roles' as const, 'return' as const, 'remove' as const) }),
  fc.record({
    kind: fc.constant('staff' as const),
    members: fc.subarray(['ada', 'grace', 'linus', 'olga', 'rosa']),
  }),
);

export const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof({ arbitrary: saying, weight: 5 }, { arbitrary: others, weight: 1 }),
  { maxLength: 16, size: '+1' },
);

/** A release with this plan among these people. */
export const begin = (plan: Manifest): ReleaseWorld =>
  releaseWorld({ plan, resolutions, configuration: { custodians } });

/** Does one act in a world; words on a thread that does not exist are not said. */
export function perform(world: ReleaseWorld, act: Act): ReleaseWorld {
  switch (act.kind) {
    case 'say':
      return hasThread(world, act.on) ? world.says(act.who, act.body, act.how, act.on) : world;
    case 'edit':
      return hasThread(world, act.on) ? world.edits(act.who, act.body, act.on) : world;
    case 'delete':
      return hasThread(world, act.on) ? world.deletes(act.who, act.on) : world;
    case 'revise':
      return world.revise(act.plan, [act.by]);
    case 'staff':
      return world.change({ resolutions: { ...resolutions, 'team:qa': team(11, ...act.members) } });
    case 'hide':
      return world.change({
        resolutions: Object.fromEntries(Object.keys(resolutions).map((name) => [name, away])),
      });
    case 'return':
      return world.change({ resolutions, manifest: accepted(world), configuration });
    case 'invalidate':
      return world.change({ manifest: { kind: 'invalid', path: 'releases/r1.yml' } });
    case 'remove':
      return world.change({ manifest: { kind: 'absent' } });
    case 'doubt authors':
      return world.change({ manifest: doubtful(world) });
    case 'doubt roles':
      return world.change({
        manifest: revisedTitle(world),
        configuration: { kind: 'unknown', why: 'in error' },
      });
  }
}

const hasThread = (world: ReleaseWorld, on: string): boolean => {
  try {
    return world.thread(on) !== undefined;
  } catch {
    return false;
  }
};

const author: Author = { person: person('ada'), proof: 'proven' };
const accepted = (world: ReleaseWorld) => present(world.opened().revision.plan, [author]);
const revisedTitle = (world: ReleaseWorld) =>
  present({ ...world.opened().revision.plan, title: 'Another title' }, [author]);
const doubtful = (world: ReleaseWorld): Facts['manifest'] =>
  ({
    ...present({ ...world.opened().revision.plan, title: 'A doubtful title' }, []),
    authors: { kind: 'unknown', why: 'timeout' },
  }) as Facts['manifest'];

/** The facts of this moment that keep anybody from knowing. */
export const isUnknown = ({ facts, state }: ReleaseWorld): boolean =>
  facts.resolutions['team:qa']?.kind === 'unknown' ||
  (facts.manifest.kind === 'present' &&
    state.kind === 'opened' &&
    facts.manifest.digest !== state.revision.manifest &&
    (facts.manifest.authors.kind === 'unknown' || facts.configuration.kind === 'unknown'));
