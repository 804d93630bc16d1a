import { expect, it } from 'vitest';
import { defaultConfiguration, type Role } from '../../../src/core/configuration/configuration.ts';
import { questionAfterLoss, questionOf } from '../../../src/core/release/ask.ts';
import { fold } from '../../../src/core/release/fold.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
} from '../../support/release-world.ts';
import { configurationOf } from '../floors/rulebook.ts';

const from = (name: string) => [
  { from: [{ kind: 'team' as const, name }], require: { kind: 'count' as const, count: 1 } },
];
const plan = manifest([activity('signoff'), activity('go', { approvers: from('sre'), needs: ['signoff'] })]);
const roles: readonly Role[] = [{ id: 'manager', members: [{ kind: 'user', name: 'pat' }] }];

const asked = (world: ReleaseWorld, next = plan) => questionOf(world.state, next, [], undefined);
const numberOf = (world: ReleaseWorld, id: string) => world.thread(id).issue.number;

it('asks about a manifest that is not open yet: its people and its target', () => {
  const unopened = fold('r1', []);
  const managed = manifest([
    activity('signoff', {
      approvers: [{ from: [{ kind: 'role', name: 'manager' }], require: { kind: 'unanimous' } }],
      exclude: [{ kind: 'team', name: 'sre' }],
    }),
  ]);
  expect(questionOf(unopened, managed, roles, commit('b'))).toEqual({
    threads: [],
    principals: ['user:pat', 'team:sre'],
    target: commit('b'),
  });
  expect(questionOf(unopened, undefined, roles, undefined)).toEqual({ threads: [], principals: [] });
});

it('asks for everything said where something waits, and for the recent words elsewhere', () => {
  const world = releaseWorld({ plan });
  expect(asked(world)).toEqual({
    target: commit('b'),
    threads: [
      { issue: numberOf(world, 'signoff'), comments: 'all' },
      { issue: numberOf(world, ''), comments: 'recent' },
    ],
    principals: ['team:qa', 'team:sre'],
  });
  world.says('grace', '/approve');
  expect(asked(world).threads).toEqual([
    { issue: numberOf(world, 'go'), comments: 'all' },
    { issue: numberOf(world, 'signoff'), comments: 'recent' },
    { issue: numberOf(world, ''), comments: 'recent' },
  ]);
});

it('asks for everybody who may act on what the record or the manifest says, until it ends', () => {
  const world = releaseWorld({ plan }).says('grace', '/approve');
  expect(questionOf(world.state, undefined, [], undefined).principals).toEqual(['team:qa', 'team:sre']);
  expect(asked(world, manifest([activity('x', { approvers: from('product') })])).principals).toEqual([
    'team:qa',
    'team:sre',
    'team:product',
  ]);
  world.says('sam', '/approve', {}, 'go');
  expect(asked(world).principals).toEqual([]);
});

it('asks for issues of ours that a crash may have left behind, as long as one is missing', () => {
  const world = releaseWorld({ plan });
  const cut = (...kinds: readonly string[]) =>
    fold(
      'r1',
      world.events.filter(({ kind }) => !kinds.includes(kind)),
    );
  const since = world.opened().openedAt;
  expect(questionOf(cut('notice-posted'), plan, [], undefined)).toMatchObject({
    ownIssuesSince: since,
    threads: [{ issue: 1 }],
  });
  expect(questionOf(cut('release-announced'), plan, [], undefined)).toMatchObject({
    ownIssuesSince: since,
    threads: [{ issue: 2 }],
  });
  expect(asked(world)).not.toHaveProperty('ownIssuesSince');
});

it('reads at most twenty threads of what is decided', () => {
  const ids = Array.from({ length: 25 }, (_, index) => `a${index}`);
  const world = releaseWorld({ plan: manifest(ids.map((id) => activity(id))) });
  for (const id of ids) world.says('grace', '/approve', {}, id);
  expect(asked(world).threads).toHaveLength(21);
});

it('asks once more where an issue is gone that has to be made again, and only there', () => {
  const world = releaseWorld({ plan });
  const after = (lost: string | undefined) => {
    const number = lost === undefined ? 0 : numberOf(world, lost);
    return questionAfterLoss(world.state, asked(world), (issue) => issue !== number)?.ownIssuesSince;
  };
  expect([after(undefined), after(''), after('signoff')]).toEqual([
    undefined,
    world.opened().openedAt,
    world.opened().openedAt,
  ]);
  world.says('grace', '/approve');
  expect([after('signoff'), after('go')]).toEqual([undefined, world.opened().openedAt]);
  const searched = { ...asked(world), ownIssuesSince: world.opened().openedAt };
  expect(questionAfterLoss(world.state, searched, () => false)).toBeUndefined();
  world.says('sam', '/approve', {}, 'go');
  expect(after('')).toBeUndefined();
  expect(questionAfterLoss(fold('r1', []), asked(world), () => false)).toBeUndefined();
});

it('asks for those whom an escalation may let vote, and for custodians', () => {
  const to = (name: string) => [{ kind: 'team', name }] as const;
  const escalate = [
    { at: '1h', to: to('told') },
    { at: '2h', to: to('granted'), grant: true as const },
  ];
  const timed = manifest([activity('signoff', { timing: { remind: [], escalate } })]);
  const custodians = { from: to('governance'), require: { kind: 'count', count: 1 } } as const;
  const world = releaseWorld({ plan: timed, configuration: { custodians } });
  const names = asked(world).principals;
  expect(names).toEqual(expect.arrayContaining(['team:granted', 'team:governance']));
  expect(names).not.toContain('team:told');
});

it('T7: asks for everybody whom recorded floors demand of the next manifest, by roles of then and of today', () => {
  const configuration = configurationOf(
    'floors: [{ for: { uses: audit }, approvers: { signoff: { from: team:qa } }, exclude: [role:manager, team:sre] }]\nroles: { manager: { users: sam } }\n',
  );
  const resolutions = { 'user:sam': { kind: 'user', id: person('sam').id, login: 'sam' } } as const;
  const world = releaseWorld({
    plan: manifest([activity('signoff', { uses: 'audit' })]),
    configuration,
    resolutions,
  });
  world.change({ configuration: { kind: 'known', value: defaultConfiguration } });
  const elsewhere = manifest([activity('go', { approvers: from('product') })]);
  world.revise(elsewhere);
  expect(questionOf(world.state, elsewhere, roles, undefined).principals).toEqual([
    ...['team:product', 'team:qa', 'user:sam', 'team:sre', 'user:pat'],
  ]);
});
