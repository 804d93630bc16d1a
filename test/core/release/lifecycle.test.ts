import { describe, expect, it } from 'vitest';
import { foreignTo } from '../../../src/core/release/deviate.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  commit,
  manifest,
  person,
  present,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const chain = manifest([
  activity('first'),
  activity('second', { needs: ['first'] }),
  activity('last', { phase: 'production' }),
]);

describe('the order of activities (S-007, S-010, S-027, S-029, S-030, S-043, S-044, S-135)', () => {
  it('begins what needs nothing, and what needs something when that is approved (S-124)', () => {
    const world = releaseWorld({ plan: chain });
    expect([world.status('first'), world.status('second'), world.status('last')]).toEqual([
      'waiting',
      'pending',
      'pending',
    ]);
    world.says('grace', '/approve', {}, 'first');
    expect([world.status('first'), world.status('second'), world.status('last')]).toEqual([
      'approved',
      'waiting',
      'pending',
    ]);
    world.says('grace', '/approve', {}, 'second').says('linus', '/approve', {}, 'last');
    expect(world.releaseStatus()).toBe('succeeded');
    expect(world.thread('').open).toBe(false);
    expect(replay(recorded(world))).toEqual([]);
  });

  it('shows the phase that failed, and begins nothing behind it (S-046)', () => {
    const world = releaseWorld({ plan: chain }).says('grace', '/reject no', {}, 'first');
    expect(world.status('second')).toBe('pending');
    expect(world.thread('').body).toContain('### verify: Failed');
    expect(world.releaseStatus()).toBe('failed');
  });

  it('counts what requires input (S-117–S-120, S-122, S-123)', () => {
    const world = releaseWorld({ plan: manifest([activity('a'), activity('b')]) });
    expect(world.thread('').body).toContain('On hold. 2 activities require your input.');
    expect(world.thread('').body).toContain('### verify: Waiting for approval (2 pending)');
    expect(world.says('grace', '/approve', {}, 'a').check('countersign/release/r1')?.title).toBe(
      'On hold: 1 activity requires your input',
    );
  });
});

describe('a changed manifest (T2, T11)', () => {
  const changed = manifest([
    activity('signoff', { title: 'Sign-off, more strictly', approvers: activity('x').approvers }),
  ]);
  const two = activity('signoff', {
    approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
  });

  it('ends votes whose scope changed, and shows the difference', () => {
    const world = releaseWorld({ plan: manifest([two]) }).says('grace', '/approve');
    world.revise(manifest([{ ...two, title: 'Other' }]));
    expect(world.opened().attempts['signoff']?.[0]?.votes).toEqual([]);
    expect(world.answers().at(-1)).toContain('title: "signoff" → "Other"');
    expect(world.answers().at(-1)).toContain('The votes of grace lapsed.');
    expect(world.says('linus', '/approve').says('grace', '/approve').status()).toBe('approved');
    expect(replay(recorded(world))).toEqual([]);
  });

  it('leaves votes alone whose scope did not change', () => {
    const world = releaseWorld({ plan: manifest([two, activity('other')]) }).says('grace', '/approve');
    world.revise(manifest([two, activity('other', { title: 'Changed' })], { title: 'Other title' }));
    expect(world.opened().attempts['signoff']?.[0]?.votes).toHaveLength(1);
    expect(world.kinds().filter((kind) => kind === 'scope-changed')).toHaveLength(1);
  });

  it('does not count a vote that answers the notice before the change (T11)', () => {
    const world = releaseWorld();
    const step = world.step;
    world.step = () => world;
    world.says('grace', '/approve').revise(changed);
    world.step = step;
    world.step();
    expect(world.status()).toBe('waiting');
    expect(world.answers().some((body) => body.includes('code=stale-notice'))).toBe(true);
    expect(world.says('grace', '/approve').status()).toBe('approved');
  });

  it('opens the next attempt of what was decided: the way on after a rejection (S-049, G-15)', () => {
    const world = releaseWorld().says('grace', '/reject no').revise(changed);
    expect(world.opened().attempts['signoff']?.map(({ ending }) => ending?.kind)).toEqual([
      'superseded',
      undefined,
    ]);
    expect(world.says('linus', '/approve').releaseStatus()).toBe('succeeded');
    expect(replay(recorded(world))).toEqual([]);
  });

  it('aborts what is no longer asked for, and begins it again if it returns', () => {
    const world = releaseWorld({ plan: manifest([activity('a'), activity('b')]) });
    world.revise(manifest([activity('a')]));
    expect(world.opened().attempts['b']?.at(-1)?.ending?.kind).toBe('aborted');
    expect(world.check('countersign/release/r1/verify/b')?.conclusion).toBe('cancelled');
    world.revise(manifest([activity('a'), activity('b')]));
    expect(world.opened().attempts['b']).toHaveLength(2);
    expect(replay(recorded(world))).toEqual([]);
  });

  it('T2: takes votes back when another artifact is to be released, and says which', () => {
    const both = [activity('signoff'), activity('other')];
    const built = (letter: string, title: string) => {
      const artifacts = [{ name: 'api', digest: `sha256:${letter.repeat(64)}` }];
      return manifest(both, { title, target: { kind: 'ref', ref: 'main', artifacts } });
    };
    const world = releaseWorld({ plan: built('a', 'One') });
    world.says('grace', '/approve', {}, 'signoff').revise(built('a', 'Two'));
    expect(world.status('signoff')).toBe('approved');
    world.revise(built('b', 'Two'));
    expect(world.status('signoff')).toBe('waiting');
    const [before, after] = ['a', 'b'].map((letter) => `"sha256:${letter.repeat(64)}"`);
    const ended = world.events.flatMap((one) => (one.kind === 'attempt-superseded' ? [one.body] : []));
    expect(ended).toMatchObject([{ differences: [{ path: 'artifacts.api', before, after }] }]);
  });

  it('resolves the target again only where another one is written', () => {
    const world = releaseWorld().change({ target: { commit: commit('d'), tag: false } });
    world.revise(manifest([activity('signoff')], { target: { kind: 'sha', sha: commit('e') }, title: 'x' }));
    expect(world.opened().target).toEqual({ commit: commit('d') });
    world.revise(manifest([activity('signoff')], { target: { kind: 'sha', sha: commit('e') }, title: 'y' }));
    expect(world.opened().target).toEqual({ commit: commit('d') });
  });

  it('decides nothing while a revision cannot take effect', () => {
    const world = releaseWorld();
    world.change({
      manifest: { ...present(changed, []), authors: { kind: 'unknown', why: 'GitHub is away' } } as never,
    });
    expect(world.says('grace', '/approve').status()).toBe('waiting');
    expect(world.thread('').body).toContain(
      'cannot take effect. It is not known who wrote it: GitHub is away.',
    );
    expect(world.revise(changed).says('grace', '/approve').status()).toBe('approved');
  });

  it('does not decide with a team that the revision names and nobody can see', () => {
    const world = releaseWorld();
    world.revise(
      manifest([
        activity('signoff', {
          approvers: [{ from: [{ kind: 'team', name: 'ghosts' }], require: { kind: 'count', count: 1 } }],
        }),
      ]),
    );
    expect(world.decision().unsure).toBe(true);
    expect(world.kinds()).not.toContain('manifest-revised');
    world.change({ target: undefined });
    world.revise(manifest([activity('signoff')], { target: { kind: 'ref', ref: 'gone' } }));
    expect(world.decision().hindrances.get('')).toBe('The target gone does not exist.');
  });

  it('keeps the accepted revision while the file is in error', () => {
    const world = releaseWorld().change({ manifest: { kind: 'invalid', path: 'releases/r1.yml' } });
    expect(world.says('grace', '/approve').releaseStatus()).toBe('succeeded');
  });

  it('sets aside the votes of somebody who becomes an author (T16)', () => {
    const world = releaseWorld({ plan: manifest([two, activity('x')]) }).says('grace', '/approve');
    world.revise(manifest([two, activity('x', { title: 'y' })]), [
      { person: person('grace'), proof: 'claimed' },
    ]);
    expect(world.says('linus', '/approve').status()).toBe('waiting');
    expect(world.says('olga', '/approve').status()).toBe('approved');
  });

  it('has no effect on a release that has ended', () => {
    const world = releaseWorld()
      .says('grace', '/approve')
      .revise(changed)
      .change({ manifest: { kind: 'absent' } });
    expect(world.kinds().at(-1)).toBe('release-succeeded');
  });
});

describe('a removed manifest', () => {
  it('cancels the release, with a record', () => {
    const world = releaseWorld().change({ manifest: { kind: 'absent' } });
    expect(world.kinds().slice(-2)).toEqual(['activity-aborted', 'release-cancelled']);
    expect([world.releaseStatus(), world.check('countersign/release/r1')?.conclusion]).toEqual([
      'cancelled',
      'cancelled',
    ]);
    expect(world.thread().open).toBe(false);
    expect(replay(recorded(world))).toEqual([]);
  });
});

describe('before anything is opened', () => {
  it('waits for a target that exists, for authors and for roles that are known', () => {
    const world = releaseWorld();
    const fresh = { ...world, state: { kind: 'unopened', release: 'r1', sequence: 0 } } as const;
    expect(fresh.state.kind).toBe('unopened');
    for (const missing of [
      { target: undefined },
      { configuration: { kind: 'unknown', why: 'broken' } as const },
    ]) {
      const unopened = releaseWorldWith(missing);
      // A person has to act, so looking again would be of no use.
      expect([unopened.decision().hindrances.size, unopened.decision().unsure]).toEqual([1, false]);
      expect(unopened.state.kind).toBe('unopened');
    }
  });

  it('does nothing without a manifest', () => {
    for (const manifestFact of [{ kind: 'absent' }, { kind: 'invalid', path: 'x' }] as const) {
      const unopened = releaseWorldWith({ manifest: manifestFact });
      expect([unopened.decision().events, unopened.decision().unsure]).toEqual([[], false]);
    }
  });
});

/** A world that never opened, with these facts. */
function releaseWorldWith(facts: Partial<ReleaseWorld['facts']>): ReleaseWorld {
  const world = releaseWorld();
  world.state = { kind: 'unopened', release: 'r1', sequence: 0 };
  world.facts = { ...world.facts, threads: new Map(), unrecorded: [], checks: [], ...facts };
  return world.step();
}

describe('names that cannot be used (G-06, T13)', () => {
  it('keep an activity from beginning, and say so on its check', () => {
    const world = releaseWorld({ resolutions: { 'team:qa': { kind: 'missing' } } });
    expect(world.status()).toBe('blocked');
    expect(world.check('countersign/release/r1/verify/signoff')?.summary).toContain(
      'does not exist or may not be seen',
    );
    expect(world.decision().unsure).toBe(false);
    world.change({ resolutions: { 'team:qa': team(11, 'grace') } });
    expect(world.says('grace', '/approve').status()).toBe('approved');
  });

  it('are looked at again where GitHub could not be asked', () => {
    const world = releaseWorld({ resolutions: { 'team:qa': { kind: 'unknown', why: 'timeout' } } });
    expect([world.status(), world.decision().unsure]).toEqual(['blocked', true]);
  });

  it('keep a waiting activity from being decided until a person acts, where they are gone', () => {
    const world = releaseWorld().change({ resolutions: { 'team:qa': { kind: 'missing' } } });
    expect([world.status(), world.decision().unsure]).toEqual(['blocked', false]);
  });

  it('keep a waiting activity from being decided', () => {
    const world = releaseWorld().change({ resolutions: { 'team:qa': { kind: 'unknown', why: 'timeout' } } });
    expect(world.says('grace', '/approve').status()).toBe('blocked');
    expect(world.change({ resolutions: { 'team:qa': team(11, 'grace') } }).status()).toBe('approved');
  });

  it('are blocked when a team slug means another team than when it was first used', () => {
    const world = releaseWorld().change({ resolutions: { 'team:qa': team(99, 'mallory') } });
    expect(world.says('mallory', '/approve').status()).toBe('blocked');
    expect(world.decision().hindrances.get('signoff')).toContain('somebody else than when it was first used');
  });

  it('block a team that has nobody who may approve', () => {
    const world = releaseWorld({ resolutions: { 'team:qa': team(11, 'ada') } });
    expect(world.status()).toBe('blocked');
    expect(world.sentence()).toContain('Nobody is left who may approve');
  });
});

describe('a foreign commit on the record (T8, T17)', () => {
  const foreign = [
    { commit: commit('f'), author: 'mallory', paths: ['releases/r1/events/000004.json', 'README.md'] },
  ];

  it('closes the gate of the release it touches, for good, and is recorded once', () => {
    const world = releaseWorld().change({ foreign });
    expect(world.releaseStatus()).toBe('closed');
    expect(world.says('grace', '/approve').status()).toBe('waiting');
    expect(world.check('countersign/release/r1')?.conclusion).toBe('failure');
    expect(world.check('countersign/release/r1/verify/signoff')).toMatchObject({
      conclusion: 'failure',
      title: 'Closed',
    });
    expect(world.kinds().filter((kind) => kind === 'deviation-recorded')).toHaveLength(1);
  });

  it('closes a release that had succeeded', () => {
    const world = releaseWorld().says('grace', '/approve').change({ foreign });
    expect(world.check('countersign/release/r1')?.conclusion).toBe('failure');
    expect(world.check('countersign/release/r1/verify/signoff')?.conclusion).toBe('failure');
  });

  it('leaves other releases alone', () => {
    expect(foreignTo('r10', { foreign })).toEqual([]);
    expect(foreignTo('r1', { foreign })).toEqual([
      { commit: commit('f'), paths: ['releases/r1/events/000004.json'] },
    ]);
  });
});

describe('views', () => {
  it('are not written again when nothing changed', () => {
    const world = releaseWorld().says('grace', 'hello');
    const count = world.writes.length;
    expect(world.step().writes.length).toBe(count);
  });

  it('are restored when somebody edits them, closes them or reopens them', () => {
    const world = releaseWorld();
    const thread = world.thread();
    world.change({
      threads: new Map(world.facts.threads).set(thread.issue.number, {
        ...thread,
        body: 'mine now',
        open: false,
      }),
    });
    expect([world.thread().body, world.thread().open]).toEqual([thread.body, true]);
  });

  it('link an activity to its tracking issue', () => {
    expect(releaseWorld().thread().parent).toBe(1);
  });

  it('recognize objects that a crash left behind instead of making them twice', () => {
    const world = releaseWorld();
    const early = world.events.filter(({ kind }) => kind !== 'notice-posted' && kind !== 'release-announced');
    const orphan = world.thread();
    const again = releaseWorldWith({});
    expect(early.length).toBeGreaterThan(0);
    expect(orphan.body).toContain('activity=signoff');
    expect(again.kinds().filter((kind) => kind === 'notice-posted').length).toBe(2);
  });
});
