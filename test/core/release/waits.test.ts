import { describe, expect, it } from 'vitest';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import { type Beside, explainRelease } from '../../../src/core/release/explain.ts';
import { fold } from '../../../src/core/release/fold.ts';
import { latestAttempt, type OpenRelease } from '../../../src/core/release/state.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const now = '2026-11-23T10:00:00Z';
const told = (world: ReleaseWorld | OpenRelease, at = now, beside: Beside = {}): string => {
  const state = 'opened' in world ? world.opened() : world;
  return explanationLines(explainRelease(state, at, beside)).join('\n');
};
const opener = activity('deploy', { approvers: [], environment: 'production', phase: 'production' });
const freeze = {
  name: 'Year end',
  from: '2026-11-23T08:00:00Z',
  until: '2026-11-23T12:00:00Z',
  environments: ['production'],
};
const rules = { freezes: [freeze], windows: [] };
const frozen = (plan = manifest([activity('signoff'), opener])): ReleaseWorld =>
  releaseWorld({ plan, configuration: { freezes: [freeze] } }).says('grace', '/approve', {}, 'signoff');

describe('G-39: explain says what the record alone can know of a turn that has come', () => {
  it('a condition that nobody can tell blocks, in the words of the issue', () => {
    const plan = manifest([
      activity('signoff'),
      activity('board', { if: 'release' }),
      activity('deploy', { approvers: [], environment: 'production', if: 'target.ref' }),
    ]);
    const world = releaseWorld({ plan });
    const why = world.decision().hindrances.get('board');
    expect(why).toContain('Whether this is wanted is not known: ');
    expect(told(world)).toContain(`board: board. Blocked\n  ${why}`);
    expect(told(world)).toContain('deploy: deploy. Pending\n  Whether this is wanted is not known: ');
    expect(told(world)).not.toContain('who may vote');
    expect(world.status('board')).toBe('blocked');
  });

  it('a name that does not exist is no part of the record: it says where to look', () => {
    const ghosts = { approvers: [{ from: [{ kind: 'user', name: 'ghost' }], require: one }] } as const;
    const plan = manifest([activity('signoff'), activity('board', ghosts)]);
    const world = releaseWorld({ plan, resolutions: { 'user:ghost': { kind: 'missing' } } });
    expect(world.status('board')).toBe('blocked');
    const { number } = world.opened().tracking ?? {};
    expect(told(world)).toContain(
      `it begins as soon as GitHub tells who may vote. If that takes longer than a minute, something hinders it that only GitHub tells, such as a name that does not exist: issue #${number} says what.`,
    );
    expect(told(world)).toContain('The record names no moment at which something happens by itself.');
    const { tracking: _, ...nowhere } = world.opened();
    expect(told(nowhere)).toContain('the tracking issue of the release says what.');
  });

  it('committers that are not known', () => {
    const apart = activity('signoff', { apartFrom: [{ kind: 'committers' }] });
    const { duties: _, ...state } = releaseWorld().opened();
    const unknown = { ...state, attempts: {}, revision: { ...state.revision, plan: manifest([apart]) } };
    expect(told(unknown)).toContain('as soon as GitHub tells who made the commits of the target');
  });

  it('machines and conditions that only have to be looked at', () => {
    const plan = manifest([
      activity('deploy', { approvers: [], environment: 'production' }),
      activity('quiet', { if: "release == 'r2'" }),
    ]);
    const { state } = releaseWorld({ plan: { ...plan, start: '2026-12-01T00:00:00Z' } });
    const later = told(state as OpenRelease, '2026-12-01T00:00:00Z');
    expect(later).toContain('it begins as soon as it is looked at again. If that takes longer');
    expect(later).toContain('its condition is false: it is left out as soon as anybody looks again.');
  });

  it('a condition that asks how earlier work went waits for no success', () => {
    const plan = manifest([
      activity('signoff', { onFailure: { kind: 'continue' } }),
      activity('mourn', {
        needs: ['signoff'],
        if: 'failure()',
        approvers: [{ from: [{ kind: 'user', name: 'ghost' }], require: one }],
      }),
    ]);
    const world = releaseWorld({ plan, resolutions: { 'user:ghost': { kind: 'missing' } } });
    expect(told(world)).toContain('Waits for signoff.');
    world.says('grace', '/reject no', {}, 'signoff');
    expect(told(world)).not.toContain('Waits for signoff.');
    expect(told(world)).toContain('as soon as GitHub tells who may vote');
  });

  it('a release that is over waits for nobody', () => {
    const over = releaseWorld().says('grace', '/approve');
    expect(told(over)).toContain('Nothing happens by itself any more.');
    expect(told(over)).not.toContain('only people can move it');
    expect(told(releaseWorld())).toContain('Nothing happens by itself: only people can move it.');
  });
});

const one = { kind: 'count', count: 1 } as const;

describe('G-39, design 3.9: explain says what holds an environment', () => {
  it('where the configuration is given', () => {
    const world = frozen();
    expect(world.status('deploy')).toBe('held');
    const text = told(world, now, { rules });
    expect(text).toContain('deploy: deploy. On hold, attempt 1');
    expect(text).toContain('  Held by the freeze "Year end" until 2026-11-23T12:00:00Z.');
    expect(text).toContain('The next thing that happens by itself is due at 2026-11-23T12:00:00Z.');
    expect(told(world, '2026-11-23T12:00:00Z', { rules })).toContain('Nothing holds it: it opens as soon');
    const dated = activity('board', {
      timing: { deadline: '2026-11-23T11:00:00Z', remind: [], escalate: [] },
    });
    const sooner = frozen(manifest([activity('signoff'), dated, { ...opener, phase: 'verify' }]));
    expect(explainRelease(sooner.opened(), now, { rules }).next).toBe('2026-11-23T11:00:30Z');
  });

  it('where it is not, that only the configuration tells', () => {
    const text = told(frozen());
    expect(text).toContain('Nothing in the record holds it. Whether a freeze or a change window does');
    expect(text).toContain('The record names no moment');
    expect(text).not.toContain('only people can move it');
  });

  it('what the record holds against it is said without the configuration', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff'), opener]) });
    world.says('grace', '/approve', {}, 'signoff');
    expect(told(world)).toContain('Open for bbbbbbb since');
    world.revise(manifest([activity('signoff', { instructions: 'Look again.' }), opener]));
    expect(told(world)).toMatch(/Shut at .* Held until people have approved signoff\./);
    expect(told(world)).toContain('\n  Held until people have approved signoff.');
  });

  it('custodians lifted what holds it', () => {
    const custodians = { from: [{ kind: 'user', name: 'carla' }], require: one } as const;
    const world = releaseWorld({
      plan: manifest([activity('signoff'), opener]),
      configuration: { freezes: [freeze], custodians },
      resolutions: { 'user:carla': { kind: 'user', ...person('carla') }, 'team:qa': team(11, 'grace') },
    });
    world.says('grace', '/approve', {}, 'signoff').says('carla', '/override deploy down', {}, '');
    const events = recorded(world);
    const state = fold('r1', events.slice(0, events.findIndex(({ kind }) => kind === 'holds-lifted') + 1));
    if (state.kind === 'unopened') throw new Error('nothing was opened');
    expect(latestAttempt(state, 'deploy')?.lifted).toBeDefined();
    expect(told(state)).toContain('Nothing holds it: it opens as soon as it is looked at again.');
  });
});

describe('S-087: explain says whom an escalation lets vote', () => {
  const managers = [{ kind: 'team', name: 'managers' }] as const;
  const escalating = (grant: { grant?: true }, remind: readonly string[] = []): ReleaseWorld =>
    releaseWorld({
      plan: manifest([
        activity('signoff', { timing: { escalate: [{ at: '2h', to: managers, ...grant }], remind } }),
      ]),
      resolutions: { 'team:managers': team(14, 'max') },
    });

  it('before, and after', () => {
    const before = escalating({ grant: true });
    expect(told(before)).toContain('- 2026-11-23T11:00:00Z: an escalation: team managers may vote too');
    before.now = Date.parse('2026-11-23T12:00:00Z');
    expect(told(before.step())).toContain('- escalated to team managers: max may vote too');
    const only = escalating({});
    expect(told(only)).toContain('an escalation: team managers is told');
    only.now = Date.parse('2026-11-23T12:00:00Z');
    expect(told(only.step())).toContain('- escalated to team managers');
  });

  it('nothing of one that the manifest does not ask for any more', () => {
    const gone = escalating({ grant: true }).revise(manifest([activity('signoff')]));
    expect(told(gone)).not.toContain('an escalation');
  });

  it('T12: whose seat a delegate voted in', () => {
    const plan = manifest([
      activity('signoff', {
        approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
      }),
    ]);
    const world = releaseWorld({ plan, resolutions: { 'user:eve': { kind: 'user', ...person('eve') } } });
    world.says('grace', '/delegate @eve').says('eve', '/approve');
    expect(told(world)).toMatch(/- eve approved for grace at 2026-/);
  });
});
