import fc from 'fast-check';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import type { Guard } from '../../../src/core/release/guard.ts';
import { anyPlan } from './rich-plan.ts';
import type { Host } from './rich-world.ts';

/** One thing that happens around a release. */
export type Deed =
  | {
      readonly kind: 'say';
      readonly who: string;
      readonly body: string;
      readonly on: string;
      readonly how?: 'mail' | 'app';
    }
  | { readonly kind: 'edit' | 'delete'; readonly who: string; readonly on: string }
  /** Everybody agrees to all that waits, and what a machine says is good news. */
  | { readonly kind: 'advance' }
  /** People reject what waits, or machines fail, and at once somebody overrules that. */
  | { readonly kind: 'quarrel' | 'trouble'; readonly verb: string; readonly who: string; readonly id: string }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'check'; readonly name: string; readonly conclusion: string; readonly forged: boolean }
  | { readonly kind: 'deploy'; readonly state: 'success' | 'failure' }
  | { readonly kind: 'run ends'; readonly conclusion: string }
  | { readonly kind: 'answer'; readonly how: Host['answer'] }
  | { readonly kind: 'blind'; readonly what: 'checks' | 'runs' | 'writers' | 'jobs' }
  | { readonly kind: 'guard'; readonly guard: Guard }
  | { readonly kind: 'neighbour'; readonly other: Neighbour }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'revise'; readonly plan: Manifest; readonly by: string }
  | { readonly kind: 'move'; readonly to: string }
  | { readonly kind: 'committers'; readonly who: readonly string[] | undefined }
  | { readonly kind: 'staff'; readonly members: readonly string[] }
  | { readonly kind: 'invalid' | 'remove' | 'foreign' | 'hide' | 'return' | 'untimely' | 'lose issue' };

export type Neighbour = 'waits' | 'rejected' | 'open' | 'takes' | 'supersedes' | 'ends';
export type Rule = 'freeze' | 'window' | 'floor' | 'guarded floor' | 'free' | 'unknown';

/** What happens, and whether anybody looks then; `crash`: somebody does, and dies before anything is shown. */
export type Moment = { readonly deed: Deed; readonly after: 'look' | 'miss' | 'crash' };

export type Beginning = { readonly plan: Manifest; readonly custodians: number; readonly floor: boolean };
export const beginning: fc.Arbitrary<Beginning> = fc.record({
  plan: anyPlan,
  custodians: fc.constantFrom(1, 1, 2),
  floor: fc.constantFrom(false, false, true),
});

const activities = ['a', 'a', 'b', 'go', 'go', 'ops'];
const machines = ['deploy', 'watch', 'smoke', 'undo'];
const say = (who: readonly string[], bodies: readonly string[], on: readonly string[]): fc.Arbitrary<Deed> =>
  fc.record({
    kind: fc.constant('say' as const),
    who: fc.constantFrom(...who),
    body: fc.constantFrom(...bodies),
    on: fc.constantFrom(...on),
  });
const voters = ['grace', 'grace', 'linus', 'olga', 'pat', 'sam', 'rosa'];
const overruling = ['/retry it was a mistake', '/ignore it is late', '/ignore it is late\nrisk: High'];
const approval = say(voters, ['/approve', '/approve', '/approve\nrisk: High', '/done'], activities);

export const words: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: approval },
  {
    weight: 4,
    arbitrary: say(
      [...voters, 'ada', 'mallory'],
      ['/reject it is red', '/reject it is red', '/withdraw', '/delegate @dora', '/delegate off', '/help'],
      activities,
    ),
  },
  { weight: 1, arbitrary: say(['dora', 'mona', 'carla'], ['/approve', '/reject no'], activities) },
  { weight: 4, arbitrary: say(['carla', 'chen', 'carla', 'mona'], overruling, [...activities, '']) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('mona', 'carla', 'chen'),
        fc.constantFrom(...machines),
        fc.constantFrom('retry', 'ignore', 'override'),
      )
      .map(([who, id, verb]): Deed => ({ kind: 'say', who, body: `/${verb} ${id} we know why`, on: '' })),
  },
  { weight: 1, arbitrary: say(['carla', 'chen'], ['/acknowledge we know', '/retry again'], ['']) },
);

const otherWords: fc.Arbitrary<Deed> = fc.oneof(
  say(
    ['grace', 'mona'],
    ['/defer until 2026-11-23T12:00:00Z time', '/defer until 2026-11-24 time', '/abort it is over'],
    [...activities, 'a', 'go', ''],
  ),
  fc.record({
    kind: fc.constantFrom('edit' as const, 'delete' as const),
    who: fc.constantFrom('grace', 'linus', 'carla', 'chen', 'mona'),
    on: fc.constantFrom(...activities, ''),
  }),
  approval.chain((deed) =>
    fc.constantFrom('mail' as const, 'app' as const).map((how) => ({ ...deed, how }) as Deed),
  ),
);

const away = { kind: 'unknown', why: 'timeout' } as const;
const advisory: Guard = { kind: 'known', value: ['rule'] };
const outside: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('check' as const),
    name: fc.constantFrom('lint', 'smoke', 'smoke'),
    conclusion: fc.constantFrom('success', 'success', 'success', 'failure', 'skipped', 'cancelled', ''),
    forged: fc.constantFrom(false, false, false, true),
  }),
  fc.record({
    kind: fc.constant('deploy' as const),
    state: fc.constantFrom('success', 'success', 'failure'),
  }),
  fc.record({ kind: fc.constant('run ends' as const), conclusion: fc.constantFrom('success', 'failure') }),
  fc.record({
    kind: fc.constant('neighbour' as const),
    other: fc.constantFrom<Neighbour>('waits', 'rejected', 'open', 'takes', 'supersedes', 'ends'),
  }),
);
const settings: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    how: fc.constantFrom<Host['answer']>('run', 'accepted', 'refused', 'lost', 'sent and lost'),
  }),
  fc.record({ kind: fc.constant('blind' as const), what: fc.constantFrom('checks', 'runs', 'writers') }),
  fc.record({ kind: fc.constant('guard' as const), guard: fc.constantFrom<Guard>(advisory, away) }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('rule' as const),
      rule: fc.constantFrom<Rule>('freeze', 'window', 'floor', 'guarded floor', 'free', 'unknown'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('revise' as const),
      plan: anyPlan,
      by: fc.constantFrom('ada', 'sam'),
    }),
  },
  fc.record({ kind: fc.constant('move' as const), to: fc.constantFrom('b', 'c') }),
  fc.record({
    kind: fc.constant('committers' as const),
    who: fc.constantFrom(undefined, [], ['linus'], ['olga', 'chen']),
  }),
  fc.record({
    kind: fc.constant('staff' as const),
    members: fc.subarray(['ada', 'grace', 'linus', 'olga', 'rosa']),
  }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('hide' as const, 'untimely' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('return' as const) }) },
  fc.record({
    kind: fc.constantFrom('invalid' as const, 'foreign' as const, 'remove' as const, 'lose issue' as const),
  }),
);
const passing: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constant('pass' as const),
  minutes: fc.constantFrom(0.5, 3, 20, 60, 100, 200, 400, 1500),
});

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: words },
  { weight: 1, arbitrary: otherWords },
  { weight: 5, arbitrary: outside },
  { weight: 3, arbitrary: settings },
  { weight: 2, arbitrary: passing },
  { weight: 5, arbitrary: fc.constant<Deed>({ kind: 'advance' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('quarrel' as const, 'trouble' as const, 'trouble' as const),
      verb: fc.constantFrom('retry', 'retry', 'ignore'),
      who: fc.constantFrom('carla', 'chen', 'mona'),
      id: fc.constantFrom(...machines),
    }),
  },
);

export const moments: fc.Arbitrary<readonly Moment[]> = fc.array(
  fc.record({
    deed,
    after: fc.constantFrom<Moment['after']>('look', 'look', 'look', 'look', 'miss', 'miss', 'miss', 'crash'),
  }),
  { maxLength: 30, size: '+1' },
);
