import { describe, expect, it } from 'vitest';
import { mention, mentions } from '../../../src/core/messages/mentions.ts';
import { person } from '../../support/release-world.ts';

const holder = (login: string, principal = 'permission:maintain') => ({
  person: person(login),
  rules: [{ rule: 0, via: [{ principal, id: person(login).id, inherited: false, role: 'role:maintainer' }] }],
});

const among = {
  organization: 'acme',
  roles: [
    {
      id: 'manager',
      members: [
        { kind: 'user', name: 'pat' },
        { kind: 'team', name: 'release' },
        { kind: 'user', name: 'mail@example.com' },
        { kind: 'team', name: 'other/qa' },
      ],
    },
    { id: 'maintainer', members: [], permission: 'maintain' },
    { id: 'owners:src/', members: [{ kind: 'user', name: 'grace' }] },
  ],
  electors: [],
} as const;

describe('S-031: mentions', () => {
  it('keep to GitHub’s own grammar of names (T18)', () => {
    const principals = [
      { kind: 'user', name: 'grace' },
      { kind: 'team', name: 'qa' },
      { kind: 'user', name: 'grace everybody' },
      { kind: 'team', name: '../other' },
    ] as const;
    expect(mentions(principals, among)).toEqual(['@grace', '@acme/qa']);
    expect([mention('ada'), mention('ada\n@everybody')]).toEqual([['@ada'], []]);
  });

  it('call the members of a role and the owners of a path, each once', () => {
    const principals = [
      { kind: 'role', name: 'manager' },
      { kind: 'user', name: 'pat' },
      { kind: 'owners', name: 'src/' },
    ] as const;
    expect(mentions(principals, among)).toEqual(['@pat', '@acme/release', '@grace']);
    expect(mentions([{ kind: 'role', name: 'nobody' }], among)).toEqual([]);
  });

  it('call who holds a permission as found eligible, and not a whole company', () => {
    const role = [{ kind: 'role', name: 'maintainer' }] as const;
    const electors = [holder('grace'), holder('linus', 'team:qa')];
    expect(mentions(role, { ...among, electors })).toEqual(['@grace']);
    const crowd = Array.from({ length: 30 }, () => holder('grace')).map((one, index) => ({
      ...one,
      person: { id: index, login: `one${index}` },
    }));
    expect(mentions(role, { ...among, electors: crowd })).toHaveLength(20);
    expect(mentions(role, among)).toEqual([]);
  });
});
