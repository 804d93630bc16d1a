import { describe, expect, it } from 'vitest';
import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { differences, scopeOf } from '../../../src/core/release/scope.ts';
import { latestAttempt, standingOpening } from '../../../src/core/release/state.ts';
import {
  activity,
  commit,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

type More = Partial<Activity>;

const open = '$' + '{{';

const opener = (id: string, more: More = {}): Activity =>
  activity(id, { approvers: [], environment: 'production', phase: 'production', ...more });
const smoke = (more: More = {}): Activity =>
  activity('smoke', { approvers: [], needs: ['signoff'], checks: [{ name: 'smoke-tests' }], ...more });
const board = (more: More = {}): Activity => activity('board', { phase: 'board', ...more });

const isOpen = (world: ReleaseWorld): boolean => {
  const attempt = latestAttempt(world.opened(), 'deploy');
  return attempt !== undefined && standingOpening(attempt) !== undefined;
};

/** Where the scope of signoff differs between two plans. */
const changes = (before: Manifest, after: Manifest): readonly string[] => {
  const scope = (plan: Manifest) => {
    const signoff = plan.phases.flatMap(({ activities }) => activities).find(({ id }) => id === 'signoff');
    return scopeOf({ plan, roles: [] }, signoff ?? activity('signoff'), { commit: commit('b') });
  };
  return differences(scope(before), scope(after)).map(({ path }) => path);
};

const withPhase = (plan: Manifest, id: string, more: Partial<Manifest['phases'][number]>): Manifest => ({
  ...plan,
  phases: plan.phases.map((phase) => (phase.id === id ? { ...phase, ...more } : phase)),
});

const plan = (deploy: More = {}, step: More = {}, test: More = {}): Manifest =>
  manifest([activity('signoff'), smoke(test), board(step), opener('deploy', deploy)]);

describe('whoever approves agrees to when machines run afterwards (T2, decision 0053)', () => {
  it.each<readonly [string, Manifest, readonly string[]]>([
    ['the condition of a machine', plan({ if: 'always()' }), ['course.deploy.if']],
    ['what its failure brings about', plan({ onFailure: { kind: 'fail' } }), ['course.deploy.onFailure']],
    ['a condition on the way there', plan({}, { if: 'failure()' }), ['course.board.if']],
    [
      'a failure that nothing waits for',
      plan({}, {}, { onFailure: { kind: 'continue' } }),
      ['course.smoke.onFailure'],
    ],
    [
      'what a machine waits for',
      withPhase(plan(), 'production', { needs: ['verify'] }),
      ['course.deploy.after'],
    ],
    [
      'where its phase runs only after a failure',
      withPhase(plan(), 'board', { onFailure: { kind: 'run', phase: 'production' } }),
      ['course.board.onFailure', 'course.deploy.failureOf'],
    ],
    ['a condition that nobody can read', plan({ if: '((' }), ['course.deploy.if']],
  ])('%s', (_, changed, paths) => {
    const found = changes(plan(), changed);
    expect(found).toEqual(expect.arrayContaining([...paths]));
  });

  it.each<readonly [string, Manifest, Manifest]>([
    [
      'another way to write a condition',
      plan({ if: `${open} target.ref=='v1' }}` }),
      plan({ if: "(target.ref == 'v1')" }),
    ],
    ['a condition that always holds', plan(), plan({ if: 'true' })],
    ['a failure that holds the release, said or not', plan(), plan({ onFailure: { kind: 'hold' } })],
    [
      'a failure that the phase speaks of',
      plan({ onFailure: { kind: 'fail' } }),
      withPhase(plan(), 'production', { onFailure: { kind: 'fail' } }),
    ],
    [
      'the order of what is needed',
      plan({}, {}, { needs: ['other', 'signoff'] }),
      plan({}, {}, { needs: ['signoff', 'other'] }),
    ],
    ['time', plan(), plan({ validFor: '2h' }, { timing: { deadline: '4h', remind: [], escalate: [] } })],
    [
      'what comes after the last machine',
      manifest([
        ...plan().phases.flatMap(({ activities }) => activities),
        activity('report', { phase: 'end' }),
      ]),
      manifest([
        ...plan().phases.flatMap(({ activities }) => activities),
        activity('report', { phase: 'end', if: 'failure()' }),
      ]),
    ],
    [
      'conditions where no machine runs',
      manifest([activity('signoff'), board()]),
      manifest([activity('signoff'), board({ if: 'failure()' })]),
    ],
  ])('and not to %s', (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it('times of what a failure runs are no part of it either', () => {
    const rollback = (timing: More): Manifest =>
      manifest([
        activity('signoff', { onFailure: { kind: 'run', phase: 'rollback' } }),
        activity('undo', { phase: 'rollback', ...timing }),
      ]);
    expect(changes(rollback({}), rollback({ timing: { deadline: '4h', remind: [], escalate: [] } }))).toEqual(
      [],
    );
    expect(changes(rollback({}), rollback({ title: 'Other' }))).toEqual(['onFailure.activities']);
  });
});

describe('a change of what decides whether machines run ends the votes before them (T2)', () => {
  const consistent = (world: ReleaseWorld): ReleaseWorld => {
    expect(replay(recorded(world))).toEqual([]);
    return world;
  };

  it('a condition that is dropped opens nothing that people did not see', () => {
    const asked = (more: More): Manifest =>
      manifest([activity('signoff'), opener('deploy', more), activity('later', { phase: 'later' })]);
    const world = releaseWorld({ plan: asked({ if: "target.ref == 'never'" }) }).says(
      'grace',
      '/approve',
      {},
      'signoff',
    );
    expect(world.status('deploy')).toBe('skipped');
    world.revise(asked({}));
    expect([world.status('signoff'), isOpen(world)]).toEqual(['waiting', false]);
    consistent(world);
  });

  it('and the page shows which', () => {
    const two = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;
    const asked = (more: More): Manifest =>
      manifest([activity('signoff', { approvers: [two] }), opener('deploy', more)]);
    const world = releaseWorld({ plan: asked({ if: 'failure()' }) }).says('grace', '/approve');
    expect(world.revise(asked({})).thread('signoff').body).toContain('condition of deploy: removed');
    consistent(world);
  });

  it('tests that are no longer waited for, or may fail', () => {
    const asked = (needs: readonly string[], more: More = {}): Manifest =>
      manifest([activity('signoff'), smoke(more), opener('deploy', { needs, phase: 'verify' })]);
    const world = releaseWorld({ plan: asked(['signoff', 'smoke']) }).says(
      'grace',
      '/approve',
      {},
      'signoff',
    );
    world.revise(asked(['signoff']));
    expect([world.status('signoff'), isOpen(world)]).toEqual(['waiting', false]);
    world.says('grace', '/approve', {}, 'signoff');
    expect(isOpen(world)).toBe(true);
    world.revise(asked(['signoff'], { onFailure: { kind: 'continue' } }));
    expect(world.status('signoff')).toBe('waiting');
    consistent(world);
  });
});

describe('no condition leaves out what people said no to (T3, decision 0053)', () => {
  const custodians = {
    from: [{ kind: 'team', name: 'governance' }],
    require: { kind: 'count', count: 1 },
  } as const;
  const governed = {
    configuration: { custodians },
    resolutions: { 'team:governance': team(14, 'carla') },
  } as const;
  const asked = (more: More): Manifest =>
    manifest([activity('gate', more), opener('deploy', { needs: ['gate'], phase: 'verify' })]);
  const never = { if: "target.ref == 'never'" };

  it('a condition that comes with a revision asks again', () => {
    const world = releaseWorld({ plan: asked({}), ...governed }).says('grace', '/reject no', {}, 'gate');
    world.revise(asked(never));
    expect([world.status('gate'), isOpen(world)]).toEqual(['waiting', false]);
    expect(world.kinds()).not.toContain('activity-skipped');
    world.says('linus', '/approve', {}, 'gate');
    expect(isOpen(world)).toBe(true);
    expect(replay(recorded(world))).toEqual([]);
  });

  it('nor does a retry', () => {
    const risk = {
      id: 'risk',
      label: 'Risk',
      type: 'dropdown',
      options: ['Low', 'High'],
      required: 'optional',
    } as const;
    const two = (title: string): Manifest =>
      manifest([
        activity('assess', { title, inputs: [risk] }),
        activity('gate', { needs: ['assess'], if: "activities.assess.inputs.risk == 'High'" }),
        opener('deploy', { phase: 'verify', needs: ['gate'] }),
      ]);
    const world = releaseWorld({ plan: two('Assess'), ...governed });
    world.says('grace', '/approve\nrisk: High', {}, 'assess').says('grace', '/reject no', {}, 'gate');
    world.revise(two('Assess again')).says('grace', '/approve\nrisk: Low', {}, 'assess');
    world.says('carla', '/retry it is better now', {}, 'gate').says('linus', '/approve', {}, 'gate');
    expect([world.status('gate'), isOpen(world)]).toEqual(['blocked', false]);
    world.says('grace', '/withdraw', {}, 'gate');
    expect([world.status('gate'), isOpen(world)]).toEqual(['approved', true]);
    expect(replay(recorded(world))).toEqual([]);
  });

  it('what nobody said no to is left out as before', () => {
    const world = releaseWorld({ plan: asked({}), ...governed });
    world.says('grace', '/approve', {}, 'gate').revise(asked(never));
    expect(world.status('gate')).toBe('skipped');
  });
});
