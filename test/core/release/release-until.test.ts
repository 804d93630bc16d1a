import { describe, expect, it } from 'vitest';
import type { CheckRun } from '../../../src/core/checks/check-run.ts';
import type { Manifest, OnFailure } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const custodians = {
  from: [{ kind: 'team', name: 'governance' }],
  require: { kind: 'count', count: 1 },
} as const;

const begin = (plan: Manifest): ReleaseWorld =>
  releaseWorld({
    plan: { ...plan, owner: { kind: 'user', name: 'olivia' } },
    configuration: { custodians },
    resolutions: {
      'team:governance': team(14, 'carla'),
      'user:olivia': { kind: 'user', ...person('olivia') },
    },
  });

const smoke = { name: 'smoke', workflow: '.github/workflows/smoke.yml' };

const passed = (at: string): CheckRun => ({
  ...{ id: 1, name: 'smoke', app: 'github-actions', url: 'https://host/r/1', startedAt: at },
  workflow: { path: smoke.workflow, event: 'push', run: 1 },
  ended: { conclusion: 'success', at },
});

type Story = (world: ReleaseWorld) => void;

/** What happens while somebody looks after every word, or only afterwards. */
const told = (looks: 'early' | 'late', world: ReleaseWorld, story: Story): ReleaseWorld => {
  const { step } = world;
  if (looks === 'late') world.step = () => world;
  story(world);
  world.step = step;
  world.step();
  expect(replay(recorded(world))).toEqual([]);
  return world;
};

const wait = (world: ReleaseWorld, ms: number): void => {
  world.now += ms;
  world.step();
};

const failing = (onFailure: OnFailure): Manifest => {
  const base = manifest([
    activity('signoff'),
    activity('also'),
    activity('undo', { phase: 'rollback' }),
    activity('go', { phase: 'production' }),
  ]);
  const [verify, ...others] = base.phases;
  if (!verify) throw new Error('no phase');
  return { ...base, phases: [{ ...verify, onFailure }, ...others.map((one) => ({ ...one, needs: [] }))] };
};

describe.each(['early', 'late'] as const)(
  'what ended a release is final, looked at %s (decisions 0006, 0066)',
  (looks) => {
    it('on-failure: fail', () => {
      const world = told(looks, begin(failing({ kind: 'fail' })), (one) => {
        one.says('grace', '/reject no');
        wait(one, 1000);
        one.says('carla', '/retry again');
      });
      expect(world.releaseStatus()).toBe('failed');
      expect(world.opened().attempts['signoff']).toHaveLength(1);
    });

    it('on-failure: run, from when that was done', () => {
      const undone = begin(failing({ kind: 'run', phase: 'rollback' })).says('grace', '/reject no');
      const world = told(looks, undone, (one) => {
        one.says('grace', '/approve', {}, 'undo');
        wait(one, 1000);
        one.says('carla', '/retry again');
      });
      expect(world.releaseStatus()).toBe('failed');
    });

    it('on-failure: run, not before', () => {
      const undone = begin(failing({ kind: 'run', phase: 'rollback' })).says('grace', '/reject no');
      const world = told(looks, undone, (one) => {
        one.says('carla', '/retry again');
        wait(one, 1000);
        one.says('grace', '/approve', {}, 'undo');
      });
      expect([world.releaseStatus(), world.opened().attempts['signoff']?.length]).toEqual(['on-hold', 2]);
    });

    it('what another activity came to by time', () => {
      const [verify, ...others] = failing({ kind: 'fail' }).phases;
      if (!verify) throw new Error('no phase');
      const activities = [
        activity('signoff', { onFailure: { kind: 'continue' } }),
        activity('also', { timing: { deadline: '2h', remind: [], escalate: [] } }),
      ];
      const plan = { ...manifest([]), phases: [{ ...verify, activities }, ...others] };
      const world = told(looks, begin(plan).says('grace', '/reject no'), (one) => {
        wait(one, 3 * hour);
        one.says('carla', '/retry again');
      });
      expect([world.releaseStatus(), world.status('also')]).toEqual(['failed', 'expired']);
    });

    it('a success, and who aborts comes too late', () => {
      const plan = manifest([activity('signoff'), activity('also')]);
      const world = told(looks, begin(plan).says('grace', '/approve', {}, 'also'), (one) => {
        one.says('grace', '/approve');
        wait(one, 1000);
        one.says('olivia', '/abort it is broken', {}, '');
      });
      expect(world.releaseStatus()).toBe('succeeded');
    });

    it('who aborts it before it ended is heard', () => {
      const world = told(looks, begin(failing({ kind: 'fail' })), (one) => {
        one.says('olivia', '/abort it is broken', {}, '');
        wait(one, 1000);
        one.says('grace', '/reject no');
      });
      expect(world.releaseStatus()).toBe('aborted');
    });

    it('of several words of custodians the last one that it took', () => {
      const plan = manifest([activity('signoff'), activity('also', { if: "target.ref == 'never'" })]);
      const world = told(looks, begin(plan).says('grace', '/reject no'), (one) => {
        one.says('olivia', '/abort it is broken', {}, '');
        wait(one, 1000);
        one.says('carla', '/ignore the finding was wrong');
      });
      expect(world.releaseStatus()).toBe('aborted');
    });

    it('with checks that had passed', () => {
      const plan = manifest([activity('signoff'), activity('watch', { approvers: [], checks: [smoke] })]);
      const seen = begin(plan).checks(passed('2026-11-23T09:00:00Z'));
      const world = told(looks, seen, (one) => {
        one.says('grace', '/approve');
        wait(one, 1000);
        one.says('olivia', '/abort it is broken', {}, '');
      });
      expect(world.releaseStatus()).toBe('succeeded');
    });

    it('with an activity that is left out', () => {
      const plan = manifest([activity('signoff'), activity('also', { if: "target.ref == 'never'" })]);
      const world = told(looks, begin(plan), (one) => {
        one.says('grace', '/approve');
        wait(one, 1000);
        one.says('olivia', '/abort it is broken', {}, '');
      });
      expect(world.releaseStatus()).toBe('succeeded');
    });
  },
);
