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

const staffed = {
  configuration: {
    custodians: { from: [{ kind: 'team', name: 'governance' }], require: { kind: 'count', count: 2 } },
  },
  resolutions: { 'team:governance': team(14, 'carla', 'chen', 'ada') },
} as const;

const consistent = (world: ReleaseWorld): ReleaseWorld => {
  expect(replay(recorded(world))).toEqual([]);
  return world;
};

describe('S-046, S-047, S-135, G-13: what a failure brings about', () => {
  const failing = (onFailure: 'continue' | 'fail' | { run: string }) => {
    const policy =
      typeof onFailure === 'string' ? { kind: onFailure } : { kind: 'run' as const, phase: onFailure.run };
    const base = manifest([
      activity('signoff'),
      activity('also'),
      activity('go', { phase: 'production' }),
      activity('undo', { phase: 'rollback' }),
    ]);
    return {
      ...base,
      phases: base.phases.map((phase) => {
        if (phase.id === 'verify') return { ...phase, onFailure: policy };
        return phase.id === 'rollback' ? { ...phase, needs: [] } : phase;
      }),
    };
  };

  it('continue: what needs it goes on, and the release succeeds in part', () => {
    const base = failing('continue');
    const world = releaseWorld({ plan: { ...base, phases: base.phases.slice(0, 2) } }).says(
      'grace',
      '/reject no',
    );
    expect(world.thread().body).toContain('goes on without it, as the manifest says');
    world.says('grace', '/approve', {}, 'also').says('grace', '/approve', {}, 'go');
    expect(world.releaseStatus()).toBe('partially-succeeded');
    consistent(world);
  });

  it('fail: the release ends, and nothing waits any more', () => {
    const world = releaseWorld({ plan: failing('fail') }).says('grace', '/reject no');
    expect([world.releaseStatus(), world.status('also')]).toEqual(['failed', 'aborted']);
    consistent(world);
  });

  it('run: a phase of its own begins, and the release fails when that is done', () => {
    const world = releaseWorld({ plan: failing({ run: 'rollback' }) });
    expect(world.status('undo')).toBe('pending');
    world.says('grace', '/reject no');
    expect([world.status('undo'), world.status('also')]).toEqual(['waiting', 'waiting']);
    expect(world.thread().body).toContain('`rollback` runs because of this');
    world.says('grace', '/approve', {}, 'undo');
    expect([world.releaseStatus(), world.status('also')]).toEqual(['failed', 'aborted']);
    consistent(world);
  });

  it('run: is over when the failure is mended after all', () => {
    const world = releaseWorld({ plan: failing({ run: 'rollback' }), ...staffed }).says(
      'grace',
      '/reject no',
    );
    world.says('carla', '/retry x').says('chen', '/retry y').says('grace', '/approve');
    expect(world.status('undo')).toBe('waiting');
    for (const id of ['also', 'go']) world.says('grace', '/approve', {}, id);
    expect([world.releaseStatus(), world.status('undo')]).toEqual(['succeeded', 'aborted']);
    expect([world.thread('undo').open, world.thread('undo').body]).toEqual([
      false,
      expect.stringContaining('is mended'),
    ]);
    consistent(world);
  });

  it('run: runs again for a failure that comes after it', () => {
    const world = releaseWorld({ plan: failing({ run: 'rollback' }), ...staffed }).says(
      'grace',
      '/reject no',
    );
    world.says('carla', '/retry x').says('chen', '/retry y').says('grace', '/approve', {}, 'undo');
    expect([world.releaseStatus(), world.status('undo')]).toEqual(['on-hold', 'approved']);
    world.says('grace', '/reject still no');
    expect([world.releaseStatus(), world.status('undo'), world.status('also')]).toEqual([
      'on-hold',
      'waiting',
      'waiting',
    ]);
    expect(world.thread('undo').body).toContain('attempt 2');
    world.says('grace', '/approve', {}, 'undo');
    expect([world.releaseStatus(), world.status('also')]).toEqual(['failed', 'aborted']);
    consistent(world);
  });

  it('run: what somebody said no to is asked again by custodians alone (T3)', () => {
    const world = releaseWorld({ plan: failing({ run: 'rollback' }), ...staffed }).says(
      'grace',
      '/reject no',
    );
    world.says('carla', '/retry x').says('chen', '/retry y').says('grace', '/reject leave it', {}, 'undo');
    world.says('grace', '/reject still no');
    expect([world.releaseStatus(), world.status('undo')]).toEqual(['on-hold', 'rejected']);
    consistent(world);
  });

  it('run: goes on for the newest failure where it has not ended', () => {
    const world = releaseWorld({ plan: failing({ run: 'rollback' }) });
    world.says('grace', '/reject no').says('grace', '/reject neither', {}, 'also');
    expect(world.thread('undo').body).toContain('attempt 1');
    world.says('grace', '/approve', {}, 'undo');
    expect(world.releaseStatus()).toBe('failed');
    consistent(world);
  });

  it('run: never begins where nothing failed', () => {
    const world = releaseWorld({ plan: failing({ run: 'rollback' }) });
    for (const id of ['signoff', 'also', 'go']) world.says('grace', '/approve', {}, id);
    expect([world.releaseStatus(), world.status('undo')]).toEqual(['succeeded', 'pending']);
    consistent(world);
  });

  it('an activity takes back what its phase says', () => {
    const base = failing('fail');
    const held = {
      ...base,
      phases: base.phases.map((phase) => ({
        ...phase,
        activities: phase.activities.map((one) =>
          one.id === 'signoff' ? { ...one, onFailure: { kind: 'hold' } as const } : one,
        ),
      })),
    };
    expect(releaseWorld({ plan: held }).says('grace', '/reject no').releaseStatus()).toBe('on-hold');
  });
});
