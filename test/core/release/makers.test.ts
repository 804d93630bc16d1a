import { describe, expect, it } from 'vitest';
import type { Committer } from '../../../src/core/duties/committers.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

type Duties = NonNullable<Facts['duties']>;

const since = { kind: 'ref', ref: 'v1', since: 'v0' } as const;
const governed = {
  configuration: {
    custodians: { from: [{ kind: 'team', name: 'governance' }], require: { kind: 'count', count: 1 } },
  },
  resolutions: { 'team:governance': team(14, 'carla', 'chen') },
} as const;

/** What grace rejected, from one commit to another; carla and chen are the custodians. */
const rejected = (): ReleaseWorld => {
  const world = releaseWorld({ plan: manifest([activity('other')]), ...governed });
  const target = { commit: commit('b'), tag: true, since: commit('0') };
  return world
    .change({ target })
    .revise(manifest([activity('signoff')], { target: since }))
    .says('grace', '/reject no');
};
const made = (found: Duties['found'], more: Partial<Duties> = {}): Partial<Facts> => ({
  duties: { base: commit('0'), target: commit('b'), found, forAct: true, ...more },
});
const by = (...committers: readonly Committer[]): Duties['found'] => ({
  kind: 'known',
  value: { commits: 3, committers, unattributable: [] },
});
const carla: Committer = { person: person('carla'), proof: 'proven', commits: [commit('d')] };
const consistent = (world: ReleaseWorld): ReleaseWorld => {
  expect(replay(recorded(world))).toEqual([]);
  return world;
};

describe('T3: whoever committed what is released overrules nothing', () => {
  it('who did is looked up when somebody wants to, and not before', () => {
    const world = rejected();
    expect([world.decision().askCommitters, world.kinds().includes('duties-established')]).toEqual([
      false,
      false,
    ]);
    world.says('carla', '/ignore my own work is fine');
    expect([world.decision().askCommitters, world.status()]).toEqual([true, 'rejected']);
    world.change(made(by(carla)));
    expect([world.decision().askCommitters, world.status()]).toEqual([false, 'rejected']);
    expect(world.answers().at(-1)).toContain('nobody who wrote the manifest or committed what is released');
    expect(world.says('chen', '/ignore it was measured wrongly').status()).toBe('ignored');
    expect(world.kinds().filter((kind) => kind === 'duties-established')).toHaveLength(1);
    consistent(world);
  });

  it('somebody who is no custodian has nobody looked up', () => {
    const world = rejected().says('linus', '/ignore it');
    expect([world.decision().askCommitters, world.answers().at(-1)]).toEqual([
      false,
      expect.stringContaining('was not obeyed'),
    ]);
  });

  it('the same for what somebody else wrote into the record', () => {
    const world = rejected().change({
      foreign: [{ commit: commit('f'), author: 'eve', paths: ['releases/r1/RECORD.md'] }],
    });
    world.says('carla', '/acknowledge I know of it', {}, '');
    expect(world.decision().askCommitters).toBe(true);
  });

  it.each<readonly [string, Partial<Facts>]>([
    ['GitHub does not tell', made({ kind: 'unknown', why: 'timeout' })],
    ['they are those of another target', made(by(), { target: commit('d') })],
  ])('while %s, nothing is overruled and nothing refused', (_, facts) => {
    const world = rejected().says('carla', '/ignore it was measured wrongly');
    const answers = world.answers().length;
    world.change(facts);
    expect(world.decision()).toMatchObject({ askCommitters: false, unsure: true });
    expect(world.decision().hindrances.get('signoff')).toContain('Committers may not overrule anything here');
    expect([world.status(), world.answers().length]).toEqual(['rejected', answers]);
    expect(world.change(made(by())).status()).toBe('ignored');
    consistent(world);
  });

  it('commits that nobody can be found for may be anybody’s (T16)', () => {
    const world = rejected().says('carla', '/ignore it was measured wrongly');
    const unattributable = [{ commit: commit('e'), name: 'Eve', why: 'no-account' }] as const;
    world.change(made({ kind: 'known', value: { commits: 3, committers: [], unattributable } }));
    expect(world.status()).toBe('rejected');
    expect(world.answers().at(-1)).toContain('nobody can tell who made 1 commit of this release: eeeeeee');
    const { duties: _, ...blank } = world.facts;
    world.facts = blank;
    world.says('carla', '/ignore they are in my account now');
    expect(world.decision().askCommitters).toBe(true);
    expect(world.change(made(by())).status()).toBe('ignored');
    consistent(world);
  });

  it('what nobody will ever know is told at once, and not waited for', () => {
    const world = rejected().says('carla', '/ignore it was measured wrongly');
    const why = 'they begin with 0000, which is no commit before the target';
    world.change(made({ kind: 'unknown', why, lasting: true }));
    expect(world.decision()).toMatchObject({ askCommitters: false, unsure: false });
    expect(world.answers().at(-1)).toContain(why);
    expect([world.status(), world.kinds().includes('duties-established')]).toEqual(['rejected', false]);
    world.change(made(by())).says('carla', '/ignore the history was mended');
    expect(world.status()).toBe('ignored');
    consistent(world);
  });

  it('where commits begin nowhere only authors are known', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff')]), ...governed })
      .says('grace', '/reject no')
      .says('carla', '/ignore it was measured wrongly');
    expect([world.decision().askCommitters, world.status()]).toEqual([false, 'ignored']);
    consistent(world);
  });
});
