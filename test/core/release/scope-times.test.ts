import { describe, expect, it } from 'vitest';
import type { Escalation, Timing } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
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
const two = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;
const calendar: Calendar = {
  ...defaultCalendar,
  zone: 'UTC',
  sessions: { cab: { every: 'tue', at: '14:00', except: [] } },
};

const plan = (title: string, timing: Partial<Timing> | undefined, more = {}) =>
  manifest(
    [
      activity('signoff', {
        title,
        ...(timing && { timing: { remind: [], escalate: [], ...timing } }),
        ...more,
      }),
    ],
    { owner: { kind: 'user', name: 'olivia' } },
  );

/** The world begins on Monday, 2026-11-23T09:00:00Z. */
const world = (title: string, timing?: Partial<Timing>, more = {}): ReleaseWorld =>
  releaseWorld({
    plan: plan(title, timing, more),
    configuration: { calendar },
    resolutions: Object.fromEntries(
      ['olivia', 'eve', 'pat'].map((login) => [`user:${login}`, { kind: 'user', ...person(login) }]),
    ),
  });

const passing = (ms: number, one: ReleaseWorld): ReleaseWorld => {
  one.now += ms;
  one.step();
  expect(replay(recorded(one))).toEqual([]);
  return one;
};

const timetable = (one: ReleaseWorld) => latestAttempt(one.opened(), 'signoff')?.timetable;

describe('what is voted on has been open for its whole time (design 3.5, decision 0055)', () => {
  it('a change of the scope begins the voting time anew', () => {
    const one = passing(71.9 * hour, world('One', { openFor: '72h' }));
    one.revise(plan('Other', { openFor: '72h' })).says('grace', '/approve');
    expect(passing(hour, one).status()).toBe('waiting');
    expect(passing(71 * hour, one).status()).toBe('approved');
  });

  it('also where it was over', () => {
    const one = passing(100 * hour, world('One', { openFor: '72h' }));
    one.revise(plan('Other', { openFor: '72h' })).says('grace', '/approve');
    expect(one.status()).toBe('waiting');
    expect(passing(72 * hour, one).status()).toBe('approved');
  });

  it('nobody lets pass by themselves what stood there for a moment (G-11)', () => {
    const timing = { autoApprove: { at: '5h', comment: 'standard' } };
    const one = passing(4.9 * hour, world('One', timing)).revise(plan('Other', timing));
    expect(passing(hour, one).status()).toBe('waiting');
    expect(passing(4 * hour, one).status()).toBe('approved');
  });

  it('times come with a change of the scope, and go with it', () => {
    const one = world('One').revise(plan('Two', { openFor: '2h', deadline: '9h' }));
    expect(timetable(one)).toEqual({ openUntil: '2026-11-23T11:00:01Z', reminders: [], escalations: [] });
    expect(timetable(one.revise(plan('Three', undefined)))).toEqual({ reminders: [], escalations: [] });
    expect(passing(hour, one).says('grace', '/approve').status()).toBe('approved');
  });

  it('what was put off counts from the end of that', () => {
    const one = world('One', { openFor: '2h' }).says('grace', '/defer until 2026-11-30T09:00:00Z later');
    expect(timetable(one.revise(plan('Two', { openFor: '3h' })))?.openUntil).toBe('2026-11-30T12:00:00Z');
    expect(passing(0, one).status()).toBe('deferred');
  });
});

describe('a board decides in a session about what it saw (S-065, decision 0055)', () => {
  it('a change after its session waits for the next one, and it is called again', () => {
    const one = passing(30 * hour, world('One', { session: 'cab' }));
    expect(one.thread().comments.filter(({ body }) => body.includes('has opened'))).toHaveLength(1);
    one.revise(plan('Other', { session: 'cab' })).says('linus', '/approve');
    expect([one.status(), timetable(one)?.opens]).toEqual(['waiting', '2026-12-01T14:00:00Z']);
    passing(8 * 24 * hour, one);
    expect(one.thread().comments.filter(({ body }) => body.includes('has opened'))).toHaveLength(2);
    expect(one.says('linus', '/approve').status()).toBe('approved');
  });

  it('the deadline stays where it was, and ends what cannot be decided before it (T20)', () => {
    const timing = { session: 'cab', deadline: '24h' };
    const one = passing(30 * hour, world('One', timing)).revise(plan('Other', timing));
    expect(timetable(one)).toMatchObject({ opens: '2026-12-01T14:00:00Z', deadline: '2026-11-25T14:00:00Z' });
    expect(one.decision().lookAgainAt).toBe('2026-11-25T14:00:30Z');
    expect(passing(24 * hour, one).status()).toBe('expired');
    const late = passing(30 * hour, world('One', timing)).revise(plan('Other', timing));
    expect(passing(10 * 24 * hour, late).status()).toBe('expired');
  });

  it.each(['early', 'late'])(
    'after the deadline people are asked anew, looked at %s (decision 0067)',
    (looks) => {
      const one = world('One', { deadline: '2h' });
      const { step } = one;
      if (looks === 'late') one.step = () => one;
      one.now += 3 * hour;
      one.step();
      one.revise(plan('Two', { deadline: '2h' }));
      one.step = step;
      expect([passing(0, one).status(), latestAttempt(one.opened(), 'signoff')?.attempt]).toEqual([
        'waiting',
        2,
      ]);
      expect(passing(hour, one).status()).toBe('waiting');
      expect(passing(2 * hour, one).status()).toBe('expired');
    },
  );

  it.each([
    ['lets the deadline count that was only shown', { deadline: '2h' }],
    ['says nothing about time any more', undefined],
  ])('as after one that was only shown, where the revision %s', (_, timing) => {
    const one = passing(3 * hour, world('One', { deadline: '2h', expire: 'stay' })).revise(
      plan('Two', timing),
    );
    expect(passing(0, one).kinds()).not.toContain('activity-expired');
    expect(one.kinds()).toContain('attempt-superseded');
    expect(one.says('grace', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('a deadline that is only shown from the revision on has passed all the same', () => {
    const one = world('One', { deadline: '2h' });
    one.now += 3 * hour;
    one.revise(plan('Two', { deadline: '2h', expire: 'stay' }));
    expect(latestAttempt(passing(0, one).opened(), 'signoff')?.attempt).toBe(2);
  });

  it('before it nothing is asked anew, nor while the time is not known (T20)', () => {
    const one = world('One', { deadline: '2h' });
    one.now += 3 * hour;
    one.facts = { ...one.facts, timely: false };
    one.revise(plan('Two', { deadline: '2h' }));
    expect(latestAttempt(one.opened(), 'signoff')?.attempt).toBe(1);
    expect(replay(recorded(one))).toEqual([]);
  });

  it('nobody supersedes in the record what still waited', () => {
    const one = world('One', { deadline: '2h' });
    one.now += 3 * hour;
    one.revise(plan('Two', { deadline: '2h' }));
    const events = recorded(one).map((event) => {
      const hasTimes = event.kind === 'activity-activated' && event.body.timetable !== undefined;
      const deadline = '2026-11-23T18:00:00Z';
      return hasTimes
        ? { ...event, body: { ...event.body, timetable: { ...event.body.timetable, deadline } } }
        : event;
    });
    const found = replay(events as ReturnType<typeof recorded>).map(({ why }) => why);
    expect(found).toContain('signoff was still waiting');
  });

  it('a deadline that only shows ends nothing', () => {
    const timing = { session: 'cab', deadline: '24h', expire: 'stay' } as const;
    const one = passing(30 * hour, world('One', timing)).revise(plan('Other', timing));
    expect(passing(24 * hour, one).status()).toBe('waiting');
    expect(
      passing(7 * 24 * hour, one)
        .says('grace', '/approve')
        .status(),
    ).toBe('approved');
  });

  it('no outage makes it more than expired: not by votes, not by itself', () => {
    const open = { openFor: '72h', deadline: '80h' };
    const one = passing(70 * hour, world('One', open))
      .revise(plan('Other', open))
      .says('grace', '/approve');
    expect(passing(100 * hour, one).status()).toBe('expired');
    const automatic = { deadline: '2h', autoApprove: { at: '5h', comment: 'standard' } };
    expect(passing(6 * hour, world('One', automatic)).status()).toBe('expired');
  });

  it('times that do not follow are found in the record', () => {
    const one = world('One', { openFor: '72h' }).revise(plan('Other', { openFor: '72h' }));
    const forged = recorded(one).map((event) =>
      event.kind === 'scope-changed'
        ? { ...event, body: { ...event.body, timetable: { reminders: [], escalations: [] } } }
        : event,
    );
    expect(replay(forged).map(({ why }) => why)).toEqual(['the times of signoff are others']);
  });
});

describe('whom an escalation lets vote is part of who is asked (T2, decision 0055)', () => {
  const rung = (at: string, login: string, grant = true): Escalation => ({
    at,
    to: [{ kind: 'user', name: login }],
    ...(grant ? { grant: true as const } : {}),
  });
  const laddered = (...escalate: readonly Escalation[]) => plan('One', { escalate }, { approvers: [two] });
  const begun = (...escalate: readonly Escalation[]) =>
    world('One', { escalate }, { approvers: [two] }).says('grace', '/approve');

  it('a change of it ends the votes, and says so', () => {
    const one = begun(rung('2h', 'pat', false)).revise(laddered(rung('2h', 'eve')));
    expect(one.thread().body).toContain('who may vote after an escalation: added');
    passing(3 * hour, one).says('eve', '/approve');
    expect(one.status()).toBe('waiting');
    expect(one.says('grace', '/approve').status()).toBe('approved');
  });

  it('as does one of the roles that it names', () => {
    const named = plan(
      'One',
      { escalate: [{ at: '2h', to: [{ kind: 'role', name: 'lead' }], grant: true }] },
      { approvers: [two] },
    );
    const scopes = ['eve', 'pat'].map(
      (name) =>
        latestAttempt(
          releaseWorld({ plan: named, roles: [{ id: 'lead', members: [{ kind: 'user', name }] }] }).opened(),
          'signoff',
        )?.scope,
    );
    expect(scopes[0]).not.toBe(scopes[1]);
  });

  it('whoever was let vote before is not any more, and the others are at once', () => {
    const one = passing(3 * hour, begun(rung('1h', 'olivia', false), rung('2h', 'pat')));
    one.revise(laddered(rung('1h', 'olivia', false), rung('2h', 'eve')));
    one.says('pat', '/approve').says('eve', '/approve');
    expect(one.status()).toBe('waiting');
    expect(one.says('grace', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('who is only told, and when, is not', () => {
    const one = begun(rung('1h', 'olivia', false), rung('2h', 'eve'));
    one.revise(laddered(rung('3h', 'pat', false), rung('4h', 'eve')));
    expect(one.kinds()).not.toContain('scope-changed');
  });
});
