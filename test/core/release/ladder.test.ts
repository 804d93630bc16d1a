import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const gone = [{ kind: 'team', name: 'gone' }] as const;
const managers = [{ kind: 'team', name: 'managers' }] as const;

const laddered = activity('signoff', {
  timing: {
    remind: [],
    escalate: [
      { at: '2h', to: gone, grant: true },
      { at: '4h', to: managers, grant: true },
    ],
  },
});

const world = (...more: Parameters<typeof manifest>[0]): ReleaseWorld =>
  releaseWorld({
    plan: manifest([laddered, ...more]),
    resolutions: { 'team:gone': { kind: 'missing' }, 'team:managers': team(15, 'max') },
  });

const means = (one: ReleaseWorld, resolution: ReleaseWorld['facts']['resolutions'][string]): ReleaseWorld => {
  one.facts = { ...one.facts, resolutions: { ...one.facts.resolutions, 'team:gone': resolution } };
  return one;
};

const passing = (ms: number, one: ReleaseWorld): ReleaseWorld => {
  one.now += ms;
  one.step();
  expect(replay(recorded(one))).toEqual([]);
  return one;
};

describe('S-087, T12: a rung whose name means nobody (decision 0057)', () => {
  it('is said, and the next rung lets others vote all the same', () => {
    const one = passing(5 * hour, world());
    expect(one.decision().hindrances.get('signoff')).toBe('team:gone does not exist or may not be seen.');
    expect(one.says('max', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('lets others vote from their time on, whenever anybody looks', () => {
    const one = world();
    one.now += 5 * hour;
    expect(one.says('max', '/approve').status()).toBe('approved');
  });

  it('is said of its own activity only', () => {
    const unstaffed = activity('board', {
      approvers: [{ from: [{ kind: 'role', name: 'nobody' }], require: { kind: 'count', count: 1 } }],
    });
    expect([...passing(3 * hour, world(unstaffed)).decision().hindrances]).toEqual([
      ['board', 'role:nobody does not exist or may not be seen.'],
      ['signoff', 'team:gone does not exist or may not be seen.'],
    ]);
  });

  it('is done once its name means somebody, also after a later one', () => {
    const one = means(passing(5 * hour, world()), team(16, 'tess'));
    one.step();
    expect(one.decision().hindrances).toEqual(new Map());
    expect(one.says('tess', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('keeps those whom the next one lets vote from waiting, while nobody knows whom it lets vote', () => {
    const one = means(world(), { kind: 'unknown', why: 'timeout' });
    one.now += 5 * hour;
    expect(one.says('max', '/approve').status()).toBe('approved');
    const other = means(world(), { kind: 'unknown', why: 'timeout' });
    other.now += 5 * hour;
    expect(other.says('tess', '/approve').status()).toBe('blocked');
    expect(means(other, team(16, 'tess')).learns().status()).toBe('approved');
  });
});
