import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/configuration/configuration.ts';
import type { Activity, Principal } from '../../../src/core/manifest/manifest.ts';
import type { ResolvedTarget } from '../../../src/core/release/event.ts';
import { differences, scopeDigest, scopeOf, shortScope } from '../../../src/core/release/scope.ts';
import { activity, commit, manifest, releaseWorld } from '../../support/release-world.ts';

const qa: Principal = { kind: 'team', name: 'qa' };
const sre: Principal = { kind: 'team', name: 'sre' };
const ada: Principal = { kind: 'user', name: 'ada' };
const grace: Principal = { kind: 'user', name: 'grace' };
const manager: Principal = { kind: 'role', name: 'manager' };

const byQa = { from: [qa, manager], require: { kind: 'count', count: 2 } } as const;

const full = activity('signoff', {
  instructions: 'Look at the dashboard',
  approvers: [byQa, { from: [sre], require: { kind: 'majority' } }],
  exclude: [ada, grace],
  inputs: [
    { id: 'why', label: 'Why', type: 'text', required: 'to-approve' },
    { id: 'risk', label: 'Risk', type: 'dropdown', required: 'optional', options: ['Low', 'High'] },
  ],
});
const roles: readonly Role[] = [
  { id: 'manager', members: [ada, grace] },
  { id: 'unrelated', members: [ada] },
];
const target: ResolvedTarget = { commit: commit('b'), ref: 'v1' };

const digest = (
  changed: Partial<Activity> = {},
  {
    release = 'r1',
    known = roles,
    at = target,
  }: { release?: string; known?: readonly Role[]; at?: ResolvedTarget } = {},
): string =>
  scopeDigest(scopeOf({ plan: manifest([full], { release }), roles: known }, { ...full, ...changed }, at));

const [first, second] = [full.approvers[0], full.approvers[1]].map(
  (rule) => rule ?? { from: [], require: { kind: 'majority' as const } },
);
const [why, risk] = full.inputs;

describe('what an approver agrees to (T2)', () => {
  it.each<readonly [string, Partial<Activity>]>([
    ['title', { title: 'Other' }],
    ['id', { id: 'other' }],
    ['instructions', { instructions: 'Look elsewhere' }],
    [
      'the people of a rule',
      { approvers: [{ from: [qa], require: { kind: 'count', count: 2 } }, ...full.approvers.slice(1)] },
    ],
    [
      'the kind of a principal',
      {
        approvers: [
          { from: [qa, { kind: 'user', name: 'manager' }], require: { kind: 'count', count: 2 } },
          ...full.approvers.slice(1),
        ],
      },
    ],
    [
      'the number a rule asks for',
      {
        approvers: [
          { from: [qa, manager], require: { kind: 'count', count: 1 } },
          ...full.approvers.slice(1),
        ],
      },
    ],
    [
      'how a rule counts',
      { approvers: [...full.approvers.slice(0, 1), { from: [sre], require: { kind: 'unanimous' } }] },
    ],
    ['a rule less', { approvers: full.approvers.slice(0, 1) }],
    // Recorded votes name rules by their place, so another order is another question.
    ['the order of the rules', { approvers: [...full.approvers].reverse() }],
    ['whom a rule takes away', { approvers: [{ ...byQa, except: [ada] }, ...full.approvers.slice(1)] }],
    ['who may stand in', { approvers: [{ ...byQa, backups: [grace] }, ...full.approvers.slice(1)] }],
    [
      'whether members of child teams count',
      { approvers: [{ ...byQa, inherited: false }, ...full.approvers.slice(1)] },
    ],
    ['whether one person may fill several seats', { distinct: false }],
    ['whether the rules open in turn', { order: 'sequential' }],
    ['what rejections do', { reject: { kind: 'outweighed' } }],
    ['how many seats may be delegated', { delegation: { max: 0 } }],
    ['exclusions', { exclude: [ada] }],
    ['no exclusion', { exclude: [] }],
    ['an input less', { inputs: full.inputs.slice(0, 1) }],
    ['no input', { inputs: [] }],
    ['the label of an input', { inputs: full.inputs.map((input) => ({ ...input, label: 'Other' })) }],
    [
      'whether an input is required',
      { inputs: full.inputs.map((input) => ({ ...input, required: 'always' as const })) },
    ],
    [
      'the shape of an input',
      { inputs: full.inputs.map((input) => (input.type === 'text' ? { ...input, minLength: 9 } : input)) },
    ],
    [
      'the options of an input',
      {
        inputs: full.inputs.map((input) =>
          input.type === 'dropdown' ? { ...input, options: ['Low'] } : input,
        ),
      },
    ],
  ])('changes with %s', (_, changed) => {
    expect(digest(changed)).not.toBe(digest());
  });

  it('changes with the release, the target and the roles it refers to', () => {
    expect(digest({}, { release: 'r2' })).not.toBe(digest());
    expect(digest({}, { at: { commit: commit('c'), ref: 'v1' } })).not.toBe(digest());
    expect(digest({}, { known: [{ id: 'manager', members: [ada] }] })).not.toBe(digest());
    expect(digest({}, { known: [] })).not.toBe(digest());
    const excluding = { exclude: [manager], approvers: full.approvers.slice(1) };
    expect(digest(excluding, { known: [{ id: 'manager', members: [ada] }] })).not.toBe(digest(excluding));
  });

  it('does not change with order, owners, the name of the target or roles nobody mentions', () => {
    expect(why && risk && digest({ inputs: [risk, why] })).toBe(digest());
    expect(digest({ exclude: [grace, ada] })).toBe(digest());
    expect(first && second && digest({ approvers: [{ ...first, from: [manager, qa] }, second] })).toBe(
      digest(),
    );
    expect(digest({ needs: ['other'], phase: 'production' })).toBe(digest());
    expect(digest({}, { at: { commit: commit('b') } })).toBe(digest());
    expect(digest({}, { known: [{ id: 'manager', members: [grace, ada] }] })).toBe(digest());
  });

  it('does not change with the release’s title, its owner, other activities or the time', () => {
    const plan = manifest([full, activity('other')], { title: 'Old' });
    const scope = (world: ReturnType<typeof releaseWorld>) =>
      world.opened().attempts['signoff']?.at(-1)?.scope;
    const resolutions = {
      'user:ada': { kind: 'user', id: 1, login: 'ada' },
      'user:grace': { kind: 'user', id: 2, login: 'grace' },
    } as const;
    const world = releaseWorld({ plan, roles, resolutions });
    const before = scope(world);
    expect(before).toBe(digest());
    world.now += 86_400_000;
    world.revise(manifest([activity('another'), full], { title: 'New', owner: ada }));
    expect(scope(world)).toBe(before);
    expect(world.kinds()).not.toContain('scope-changed');
  });

  it('is shown by its first seven digits', () => {
    expect(shortScope(digest())).toBe(digest().slice(0, 7));
  });
});

describe('differences', () => {
  it('name every place, with both values', () => {
    const rules = { plan: manifest([full]), roles };
    const before = scopeOf(rules, full, target);
    const changed = { ...full, title: 'Other', exclude: [], inputs: full.inputs.slice(0, 1) };
    const after = scopeOf(rules, changed, target);
    expect(differences(before, after)).toEqual([
      { path: 'exclude', before: '["user:ada","user:grace"]' },
      { path: 'inputs.risk.id', before: '"risk"' },
      { path: 'inputs.risk.label', before: '"Risk"' },
      { path: 'inputs.risk.options', before: '["Low","High"]' },
      { path: 'inputs.risk.required', before: '"optional"' },
      { path: 'inputs.risk.type', before: '"dropdown"' },
      { path: 'title', before: '"signoff"', after: '"Other"' },
    ]);
    expect(differences(after, before).find(({ path }) => path === 'exclude')).toEqual({
      path: 'exclude',
      after: '["user:ada","user:grace"]',
    });
    expect(differences(before, before)).toEqual([]);
  });
});

describe('roles (T2)', () => {
  const asked = {
    approvers: [{ from: [manager], require: byQa.require, except: [{ kind: 'owners', name: 'docs/' }] }],
  } as const;

  it('count with their permission and with whom they were made of, wherever they are named', () => {
    const owners = { id: 'owners:docs/', members: [ada] };
    const scope = digest(asked, { known: [...roles, owners] });
    expect(digest(asked, { known: roles })).not.toBe(scope);
    expect(digest(asked, { known: [...roles, { ...owners, members: [grace] }] })).not.toBe(scope);
    const permitted = roles.map((role) => ({ ...role, permission: 'admin' as const }));
    expect(digest(asked, { known: [...permitted, owners] })).not.toBe(scope);
  });

  it('are no part of what everybody agrees to by being open to remarks', () => {
    expect(digest({ advisory: true })).toBe(digest());
  });
});
