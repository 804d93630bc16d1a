import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
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
