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
  team,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const open = { openFor: '24h', reject: { kind: 'outweighed' } } as const;

const world = (timing: Partial<Timing>, more: Parameters<typeof activity>[1] = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest([activity('signoff', { ...more, timing: { remind: [], escalate: [], ...timing } })]),
  });

type Word = { readonly who: string; readonly body: string; readonly after?: number };

/** The words heard as they are spoken, by an App that is always there, or all at once by one that comes back later. */
function spoken(start: ReleaseWorld, words: readonly Word[], away: boolean): ReleaseWorld {
  for (const [index, { who, body, after = 0 }] of words.entries()) {
    start.now += after;
    if (!away) start.step();
    start.says(who, body, away && index === 0 ? { unattested: true } : {});
  }
  start.learns();
  expect(replay(recorded(start))).toEqual([]);
  return start;
}

const votes = ({ events }: ReleaseWorld): readonly string[] =>
  events.flatMap(({ kind, body }) =>
    kind === 'vote-cast' && 'choice' in body ? [`${body.elector.person.login} ${body.choice}`] : [],
  );

describe('T20, decision 0006: words are heard as if we had been there when time passed', () => {
  const day = 25 * hour;
  const cases: readonly (readonly [string, () => ReleaseWorld, readonly Word[], string])[] = [
    [
      'votes after the voting time do not change what it came to',
      () => world({ openFor: open.openFor }, { reject: open.reject }),
      [
        { who: 'grace', body: '/approve' },
        { who: 'linus', body: '/reject no' },
        { who: 'olga', body: '/approve', after: day },
      ],
      'rejected',
    ],
    [
      'a deferral was over, and the approval complete, before somebody rejected',
      () => world({}),
      [
        { who: 'grace', body: '/defer until 2026-11-24T09:00:00Z later' },
        { who: 'grace', body: '/approve' },
        { who: 'linus', body: '/reject no', after: day },
      ],
      'approved',
    ],
    [
      'a deadline had passed before somebody approved',
      () => world({ deadline: '24h' }),
      [
        { who: 'grace', body: '/help' },
        { who: 'linus', body: '/approve', after: day },
      ],
      'expired',
    ],
  ];

  it.each(cases)('%s', (_, start, words, status) => {
    const [there, away] = [spoken(start(), words, false), spoken(start(), words, true)];
    expect([there.status(), away.status()]).toEqual([status, status]);
    expect(votes(away)).toEqual(votes(there));
  });

  it('can be verified where a rejection of the voting time is heard only after it', () => {
    const one = world({ openFor: open.openFor }).says('linus', '/reject no', { unattested: true });
    one.now += 25 * hour;
    expect(one.learns().status()).toBe('rejected');
    expect(one.kinds()).not.toContain('voting-closed');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('gives no automatic approval after the fact, against somebody who has spoken', () => {
    const one = world({ autoApprove: { at: '24h', comment: 'Standard change' } });
    one.now += day;
    expect(one.says('linus', '/reject no').status()).toBe('rejected');
  });

  it('adds up no votes while one of them is not understood', () => {
    const one = world({ openFor: open.openFor }, { reject: open.reject });
    one.says('grace', '/approve', { unattested: true }).says('linus', '/reject no');
    one.now += 25 * hour;
    one.step();
    expect(one.kinds()).not.toContain('voting-closed');
    expect(one.learns().status()).toBe('rejected');
  });

  it('lets nothing pass by a clock that cannot be trusted', () => {
    const one = world({ openFor: open.openFor }, { reject: open.reject });
    one.says('grace', '/approve').change({ timely: false });
    one.now += 25 * hour;
    expect(one.says('linus', '/reject no').status()).toBe('waiting');
    expect(one.kinds()).not.toContain('voting-closed');
  });

  it('decides nothing while the gate is closed', () => {
    const one = world({ openFor: open.openFor }, { reject: open.reject }).says('grace', '/approve');
    const foreign = {
      commit: 'f'.repeat(40),
      author: 'x',
      releases: ['r1'],
      paths: ['releases/r1/events/000009.json'],
    };
    one.change({ foreign: [foreign] });
    one.now += 25 * hour;
    one.says('linus', '/reject no');
    expect(one.kinds()).not.toContain('voting-closed');
  });
});

describe('whom an escalation lets vote is unknown (design 3.1, S-087, pitfall 1)', () => {
  const grants = { escalate: [{ at: '2h', to: [{ kind: 'team', name: 'managers' }], grant: true }] } as const;
  const managers = (release: ReleaseWorld, found: ReturnType<typeof team>) =>
    release.change({ resolutions: { ...release.facts.resolutions, 'team:managers': found } });
  const unknown = { kind: 'unknown', why: 'timeout' } as const;
  const later = (release: ReleaseWorld): ReleaseWorld => {
    release.now += 3 * hour;
    return release.step();
  };
  const codes = (release: ReleaseWorld) =>
    release.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);

  it.each(['/approve', `/approve\n${'x'.repeat(3_000)}`])(
    'their words wait until it is known: %#',
    (body) => {
      const release = later(managers(world(grants), unknown)).says('max', body);
      expect([release.status(), codes(release), release.decision().unsure]).toEqual(['blocked', [], true]);
      expect(managers(release, team(15, 'max')).status()).toBe('approved');
      expect(replay(recorded(release))).toEqual([]);
    },
  );

  it('nor is what else they may do refused until then, and strangers are told in the end', () => {
    const release = later(managers(world(grants), unknown));
    release.says('max', '/defer until 2026-11-30 we wait for the vendor').says('eve', '/abort no');
    expect([codes(release), release.decision().unsure]).toEqual([[], true]);
    managers(release, team(15, 'max'));
    expect([release.status(), codes(release).at(-1)]).toEqual(['deferred', 'not-yours']);
    expect(replay(recorded(release))).toEqual([]);
  });

  it('nothing overtakes a rejection of theirs', () => {
    const release = later(managers(world(grants), unknown)).says('max', '/reject no');
    expect(release.says('grace', '/approve').status()).toBe('blocked');
    expect(managers(release, team(15, 'max')).status()).toBe('rejected');
  });

  it('a stranger is one in the end, and holds up nothing but that', () => {
    const release = later(managers(world(grants), unknown)).says('eve', '/approve');
    managers(release, team(15, 'max'));
    expect([release.status(), codes(release).at(-1)]).toEqual(['waiting', 'not-eligible']);
  });

  it('whoever is asked anyway, or excluded, or spoke before, is known', () => {
    const asked = managers(world(grants, { exclude: [{ kind: 'user', name: 'eve' }] }), unknown);
    asked.change({
      resolutions: { ...asked.facts.resolutions, 'user:eve': { kind: 'user', ...person('eve') } },
    });
    asked.says('mallory', '/approve');
    later(asked).says('eve', '/approve');
    expect(codes(asked)).toEqual(['not-eligible', 'excluded']);
    expect(asked.says('grace', '/approve').status()).toBe('approved');
  });

  it('a team that is gone lets nobody vote', () => {
    const release = later(managers(world(grants), { kind: 'missing' })).says('max', '/approve');
    expect(codes(release)).toEqual(['not-eligible']);
  });
});
