import { describe, expect, it } from 'vitest';
import type { Resolution } from '../../../src/core/policy/principals.ts';
import { decide } from '../../../src/core/release/decide.ts';
import {
  activity,
  commit,
  manifest,
  type ReleaseWorld,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const other = (title: string) => manifest([activity('signoff', { title })]);

describe('time', () => {
  it('never runs backwards in a record, whatever our clock says (T20)', () => {
    const world = releaseWorld();
    const { lastAt } = world.opened();
    const earlier = decide(
      world.state,
      { ...world.facts, manifest: { kind: 'absent' } },
      '2020-01-01T00:00:00Z',
    );
    expect(earlier.events.map(({ at }) => at)).toEqual([lastAt, lastAt]);
  });
});

const sre = {
  approvers: [{ from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } }],
} as const;

describe('names that cannot be used', () => {
  const later = activity('later', { ...sre, needs: ['signoff'] });
  const change = (world: ReleaseWorld, now: Resolution) =>
    world.change({ resolutions: { ...world.facts.resolutions, 'team:sre': now } });

  it('keep an activity from beginning: a slug that means another team now (T13)', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff'), activity('early', sre), later]) });
    change(world.says('sam', '/approve', {}, 'early'), team(99, 'mallory')).says('grace', '/approve');
    expect(world.decision().hindrances.get('later')).toBe(
      'team:sre names somebody else than when it was first used.',
    );
    expect([world.status('later'), world.decision().unsure]).toEqual(['blocked', false]);
  });

  it('keep one activity from beginning while others begin', () => {
    const plan = manifest([activity('signoff'), later, activity('besides', { needs: ['signoff'] })]);
    const world = change(releaseWorld({ plan }), { kind: 'unknown', why: 'timeout' }).says(
      'grace',
      '/approve',
    );
    expect([world.status('later'), world.status('besides')]).toEqual(['blocked', 'waiting']);
    expect(world.decision().hindrances.get('later')).toBe('GitHub could not be asked who team:sre is.');
  });
});

describe('a manifest that changes to and fro', () => {
  it('is announced each time, so that people can always vote on what holds (T11)', () => {
    const world = releaseWorld({ plan: other('A') });
    for (const title of ['B', 'A', 'B', 'A', 'B']) world.revise(other(title));
    expect(world.answers()).toHaveLength(5);
    expect(world.says('grace', '/approve').status()).toBe('approved');
  });
});

describe('after a rejection', () => {
  it('a revision whose people are unknown waits, and begins when they are known', () => {
    const plan = manifest([
      activity('signoff', {
        approvers: [{ from: [{ kind: 'team', name: 'ops' }], require: { kind: 'unanimous' } }],
      }),
    ]);
    const world = releaseWorld().says('grace', '/reject no').revise(plan);
    expect([world.status(), world.decision().hindrances.get('signoff')]).toEqual([
      'blocked',
      'GitHub could not be asked who team:ops is.',
    ]);
    expect(world.thread().body).toContain('Superseded');
    world.change({ resolutions: { ...world.facts.resolutions, 'team:ops': team(14, 'sam') } });
    expect(world.says('sam', '/approve').releaseStatus()).toBe('succeeded');
  });
});

describe('a target that is written as a commit', () => {
  it('is kept when it stays the same, and resolved again when it does not', () => {
    const at = (sha: string, title: string) =>
      manifest([activity('signoff')], { target: { kind: 'sha', sha: commit(sha) }, title });
    const world = releaseWorld({ plan: at('b', 'One') });
    expect(
      world
        .change({ target: { commit: commit('d'), tag: false } })
        .revise(at('b', 'Two'))
        .opened().target,
    ).toEqual({ commit: commit('b') });
    expect(world.revise(at('d', 'Three')).opened().target).toEqual({ commit: commit('d') });
    world.change({ target: undefined }).revise(at('e', 'Four'));
    expect(world.decision().hindrances.get('')).toBe(`The target ${commit('e')} does not exist.`);
  });

  it('becomes a ref, and the other way round', () => {
    const world = releaseWorld().revise(
      manifest([activity('signoff')], { target: { kind: 'sha', sha: commit('b') } }),
    );
    expect(world.opened().target).toEqual({ commit: commit('b') });
    expect(world.revise(manifest([activity('signoff')], { title: 'Back' })).opened().target).toEqual({
      commit: commit('b'),
      ref: 'v1',
    });
  });
});
