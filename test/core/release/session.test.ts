import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { timetableOf } from '../../../src/core/release/timetable.ts';
import { type Calendar, defaultCalendar } from '../../../src/core/time/calendar.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const calendar: Calendar = {
  ...defaultCalendar,
  zone: 'Europe/Berlin',
  sessions: { cab: { every: 'tue', at: '14:00', except: [] } },
};

const twoOfQa = {
  approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
} as const;

/** The world begins on Monday, 2026-11-23T09:00:00Z; the board meets on Tuesday at 13:00 UTC. */
const world = (timing: Partial<Timing> = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest(
      [activity('signoff', { ...twoOfQa, timing: { session: 'cab', remind: [], escalate: [], ...timing } })],
      { owner: { kind: 'user', name: 'olivia' } },
    ),
    resolutions: { 'user:olivia': { kind: 'user', ...person('olivia') } },
    configuration: { calendar },
  });

const passing = (ms: number, one: ReleaseWorld): ReleaseWorld => {
  one.now += ms;
  one.step();
  expect(replay(recorded(one))).toEqual([]);
  return one;
};

const timetable = (one: ReleaseWorld) => one.opened().attempts['signoff']?.[0]?.timetable;

describe('S-065, G-32: a board that decides in its session', () => {
  it('is recorded and shown as a moment, from which all other times count (T20)', () => {
    const one = world({ deadline: '24h', openFor: '1h', remind: ['50%'] });
    expect(timetable(one)).toEqual({
      opens: '2026-11-24T13:00:00Z',
      openUntil: '2026-11-24T14:00:00Z',
      deadline: '2026-11-25T13:00:00Z',
      reminders: ['2026-11-25T01:00:00Z'],
      escalations: [],
    });
    expect(one.thread().body).toContain('- Decided in a session: votes count from 2026-11-24T13:00:00Z on.');
    expect(one.sentence()).toBe('Waiting for the session of 2026-11-24T13:00:00Z: no vote counts before it.');
    expect([one.status(), one.decision().lookAgainAt]).toEqual(['waiting', '2026-11-24T13:00:00Z']);
  });

  it('answers earlier votes once, and counts neither approvals nor rejections', () => {
    const one = world().says('grace', '/approve').says('olga', '/reject too big').says('linus', '/withdraw');
    expect(one.answers()).toEqual([
      expect.stringContaining('votes count from 2026-11-24T13:00:00Z on. Please write it again then.'),
      expect.stringContaining('votes count from 2026-11-24T13:00:00Z on.'),
      expect.stringContaining('no vote here that could be withdrawn'),
    ]);
    passing(29 * hour, one);
    expect([one.status(), one.answers().length]).toEqual(['waiting', 4]);
    expect(one.answers().at(-1)).toContain('has opened');
    expect(one.kinds()).not.toContain('vote-cast');
  });

  it('tells those who are asked that it has opened, once, and again when another one does', () => {
    const one = passing(28 * hour, world({ deadline: '24h' }));
    const told = () => one.answers().filter((body) => body.includes('has opened'));
    expect(told()).toEqual([
      [
        '@acme/qa: the session of 2026-11-24T13:00:00Z has opened: votes on `signoff` (signoff) of release `r1` count, until 2026-11-25T13:00:00Z.',
        '',
        '<!-- countersign session=1 attempt=1 -->',
      ].join('\n'),
    ]);
    passing(hour, one).says('grace', '/approve');
    expect(told()).toHaveLength(1);
    one.says('olivia', '/defer until 2026-11-25T09:00:00Z the vendor is away');
    expect(told()).toHaveLength(1);
    passing(24 * 7 * hour, one);
    expect(told().slice(1)).toEqual([expect.stringContaining('session of 2026-12-01T13:00:00Z has opened')]);
  });

  it('hears them from its first second on, and decides', () => {
    const one = passing(28 * hour, world());
    expect(one.kinds().at(-1)).toBe('voting-opened');
    expect(one.sentence()).toContain('Waiting for 2 approvals');
    expect(one.decision().lookAgainAt).toBeUndefined();
    expect(one.says('grace', '/approve').says('olga', '/approve').status()).toBe('approved');
    expect(passing(0, one).releaseStatus()).toBe('succeeded');
    const other = passing(28 * hour, world()).says('grace', '/reject too big');
    expect(passing(0, other).status()).toBe('rejected');
  });

  it('does not open by a clock that nobody can trust (T20)', () => {
    const one = world().change({ timely: false });
    expect(passing(29 * hour, one).kinds()).not.toContain('voting-opened');
    expect(one.decision().unsure).toBe(true);
    expect(one.change({ timely: true }).kinds()).toContain('voting-opened');
  });

  it('comes again after a deferral, and keeps the votes', () => {
    const one = passing(28 * hour, world()).says('grace', '/approve');
    one.says('olivia', '/defer until 2026-11-25T09:00:00Z the vendor is away');
    expect(timetable(one)?.opens).toBe('2026-12-01T13:00:00Z');
    passing(24 * hour, one).says('olga', '/approve');
    expect(one.answers().at(-1)).toContain('votes count from 2026-12-01T13:00:00Z on');
    expect(
      passing(24 * 6 * hour, one)
        .says('olga', '/approve')
        .status(),
    ).toBe('approved');
  });

  it('hears what speaks against votes that a deferral kept, before the next one and during the deferral (T15)', () => {
    const kept = () =>
      passing(28 * hour, world())
        .says('grace', '/approve')
        .says('olivia', '/defer until 2026-11-25T09:00:00Z the vendor is away');
    for (const ms of [0, 24 * hour]) {
      const one = passing(ms, kept()).says('olga', '/reject the vendor broke it');
      expect([one.status(), one.kinds().at(-1)]).toEqual([ms === 0 ? 'deferred' : 'waiting', 'vote-cast']);
      one.says('linus', '/approve');
      expect(one.answers().at(-1)).toContain('votes count from 2026-12-01T13:00:00Z on');
      expect(passing(24 * 7 * hour, one).status()).toBe('rejected');
    }
    const back = kept().says('grace', '/reject I was wrong');
    expect(passing(24 * 8 * hour, back).status()).toBe('rejected');
  });

  it('hears no rejection where a deferral kept no vote', () => {
    const one = passing(28 * hour, world());
    one.says('olivia', '/defer until 2026-11-25T09:00:00Z away').says('olga', '/reject too big');
    expect(one.answers().at(-1)).toContain('votes count from 2026-12-01T13:00:00Z on');
    expect(passing(24 * 8 * hour, one).status()).toBe('waiting');
  });

  it('approves nothing by itself before it', () => {
    const one = world({ autoApprove: { at: '2h', comment: 'Standard change' } });
    expect(passing(20 * hour, one).status()).toBe('waiting');
    expect(timetable(one)?.approves).toBe('2026-11-24T15:00:00Z');
  });

  it.each([undefined, {}, { board: { every: 'mon', at: '09:00', except: [] } } as const])(
    'never comes where the calendar does not know it: %j',
    (sessions) => {
      const known = { ...defaultCalendar, ...(sessions && { sessions }) };
      const timing = { session: 'constructor', remind: [], escalate: [] };
      expect(timetableOf({ timing }, '2026-11-23T09:00:00Z', known)?.opens).toBe('2999-12-31T00:00:00Z');
    },
  );
});
