import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const qa2 = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;
const plan = (title: string, more: Partial<Activity> = {}) =>
  manifest([activity('signoff', { title, approvers: [qa2], ...more })]);

const world = (): ReleaseWorld => releaseWorld({ plan: plan('One') });

/** Two of the team approve; `now` is what comes of it. */
const approved = (one: ReleaseWorld): string => {
  const now = one.says('linus', '/approve').says('olga', '/approve').status();
  expect(replay(recorded(one))).toEqual([]);
  return now;
};

const doubts = (one: ReleaseWorld) =>
  latestAttempt(one.opened(), 'signoff')?.doubts.map(({ person, what }) => `${person.login} ${what}`);

/** Nothing is looked at meanwhile. */
const unseen = (one: ReleaseWorld, how: (one: ReleaseWorld) => void): ReleaseWorld => {
  const { step } = one;
  one.step = () => one;
  how(one);
  one.step = step;
  return one.step();
};

describe('a change of scope ends doubts, as it ends votes (T11, T15, decision 0055)', () => {
  it.each(['edits', 'deletes'] as const)('of somebody who %s what they said before', (what) => {
    const one = world().says('grace', 'Looks godd.');
    if (what === 'edits') one.edits('grace', 'Looks good.');
    else one.deletes('grace');
    expect(one.status()).toBe('blocked');
    expect(doubts(one.revise(plan('Two')))).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('of somebody who has left', () => {
    const one = world().says('grace', '/approve').edits('grace', 'hm');
    one.facts = {
      ...one.facts,
      resolutions: { ...one.facts.resolutions, 'team:qa': team(11, 'linus', 'olga') },
    };
    expect(approved(one.revise(plan('Two')))).toBe('approved');
  });

  it('of somebody who is not asked any more', () => {
    const one = world().says('grace', '/approve').edits('grace', '/approve!');
    const product = { from: [{ kind: 'team', name: 'product' }], require: qa2.require } as const;
    one.revise(plan('One', { approvers: [{ ...product, require: { kind: 'count', count: 1 } }] }));
    expect(one.says('pat', '/approve').status()).toBe('approved');
  });

  it('of a delegate whose seat lapsed', () => {
    const one = world().says('grace', '/delegate @dora').says('dora', '/approve').edits('dora', 'hm');
    expect(one.status()).toBe('blocked');
    expect(approved(one.revise(plan('Two')))).toBe('approved');
  });
});

describe('what was said before a notice (T11)', () => {
  it('leaves no doubt about it, whenever it is edited', () => {
    const one = world().says('grace', 'Looks godd.').revise(plan('Two')).edits('grace', 'Looks good.');
    expect(doubts(one)).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('leaves none where it was said and touched before the notice, and seen only after it', () => {
    const one = unseen(world(), (now) =>
      now.says('grace', 'x').edits('grace', 'y').says('linus', 'x').deletes('linus').revise(plan('Two')),
    );
    expect(doubts(one)).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('is in doubt where it is deleted later: nobody knows when it had been written (T15)', () => {
    const one = world().says('grace', 'Looks godd.').revise(plan('Two')).deletes('grace');
    expect([doubts(one), approved(one)]).toEqual([['grace deleted'], 'blocked']);
    expect(one.says('grace', '/approve').status()).toBe('approved');
  });

  it('is not what was said after it', () => {
    const one = world().revise(plan('Two')).says('grace', '/approve').edits('grace', 'hm');
    expect([doubts(one), approved(one)]).toEqual([['grace edited'], 'blocked']);
  });

  it('is measured by the notice of what came back, not of what it was before', () => {
    const one = world().says('grace', 'x').revise(plan('Two')).says('grace', 'y').revise(plan('One'));
    expect(doubts(one.edits('grace', 'z'))).toEqual([]);
    expect(doubts(one.says('grace', 'x').edits('grace', 'y'))).toEqual(['grace edited']);
  });
});
