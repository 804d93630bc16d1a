import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const hour = 3_600_000;

const world = (timing: Partial<Timing>): ReleaseWorld =>
  releaseWorld({
    plan: manifest([activity('signoff', { timing: { remind: [], escalate: [], ...timing } })], {
      owner: { kind: 'user', name: 'olivia' },
    }),
    resolutions: { 'user:olivia': { kind: 'user', ...person('olivia') } },
  });

const codes = (one: ReleaseWorld): readonly unknown[] =>
  one.answers().flatMap((body) => /code=([a-z-]+) -->/.exec(body)?.[1] ?? []);

describe('G-18, decision 0040: putting off what waits, whenever somebody looks', () => {
  it.each(['early', 'late'])('is judged by when it was said, looked at %s', (looks) => {
    const one = world({ deadline: '3h' });
    const { step } = one;
    if (looks === 'late') one.step = () => one;
    one.says('olivia', '/defer until 2026-11-23T11:00:00Z we need time');
    one.now += 3.5 * hour;
    one.step = step;
    one.step();
    expect(replay(recorded(one))).toEqual([]);
    expect([one.status(), codes(one)]).toEqual(['waiting', []]);
    one.now += 1.6 * hour;
    expect(one.step().status()).toBe('expired');
  });
});

describe('T20, decision 0040: after the deadline', () => {
  it('nobody puts off what has not been decided in time', () => {
    const one = world({ deadline: '3h' });
    one.now += 3 * hour + 10_000;
    one.says('olivia', '/defer until 2026-11-23T14:00:00Z we need time').says('grace', '/approve');
    expect([one.status(), codes(one)]).toEqual(['waiting', ['too-late', 'too-late']]);
    one.now += hour;
    expect(one.step().status()).toBe('expired');
  });

  it('everybody does where it is only shown', () => {
    const one = world({ deadline: '3h', expire: 'stay' });
    one.now += 4 * hour;
    one.says('olivia', '/defer until 2026-11-23T15:00:00Z we need time');
    expect([one.status(), codes(one)]).toEqual(['deferred', []]);
  });
});
