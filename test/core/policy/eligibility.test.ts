import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/configuration/configuration.ts';
import type { QuorumRule } from '../../../src/core/manifest/manifest.ts';
import { electorate, electorOf, excludedPeople } from '../../../src/core/policy/eligibility.ts';
import type { Resolutions } from '../../../src/core/policy/principals.ts';
import { askedPrincipals } from '../../../src/core/policy/resolve.ts';
import { count, personOf, principal } from './ballot.ts';

const roles: readonly Role[] = [
  { id: 'lead', members: [principal('user:ada'), principal('team:qa')] },
  { id: 'odd', members: [principal('role:lead')] },
];

const member = (id: number, inherited = false) => ({ person: personOf(id), inherited });

const resolutions: Resolutions = {
  'user:ada': { kind: 'user', id: 1, login: 'ada' },
  'team:qa': { kind: 'team', id: 70, members: [member(2), member(1, true)] },
  'team:ops': { kind: 'team', id: 71, members: [member(3)] },
  'team:gone': { kind: 'missing' },
  'team:slow': { kind: 'unknown', why: 'timeout' },
};

const rule = (...from: readonly string[]): QuorumRule => ({ from: from.map(principal), require: count(1) });
const rules = (...from: readonly string[][]) => from.map((one) => rule(...one));

const directory = { roles, resolutions, bindings: [] };
const none = new Set<number>();

describe('the principals to ask', () => {
  it('are each asked once, roles as their members and permission', () => {
    const named = ['role:lead', 'team:ops', 'team:qa', 'role:nil', 'owners:docs/', 'owners:src/'];
    const more: readonly Role[] = [
      ...roles,
      { id: 'owners:docs/', members: [principal('team:docs')] },
      { id: 'lead2', members: [], permission: 'maintain' },
    ];
    expect(askedPrincipals([...named, 'role:lead2'].map(principal), more)).toEqual([
      'user:ada',
      'team:qa',
      'team:ops',
      'team:docs',
      'permission:maintain',
    ]);
  });
});

describe('the electorate', () => {
  it('has one elector a person with every reason', () => {
    const { electors } = electorate(rules(['role:lead', 'user:ada'], ['team:ops']), directory, none);
    const role = 'role:lead';
    expect(electors).toEqual([
      {
        person: personOf(1),
        rules: [
          {
            rule: 0,
            via: [
              { principal: 'user:ada', id: 1, inherited: false, role },
              { principal: 'team:qa', id: 70, inherited: true, role },
              { principal: 'user:ada', id: 1, inherited: false },
            ],
          },
        ],
      },
      {
        person: personOf(2),
        rules: [{ rule: 0, via: [{ principal: 'team:qa', id: 70, inherited: false, role }] }],
      },
      {
        person: personOf(3),
        rules: [{ rule: 1, via: [{ principal: 'team:ops', id: 71, inherited: false }] }],
      },
    ]);
  });

  it('reports what it cannot resolve and makes nobody eligible through it', () => {
    const asked = rules(['team:slow', 'team:unasked', 'team:gone', 'role:nil', 'role:odd'], ['team:slow']);
    expect(electorate(asked, directory, none)).toEqual({
      electors: [],
      unknown: ['team:slow', 'team:unasked'],
      missing: ['team:gone', 'role:nil', 'role:lead'],
      rebound: [],
      taken: [],
      bindings: [],
    });
  });

  it('takes people away from one rule, whatever else they are (S-079)', () => {
    const asked = [{ ...rule('team:qa'), except: [principal('role:lead2')] }, rule('team:qa')];
    const lead2: Role = { id: 'lead2', members: [principal('user:ada')] };
    const found = electorate(asked, { ...directory, roles: [lead2] }, none);
    expect(found.electors.map(({ person, rules }) => [person.login, rules.map(({ rule }) => rule)])).toEqual([
      ['ada', [1]],
      ['bob', [0, 1]],
    ]);
    expect(found.bindings).toContainEqual({ principal: 'user:ada', id: 1 });
    const unclear = electorate([{ ...rule('team:qa'), except: [principal('team:slow')] }], directory, none);
    expect(unclear.unknown).toEqual(['team:slow']);
  });

  it('marks who may only stand in, unless they are asked anyway', () => {
    const asked = {
      ...rule('user:ada', 'team:ops'),
      backups: ['team:qa', 'user:ada', 'team:qa'].map(principal),
    };
    expect(
      electorate([asked], directory, none).electors.map(({ person, rules }) => [
        person.login,
        rules[0]?.guest ?? false,
        rules[0]?.via.length,
      ]),
    ).toEqual([
      ['ada', false, 1],
      ['bob', true, 2],
      ['eve', false, 1],
    ]);
  });

  it('counts members of a child team only where the rule does not say otherwise (pitfall 13)', () => {
    const logins = (asked: QuorumRule) =>
      electorate([asked], directory, none).electors.map(({ person }) => person.login);
    expect(logins(rule('team:qa'))).toEqual(['ada', 'bob']);
    expect(logins({ ...rule('team:qa'), inherited: false })).toEqual(['bob']);
    expect(logins({ ...rule('user:ada', 'team:qa'), inherited: false })).toEqual(['ada', 'bob']);
  });

  it('asks whoever has a permission, and the owners of a path, by the roles they were made into', () => {
    const more: readonly Role[] = [
      { id: 'owners:docs/', members: [principal('team:qa')] },
      { id: 'maintainer', members: [], permission: 'maintain' },
    ];
    const known: Resolutions = {
      ...resolutions,
      'permission:maintain': { kind: 'team', id: 900, members: [member(3)] },
    };
    const found = electorate(
      rules(['owners:docs/'], ['role:maintainer'], ['owners:src/']),
      { roles: more, resolutions: known, bindings: [] },
      none,
    );
    expect(found.electors.map(({ person, rules }) => [person.login, rules[0]?.via[0]])).toEqual([
      ['ada', { principal: 'team:qa', id: 70, inherited: true, role: 'owners:docs/' }],
      ['bob', { principal: 'team:qa', id: 70, inherited: false, role: 'owners:docs/' }],
      ['eve', { principal: 'permission:maintain', id: 900, inherited: false, role: 'role:maintainer' }],
    ]);
    expect(found.unknown).toEqual(['owners:src/']);
  });

  it('does not resolve a name from the prototype of the resolutions', () => {
    const odd = { ...directory, resolutions: Object.create(resolutions) as Resolutions };
    expect(electorate(rules(['user:ada']), odd, none).unknown).toEqual(['user:ada']);
  });

  it('records the id of each name once', () => {
    expect(electorate(rules(['team:qa', 'user:ada'], ['team:qa']), directory, none).bindings).toEqual([
      { principal: 'team:qa', id: 70 },
      { principal: 'user:ada', id: 1 },
    ]);
  });

  it.each(['user:ada', 'USER:ADA'])(
    'lets nobody in through a name that means another id (T13): %s',
    (name) => {
      const at = '2026-11-23T09:00:00Z';
      const bindings = [
        { principal: name, id: 999, at },
        { principal: 'team:ops', id: 71, at },
      ];
      const found = electorate(rules(['user:ada', 'team:ops']), { ...directory, bindings }, none);
      expect(found.electors.map(({ person }) => person.login)).toEqual(['eve']);
      expect(found).toMatchObject({ rebound: ['user:ada'], bindings: [{ principal: 'team:ops', id: 71 }] });
    },
  );

  it('leaves excluded people out', () => {
    expect(electorate(rules(['team:qa']), directory, new Set([1])).electors).toMatchObject([
      { person: personOf(2) },
    ]);
  });

  it('finds the elector of somebody who speaks later', () => {
    expect(electorOf(2, rules(['team:qa']), directory, none)).toMatchObject({ person: personOf(2) });
    expect(electorOf(2, rules(['team:qa']), directory, new Set([2]))).toBeUndefined();
    expect(electorOf(3, rules(['team:qa']), directory, none)).toBeUndefined();
  });
});

describe('excluded people (T16)', () => {
  const author = (id: number, proof: 'proven' | 'claimed') => ({ person: personOf(id), proof });

  it('can neither approve nor reject when proven or listed, and not approve when only claimed', () => {
    const found = excludedPeople([principal('team:ops')], directory, [
      author(5, 'proven'),
      author(6, 'claimed'),
      author(5, 'claimed'),
      author(3, 'claimed'),
    ]);
    expect(found.bar).toEqual(new Set([5, 3]));
    expect(found.barApproval).toEqual(new Set([6]));
    expect(found.bindings).toEqual([{ principal: 'team:ops', id: 71 }]);
  });

  it('are reported as unknown when the list cannot be resolved', () => {
    expect(excludedPeople([principal('team:slow'), principal('team:gone')], directory, [])).toMatchObject({
      unknown: ['team:slow'],
      missing: ['team:gone'],
    });
  });
});
