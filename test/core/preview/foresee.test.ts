import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Activity, Manifest, Phase } from '../../../src/core/manifest/manifest.ts';
import { foresee, type Proposed, type Tomorrow } from '../../../src/core/preview/foresee.ts';
import type { OpenRelease } from '../../../src/core/release/state.ts';
import { activity, commit, manifest, type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';
import { configurationOf } from '../floors/rulebook.ts';

import { at, changesIn, flip, foretold, product, proposed, qa, tomorrow } from './proposals.ts';

const two = manifest([activity('signoff', { approvers: [qa(2)] }), activity('ship', { needs: ['signoff'] })]);

describe('G-39, T2: what another manifest would do to an open release', () => {
  it('ends votes whose scope changes, names whose they are, and asks again', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/approve');
    const other = manifest([
      activity('signoff', { title: 'Sign-off', approvers: [qa(2)] }),
      activity('ship', { needs: ['signoff'] }),
    ]);
    const changes = changesIn(world, other);
    expect([changes.from, changes.to, changes.flips.length]).toEqual(['on-hold', 'on-hold', 1]);
    expect(flip(changes, 'signoff')).toMatchObject({
      ...{ title: 'Sign-off', from: 'waiting', to: 'waiting', begins: true, unknown: false },
      lapsed: [{ login: 'grace' }],
      differences: [{ path: 'title', before: '"signoff"', after: '"Sign-off"' }],
      asks: [qa(2)],
    });
  });

  it('takes back what was decided', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/approve').says('linus', '/approve');
    const other = manifest([
      activity('signoff', { approvers: [qa(3)] }),
      activity('ship', { needs: ['signoff'] }),
    ]);
    const changes = changesIn(world, other);
    expect(flip(changes, 'signoff')).toMatchObject({
      from: 'approved',
      to: 'pending',
      begins: true,
      asks: [qa(3)],
    });
    expect(flip(changes, 'signoff')?.lapsed.map(({ login }) => login)).toEqual(['grace', 'linus']);
    expect(flip(changes, 'ship')).toBeUndefined();
  });

  it('S-009: tells a task from an approval', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff'), activity('more')]) });
    const changes = changesIn(
      world,
      manifest([activity('signoff', { task: { authors: 'may-act' } }), activity('more')]),
    );
    expect(flip(changes, 'signoff')).toMatchObject({ task: 'deed', from: 'waiting', to: 'waiting' });
  });

  it('shows what is new and what is gone, and what succeeds because nothing is left', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff'), activity('more')]) }).says(
      'grace',
      '/approve',
    );
    const fewer = changesIn(world, manifest([activity('signoff')]));
    expect([fewer.from, fewer.to]).toEqual(['on-hold', 'succeeded']);
    expect(flip(fewer, 'more')).toEqual({
      ...{ activity: 'more', title: 'more', from: 'waiting', begins: false, unknown: false },
      ...{ lapsed: [], differences: [], asks: [] },
    });
    const more = changesIn(
      world,
      manifest([
        activity('signoff'),
        activity('more'),
        activity('late', { needs: ['more'] }),
        activity('now'),
      ]),
    );
    expect(flip(more, 'late')).toMatchObject({ to: 'pending', begins: false, asks: [qa()] });
    expect(flip(more, 'now')).toMatchObject({ to: 'pending', begins: true, asks: [qa()] });
    expect(flip(more, 'now')).not.toHaveProperty('from');
  });

  it('begins what no longer waits for anything, and skips what its condition leaves out', () => {
    const world = releaseWorld({ plan: two });
    const free = manifest([activity('signoff', { approvers: [qa(2)] }), activity('ship')]);
    expect(flip(changesIn(world, free), 'ship')).toMatchObject({
      from: 'pending',
      to: 'pending',
      begins: true,
      asks: [qa()],
    });
    const never = manifest([
      activity('signoff', { approvers: [qa(2)] }),
      activity('ship', { if: "release == 'r2'" }),
    ]);
    expect(flip(changesIn(world, never), 'ship')).toMatchObject({ to: 'skipped', begins: false, asks: [] });
  });

  it('says where the record does not tell who would be asked', () => {
    const world = releaseWorld({ plan: two });
    const other = manifest([
      activity('signoff', { approvers: [product] }),
      activity('ship', { needs: ['signoff'] }),
    ]);
    const changes = changesIn(world, other);
    expect(flip(changes, 'signoff')).toMatchObject({
      from: 'waiting',
      to: 'waiting',
      unknown: true,
      asks: [product],
    });
    expect(changes.to).toBe('on-hold');
  });

  it('changes nothing for anybody where nothing is different that anybody agrees to', () => {
    const world = releaseWorld({ plan: two });
    expect(changesIn(world, { ...two, title: 'Another title' })).toMatchObject({ flips: [], shifts: [] });
  });

  it('resolves another target only as far as somebody has looked', () => {
    const world = releaseWorld({ plan: two });
    const moved = { ...two, target: { kind: 'ref', ref: 'v2' } } as const;
    const found = tomorrow([proposed(moved, { target: { commit: commit('e'), tag: true } })]);
    expect(foretold(world, found)).toMatchObject({
      flips: [{ differences: [{ path: 'target', after: `"${commit('e')}"` }] }],
    });
    expect(foretold(world, tomorrow([proposed(moved, { target: undefined })]))).toMatchObject({
      ...{ kind: 'stalls', belowFloors: false, why: ['The target v2 does not exist.'] },
    });
  });
});

describe('T7: what a change of the configuration would do to an open release', () => {
  const floors = (least: string) =>
    configurationOf(`floors: [{ for: { uses: audit }, approvers: { signoff: ${least} } }]\n`);
  const audited = manifest([activity('signoff', { uses: 'audit', approvers: [qa(1)] })]);
  const stays = (world: ReleaseWorld, configuration: Tomorrow['configuration']): Tomorrow => {
    const { plan, manifest: digest } = world.opened().revision;
    return tomorrow([proposed(plan, { digest, target: undefined })], { configuration });
  };

  it('adopts what is tighter, names the floor, and keeps what is looser out', () => {
    const world = releaseWorld({ plan: audited }).says('grace', '/help');
    const tight = foretold(world, stays(world, floors('{ from: team:qa, require: 2 }')));
    expect(tight).toMatchObject({
      kind: 'changes',
      adopts: ['the floor for uses: audit'],
      flips: [{ activity: 'signoff', asks: [qa(2)] }],
    });
    world.change({ configuration: { kind: 'known', value: floors('{ from: team:qa, require: 2 }') } });
    expect(foretold(world, stays(world, floors('{ from: [team:qa, team:sre] }')))).toBeUndefined();
    expect(foretold(world, stays(world, defaultConfiguration))).toBeUndefined();
  });

  it('adopts a demand on GitHub itself, which asks nobody for anything (T14)', () => {
    const deploy = activity('deploy', { approvers: [], environment: 'production' });
    const world = releaseWorld({ plan: manifest([activity('signoff'), { ...deploy, needs: ['signoff'] }]) });
    const guarded = configurationOf('floors: { for: { environment: production }, guarded: required }\n');
    expect(foretold(world, stays(world, guarded))).toMatchObject({
      ...{ kind: 'changes', flips: [], shifts: [], adopts: ['the floor for environment production'] },
    });
    world.change({ configuration: { kind: 'known', value: guarded } });
    expect(foretold(world, stays(world, guarded))).toBeUndefined();
  });

  it('adopts it even where somebody broke the manifest meanwhile', () => {
    const world = releaseWorld({ plan: audited });
    const broken = { ...tomorrow([]), paths: new Set(['releases/r1.yml']) };
    const tight = { ...broken, configuration: floors('{ from: team:qa, require: 2 }') };
    expect(foretold(world, tight)).toMatchObject({ kind: 'changes', adopts: ['the floor for uses: audit'] });
  });

  it('names the floors of today only once a release adopts more of them', () => {
    const world = releaseWorld({ plan: audited });
    const first = floors('{ from: team:qa, require: 2 }');
    world.change({ configuration: { kind: 'known', value: first } });
    expect(foretold(world, stays(world, first))).toBeUndefined();
    const second = configurationOf(`floors:
  - { for: { uses: audit }, approvers: { signoff: { from: team:qa, require: 2 } } }
  - { for: { profile: saas }, approvers: { signoff: { from: team:sre } } }
  - { for: { uses: audit }, approvers: { signoff: { from: team:sre } } }
`);
    expect(foretold(world, stays(world, second))).toMatchObject({ adopts: ['the floor for uses: audit'] });
  });

  it('stalls what only another manifest can mend, with the sentence', () => {
    const world = releaseWorld({ plan: audited });
    const other = configurationOf('floors: [{ for: { uses: audit }, activities: [second] }]\n');
    const stalled = foretold(world, stays(world, other));
    expect(stalled).toMatchObject({ kind: 'stalls', belowFloors: false });
    expect(stalled).toHaveProperty('why', [expect.stringContaining('second')]);
  });

  it('a manifest below the floors that its release was opened under stalls it, whatever rules now', () => {
    const world = releaseWorld({ plan: audited });
    world.change({ configuration: { kind: 'known', value: floors('{ from: team:qa, require: 2 }') } });
    const below = foretold(world, tomorrow([proposed({ ...audited, title: 'Looser' })]));
    expect(below).toMatchObject({ kind: 'stalls', belowFloors: true });
  });

  it('a configuration that cannot be used changes nothing', () => {
    const world = releaseWorld({ plan: audited });
    expect(foresee([world.opened()], [], stays(world, undefined), at)).toEqual({
      foreseen: [],
      after: [world.opened()],
    });
  });
});

describe('design 2: what would end, open or go on', () => {
  it('cancels a release whose manifest is gone, and says whose votes end with it', () => {
    const world = releaseWorld({
      plan: manifest([activity('signoff', { approvers: [qa(2)] }), activity('more')]),
    });
    world.says('grace', '/approve').says('grace', '/approve', {}, 'more');
    const gone = foresee([world.opened()], [], tomorrow([]), at);
    expect(gone.after).toEqual([]);
    expect(gone.foreseen).toMatchObject([
      { kind: 'cancelled', waiting: ['signoff'], lapsed: [{ login: 'grace' }] },
    ]);
  });

  it('but not one whose file is still there, unless its manifest is no file', () => {
    const world = releaseWorld();
    const there = { paths: new Set(['releases/r1.yml']) };
    expect(foretold(world, tomorrow([], there))).toMatchObject({ kind: 'goes-on', path: 'releases/r1.yml' });
    expect(foretold(world, tomorrow([], { ...there, fileless: () => true }))?.kind).toBe('cancelled');
    expect(foretold(world, tomorrow([], { ...there, configuration: undefined }))).toBeUndefined();
  });

  it('says nothing about a release that has ended or is about to', () => {
    expect(foretold(releaseWorld().says('grace', '/approve'), tomorrow([]))).toBeUndefined();
    const timed = { deadline: '10m', remind: [], escalate: [] };
    const late = releaseWorld({
      plan: manifest([activity('signoff', { timing: timed, onFailure: { kind: 'fail' } })]),
    });
    expect(foretold(late, tomorrow([]))).toBeUndefined();
  });

  it('lists what a new release would ask, and what would be asked at once', () => {
    const plan = manifest(
      [activity('a'), activity('b', { needs: ['a'] }), activity('c', { phase: 'later' })],
      {
        release: 'r2',
      },
    );
    const opens = (one: Manifest, target: Proposed['target'], more: Partial<Tomorrow> = {}) =>
      foresee([], [proposed(one, { target })], tomorrow([], more), at).foreseen[0];
    const found = { commit: commit('b'), tag: true };
    expect(opens(plan, found)).toEqual({
      ...{ kind: 'opens', release: 'r2', title: 'Release one' },
      asks: [
        { activity: 'a', title: 'a', rules: [qa()], begins: true },
        { activity: 'b', title: 'b', rules: [qa()], begins: false },
        { activity: 'c', title: 'c', rules: [qa()], begins: false },
      ],
    });
    expect(opens(plan, undefined)).toMatchObject({ missing: 'The target v1 does not exist.' });
    const begins = (start: string) => {
      const one = opens({ ...plan, start }, found, { configuration: undefined });
      return one?.kind === 'opens' && one.asks[0]?.begins;
    };
    expect([begins('2026-11-23T10:00:00Z'), begins('2026-11-23T10:00:01Z')]).toEqual([true, false]);
    const rescue = {
      ...manifest([
        activity('a', { onFailure: { kind: 'run', phase: 'undo' } }),
        activity('c', { phase: 'undo' }),
      ]),
    };
    const phases = rescue.phases.map((phase): Phase => ({ ...phase, needs: [] }));
    expect(opens({ ...rescue, phases }, found)).toMatchObject({
      asks: [{ begins: true }, { begins: false }],
    });
  });

  it('puts the gravest first, then by name', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/approve');
    const named = (release: string): OpenRelease => ({ ...world.opened(), release });
    const lapse = proposed(manifest([activity('signoff')]));
    const open = ['q', 'p', 'z', 'b', 'a'].map(named);
    const files = new Map([
      ['a', proposed({ ...two, title: 'Quiet' })],
      ['b', proposed({ ...two, title: 'Quiet' })],
      ['z', lapse],
    ]);
    const then = { ...tomorrow([]), manifests: files };
    const opening = proposed({ ...two, release: 'new' });
    expect(
      foresee(open, [opening], then, at).foreseen.map(({ kind, release }) => `${kind} ${release}`),
    ).toEqual([...['cancelled p', 'cancelled q', 'changes z', 'changes a', 'changes b', 'opens new']]);
  });
});

describe('T5, design 3.9: what would become of environments', () => {
  const opener = (environment = 'production', more: Partial<Activity> = {}): Activity =>
    activity('deploy', { approvers: [], needs: ['signoff'], environment, ...more });
  const deploys = manifest([activity('signoff'), opener()]);
  const deployed = () => releaseWorld({ plan: deploys }).says('grace', '/approve');
  const frozen = configurationOf('freezes: [{ name: Year end, from: 2026-11-01, until: 2027-01-04 }]\n');
  const under = (world: ReleaseWorld, more: Partial<Tomorrow>): Tomorrow => {
    const { plan, manifest: digest } = world.opened().revision;
    return tomorrow([proposed(plan, { digest, target: undefined })], more);
  };

  it('a freeze shuts what is open, and its end opens it again', () => {
    const world = deployed();
    expect(world.status('deploy')).toBe('running');
    expect(foretold(world, under(world, { configuration: frozen }))).toMatchObject({
      ...{ kind: 'changes', by: 'configuration', adopts: [] },
      flips: [
        {
          activity: 'deploy',
          from: 'running',
          to: 'held',
          environment: 'production',
          shut: { kind: 'freeze' },
        },
      ],
    });
    world.change({ configuration: { kind: 'known', value: frozen } });
    expect(world.status('deploy')).toBe('held');
    expect(foretold(world, under(world, { today: frozen, configuration: frozen }))).toBeUndefined();
    expect(foretold(world, under(world, { today: frozen }))).toMatchObject({
      flips: [{ from: 'held', to: 'running', asks: [] }],
    });
  });

  it('what is approved anew opens it anew: until then it is shut', () => {
    const world = deployed();
    const other = manifest([activity('signoff', { title: 'Sign-off' }), opener()]);
    const changes = changesIn(world, other);
    expect(flip(changes, 'signoff')).toMatchObject({ from: 'approved', to: 'pending' });
    expect(flip(changes, 'deploy')).toMatchObject({
      from: 'running',
      to: 'held',
      shut: { kind: 'unapproved' },
    });
  });

  it('T2: what would open another one was not agreed to: approvals before it lapse, and it waits for them', () => {
    const changes = changesIn(deployed(), manifest([activity('signoff'), opener('staging')]));
    expect(flip(changes, 'signoff')).toMatchObject({ from: 'approved', to: 'pending', begins: true });
    expect(flip(changes, 'deploy')).toMatchObject({
      ...{ from: 'running', to: 'pending', begins: false, environment: 'staging', asks: [] },
    });
  });

  it('a new release says what it would open', () => {
    const opens = foresee([], [proposed({ ...deploys, release: 'r2' })], tomorrow([]), at).foreseen[0];
    expect(opens).toMatchObject({
      asks: [{ activity: 'signoff' }, { environment: 'production', rules: [] }],
    });
  });
});
