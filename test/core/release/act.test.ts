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

const qa2 = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;

const world = (timing: Partial<Timing> = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest([
      activity('signoff', {
        approvers: [qa2],
        timing: { deadline: '2026-11-25', remind: [], escalate: [], ...timing },
      }),
    ]),
  });

const codes = (release: ReleaseWorld) =>
  release.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);
const goTo = (release: ReleaseWorld, at: string): ReleaseWorld => {
  release.now = Date.parse(at);
  return release.step();
};

/** Put off with two approvals recorded; the clocks differ, so the time to go on is not known and the deadline passes. */
const overdue = (): ReleaseWorld => {
  const release = world()
    .says('grace', '/approve')
    .says('linus', '/defer until 2026-11-25T12:00:00Z wait')
    .says('linus', '/approve')
    .change({ timely: false });
  return goTo(release, '2026-11-27T09:00:00Z');
};
const resumed = (release: ReleaseWorld): string => release.change({ timely: true }).status();

describe('a deferral over a deadline that is a date (G-18, decision 0040)', () => {
  it('is refused beyond it, for nobody could vote any more', () => {
    const release = world().says('grace', '/defer until 2026-12-01 later');
    expect([release.status(), codes(release)]).toEqual(['waiting', ['defer-beyond']]);
    expect(release.answers()[0]).toContain('the deadline 2026-11-25T23:59:59Z is a date');
    release.says('grace', '/defer until 2026-11-25 later');
    expect(codes(release)).toEqual(['defer-beyond', 'defer-beyond']);
    expect(release.says('grace', '/defer until 2026-11-24 later').status()).toBe('deferred');
  });

  it('goes beyond it where it is only shown, or where the manifest names a later one by now', () => {
    const stays = world({ expire: 'stay' }).says('grace', '/defer until 2026-12-01 later');
    expect(stays.status()).toBe('deferred');
    const release = world().revise(
      manifest([
        activity('signoff', {
          approvers: [qa2],
          timing: { deadline: '2026-12-05', remind: [], escalate: [] },
        }),
      ]),
    );
    expect(release.says('grace', '/defer until 2026-12-01 later').status()).toBe('deferred');
    expect(goTo(release, '2026-12-02T09:00:00Z').status()).toBe('waiting');
    release.says('grace', '/approve').says('linus', '/approve');
    expect([release.status(), replay(recorded(release))]).toEqual(['approved', []]);
  });
});

describe('what speaks against an approval counts while nothing is decided (design 3.2, T15)', () => {
  it('also after the deadline: a withdrawal', () => {
    const release = overdue().says('grace', '/withdraw');
    expect([release.status(), codes(release)]).toEqual(['deferred', []]);
    expect([resumed(release), replay(recorded(release))]).toEqual(['expired', []]);
  });

  it('also after the deadline: a rejection', () => {
    const release = overdue().says('olga', '/reject no');
    expect([resumed(release), replay(recorded(release))]).toEqual(['rejected', []]);
  });

  it('also after the deadline: a seat that is taken back, with what was said in it', () => {
    const release = world()
      .says('grace', '/delegate @eve')
      .says('linus', '/defer until 2026-11-25T12:00:00Z wait')
      .says('linus', '/approve')
      .says('eve', '/approve')
      .change({ timely: false });
    goTo(release, '2026-11-27T09:00:00Z').says('grace', '/delegate off');
    expect([resumed(release), codes(release)]).toEqual(['expired', []]);
  });

  it('and nothing is added then', () => {
    const release = overdue()
      .says('grace', '/withdraw')
      .says('olga', '/approve')
      .says('olga', '/delegate @eve');
    expect([codes(release), resumed(release)]).toEqual([['too-late', 'too-late'], 'expired']);
  });

  it('what was approved in time stays so without it', () => {
    expect(resumed(overdue())).toBe('approved');
  });
});

describe('who owns a release is who had the login first (T13)', () => {
  const plan = manifest([activity('signoff')], { owner: { kind: 'user', name: 'olivia' } });
  const recycled = { kind: 'user', id: person('mallory').id, login: 'olivia' } as const;
  const owned = (): ReleaseWorld =>
    releaseWorld({ plan, resolutions: { 'user:olivia': { kind: 'user', ...person('olivia') } } });
  const taken = (release: ReleaseWorld): ReleaseWorld =>
    release.change({ resolutions: { ...release.facts.resolutions, 'user:olivia': recycled } });

  it('who registers the login later does not abort, and is told why', () => {
    const release = taken(owned()).says('mallory', '/abort it is mine now');
    expect([release.opened().ended, codes(release)]).toEqual([undefined, ['malformed']]);
    expect(release.answers()[0]).toContain('names somebody else than when it was first used');
  });

  it('also where the name was first known when its owner acted', () => {
    const release = releaseWorld({ plan });
    expect(release.opened().bindings['user:olivia']).toBeUndefined();
    release.change({
      resolutions: { ...release.facts.resolutions, 'user:olivia': { kind: 'user', ...person('olivia') } },
    });
    release.says('olivia', '/defer until 2026-12-01 later');
    expect(release.opened().bindings['user:olivia']?.id).toBe(person('olivia').id);
    taken(release).says('mallory', '/abort it is mine now');
    expect([release.opened().ended, codes(release)]).toEqual([undefined, ['malformed']]);
    expect(replay(recorded(release))).toEqual([]);
  });

  it.each([
    ['another release knew somebody else by it', 'olivia', ['malformed']],
    ['nobody has it any more', 'ghost', ['not-yours']],
  ])('%s: who asks is answered', (_, name, said) => {
    const at = '2026-11-20T09:00:00Z';
    const release = releaseWorld({
      plan: manifest([activity('signoff')], { owner: { kind: 'user', name } }),
      resolutions: { 'user:olivia': recycled, 'user:ghost': { kind: 'missing' } },
    });
    release.change({ bound: new Map([['user:olivia', { id: person('olivia').id, at, release: 'r0' }]]) });
    release.says('mallory', '/abort it is mine now');
    expect([release.opened().ended, codes(release)]).toEqual([undefined, said]);
  });

  it('takes no power from an approver (trust: Who may do what)', () => {
    const release = taken(owned()).says('grace', '/abort not today');
    expect([release.releaseStatus(), replay(recorded(release))]).toEqual(['aborted', []]);
  });
});

describe('a guest or a delegate is an approver like the others (trust: Who may do what)', () => {
  const to = [{ kind: 'team', name: 'sre' }] as const;

  it.each([
    ['/defer until 2026-11-25T12:00:00Z wait', 'activity-deferred'],
    ['/abort it is broken', 'release-aborted'],
  ] as const)('%s', (words, kind) => {
    const granted = world({ escalate: [{ at: '2h', to, grant: true }] });
    goTo(granted, '2026-11-23T12:00:00Z').says('sam', words);
    const handed = world().says('grace', '/delegate @eve').says('eve', words);
    for (const release of [granted, handed]) {
      expect([codes(release).includes('not-yours'), release.kinds().includes(kind)]).toEqual([false, true]);
      expect(replay(recorded(release))).toEqual([]);
    }
    const before = world().says('eve', words);
    expect(codes(before)).toEqual(['not-yours']);
  });
});
