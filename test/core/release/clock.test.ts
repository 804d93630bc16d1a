import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/core/manifest/manifest.ts';
import { ownerRoles } from '../../../src/core/policy/codeowners.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
  type WorldOptions,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const olivia = { kind: 'user', name: 'olivia' } as const;

const staffed: WorldOptions = {
  resolutions: {
    'user:olivia': { kind: 'user', ...person('olivia') },
    'team:managers': team(15, 'max', 'ada'),
  },
};

const timed = (timing: Partial<Timing>, more: Parameters<typeof activity>[1] = {}) =>
  manifest([activity('signoff', { ...more, timing: { remind: [], escalate: [], ...timing } })], {
    owner: olivia,
  });

const world = (timing: Partial<Timing>, more: Parameters<typeof activity>[1] = {}): ReleaseWorld =>
  releaseWorld({ plan: timed(timing, more), ...staffed });

/** Time passes, and somebody looks. */
const passing = (ms: number, one: ReleaseWorld): ReleaseWorld => {
  one.now += ms;
  one.step();
  expect(replay(recorded(one))).toEqual([]);
  return one;
};

const twoOfQa = {
  approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
} as const;

describe('S-086, S-088, G-09: a deadline', () => {
  it('is recorded when the attempt begins, and shown as a moment (T20, S-129)', () => {
    const one = world({ deadline: '24h' });
    expect(one.opened().attempts['signoff']?.[0]?.timetable).toEqual({
      deadline: '2026-11-24T09:00:00Z',
      reminders: [],
      escalations: [],
    });
    expect(one.thread().body).toContain('Deadline: 2026-11-24T09:00:00Z. Missing it ends this attempt.');
    expect(one.decision().lookAgainAt).toBe('2026-11-24T09:00:30Z');
  });

  it('ends the attempt as expired, never as rejected', () => {
    const one = passing(25 * hour, world({ deadline: '24h' }));
    expect([one.status(), one.releaseStatus()]).toEqual(['expired', 'failed']);
    expect(one.check('countersign/release/r1/verify/signoff')?.conclusion).toBe('timed_out');
    expect(one.thread().body).toContain('Nobody decided before 2026-11-24T09:00:00Z.');
    expect(one.decision().lookAgainAt).toBeUndefined();
  });

  it('counts a vote of its last second, however late it is delivered; and none after it', () => {
    const one = world({ deadline: '24h' });
    one.now += 24 * hour - 1000;
    expect(one.says('grace', '/approve').status()).toBe('approved');
    const late = world({ deadline: '24h' });
    late.now += 24 * hour;
    late.says('olga', '/approve');
    expect(late.answers().at(-1)).toContain('the deadline was 2026-11-24T09:00:00Z');
    expect(passing(hour, late).status()).toBe('expired');
  });

  it('may be ignored by custodians, and stays visible', () => {
    const custodians = {
      from: [{ kind: 'team', name: 'managers' }],
      require: { kind: 'count', count: 1 },
    } as const;
    const plan = timed({ deadline: '24h' });
    const one = releaseWorld({ ...staffed, plan, configuration: { custodians } });
    passing(25 * hour, one).says('max', '/ignore it was done by hand');
    expect([one.status(), one.releaseStatus()]).toEqual(['ignored', 'partially-succeeded']);
    expect(one.check('countersign/release/r1/verify/signoff')?.conclusion).toBe('neutral');
  });

  it('has no share where there is none, and what cannot be read is no time', () => {
    const one = world({ remind: ['50%', 'often', '2h'] });
    expect(one.opened().attempts['signoff']?.[0]?.timetable?.reminders).toEqual(['2026-11-23T11:00:00Z']);
  });

  it('may only be shown (expire: stay)', () => {
    const one = passing(30 * hour, world({ deadline: '24h', expire: 'stay' }));
    expect(one.thread().body).toContain('Missing it is only shown');
    expect(one.decision().lookAgainAt).toBeUndefined();
    expect(one.says('grace', '/approve').status()).toBe('approved');
  });

  it('expires in the calendar of the configuration', () => {
    const calendar = {
      zone: 'Europe/Berlin',
      businessDays: ['mon', 'wed'],
      holidays: ['2026-11-25'],
    } as const;
    const configured = { ...staffed, configuration: { calendar } };
    const one = releaseWorld({ plan: timed({ deadline: '1 business day' }), ...configured });
    expect(one.opened().attempts['signoff']?.[0]?.timetable?.deadline).toBe('2026-11-30T09:00:00Z');
    const dated = releaseWorld({ plan: timed({ deadline: '2026-11-25' }), ...configured });
    expect(dated.opened().attempts['signoff']?.[0]?.timetable?.deadline).toBe('2026-11-25T22:59:59Z');
  });

  it('does not expire what could not be looked at', () => {
    const one = world({ deadline: '24h' });
    const away: Facts['resolutions'] = {
      ...one.facts.resolutions,
      'team:qa': { kind: 'unknown', why: 'timeout' },
    };
    one.change({ resolutions: away });
    expect(passing(25 * hour, one).status()).toBe('blocked');
  });

  it('may be tried again by a changed manifest', () => {
    const one = passing(25 * hour, world({ deadline: '24h' }));
    one.revise(timed({ deadline: '24h' }, { title: 'Once more' }));
    expect(one.status()).toBe('waiting');
  });
});

describe('T20: a clock that cannot be trusted', () => {
  it('opens nothing and ends nothing by time, and looks again', () => {
    const one = world({ deadline: '24h' }).change({ timely: false });
    expect(passing(25 * hour, one).status()).toBe('waiting');
    expect(one.decision().unsure).toBe(true);
    expect(one.change({ timely: true }).status()).toBe('expired');
  });

  it('nor does a time before the last event', () => {
    const one = passing(25 * hour, world({ deadline: '24h', expire: 'stay', remind: ['24h'] }));
    expect(one.kinds().filter((kind) => kind === 'reminder-due')).toHaveLength(1);
    const early = world({ deadline: '24h', remind: ['30m'] });
    early.now -= hour;
    expect(early.decision()).toMatchObject({ unsure: true, events: [] });
  });
});

describe('S-102, S-103, S-145: reminders', () => {
  it('call those who would be enough, once each, in their turn', () => {
    const one = passing(13 * hour, world({ deadline: '24h', remind: ['50%', '2h before'] }));
    expect(one.answers()).toHaveLength(1);
    expect(one.answers()[0]).toMatch(
      /^@\w+: `signoff` \(signoff\) of release `r1` still waits for you, until 2026-11-24T09:00:00Z\./,
    );
    expect(passing(hour, one).answers()).toHaveLength(1);
    expect(passing(9 * hour, one).answers()).toHaveLength(2);
  });

  it('are one after an outage, and none for what is decided', () => {
    expect(
      passing(23 * hour, world({ deadline: '24h', remind: ['50%', '2h before'] })).answers(),
    ).toHaveLength(1);
    expect(passing(13 * hour, world({ remind: ['2h'] }).says('grace', '/approve')).answers()).toEqual([]);
  });

  it('name the teams where nobody alone would be enough', () => {
    const one = world(
      { remind: ['2h'] },
      { approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 9 } }] },
    );
    expect(passing(3 * hour, one).answers()[0]).toContain('@acme/qa: ');
    const nobody = world(
      { remind: ['2h'] },
      { approvers: [{ from: [{ kind: 'role', name: 'none' }], require: { kind: 'count', count: 1 } }] },
    );
    expect(passing(3 * hour, nobody).status()).toBe('blocked');
  });
});

describe('S-087, S-138, G-10: escalation', () => {
  const managers = [{ kind: 'team', name: 'managers' }] as const;

  it('tells others when the time comes', () => {
    const one = passing(19 * hour, world({ deadline: '24h', escalate: [{ at: '75%', to: managers }] }));
    expect(one.answers()[0]).toContain('@acme/managers: nobody has decided yet');
    expect(one.says('max', '/approve').status()).toBe('waiting');
    expect(one.answers().at(-1)).toContain('only the approvers');
  });

  it('lets them vote too, but no author, and counts them in no denominator (T12)', () => {
    const unanimous = {
      approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'unanimous' } }],
    } as const;
    const one = world({ escalate: [{ at: '2h', to: managers, grant: true }] }, unanimous).says(
      'grace',
      '/approve',
    );
    passing(3 * hour, one);
    expect(one.answers()[0]).toContain('You may vote here too');
    one.says('ada', '/approve');
    expect(one.answers().at(-1)).toContain('you wrote the manifest');
    one.says('linus', '/approve').says('max', '/approve');
    expect(one.status()).toBe('approved');
  });

  it('lets them vote from its time on, whenever anybody looks', () => {
    const granted = world({ escalate: [{ at: '2h', to: managers, grant: true }] });
    granted.now += 3 * hour;
    expect(granted.says('max', '/approve').status()).toBe('approved');
    expect(replay(recorded(granted))).toEqual([]);
    const early = world({ escalate: [{ at: '2h', to: managers, grant: true }] });
    early.says('max', '/approve', { unattested: true });
    expect(
      passing(3 * hour, early)
        .learns()
        .status(),
    ).toBe('waiting');
  });

  it('says whom it is for where nobody can be called by name (S-031)', () => {
    const one = world({ escalate: [{ at: '2h', to: [{ kind: 'role', name: 'boss' }] }] });
    expect(passing(3 * hour, one).answers()[0]).toMatch(/^role boss: nobody has decided yet/);
  });

  it('lets the owners of a path vote too (S-079)', () => {
    const to = [{ kind: 'owners', name: 'src/' }] as const;
    const plan = timed({ escalate: [{ at: '2h', to, grant: true }] });
    const one = releaseWorld({ plan, ...staffed, roles: ownerRoles(plan, undefined, '* @olivia', 'acme') });
    expect(passing(3 * hour, one).decision()).toMatchObject({ unsure: false, hindrances: new Map() });
    expect(one.says('olivia', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('waits for people that are not known yet', () => {
    const one = world({ escalate: [{ at: '2h', to: managers, grant: true }] });
    one.facts = {
      ...one.facts,
      resolutions: { ...one.facts.resolutions, 'team:managers': { kind: 'unknown', why: 'timeout' } },
    };
    expect(passing(3 * hour, one).decision()).toMatchObject({ unsure: true, events: [] });
  });
});

describe('G-11: automatic approval', () => {
  const automatic = { autoApprove: { at: '2h', comment: 'Standard change' } };

  it('is marked as such, and by nobody', () => {
    const one = passing(3 * hour, world(automatic));
    expect(one.opened().attempts['signoff']?.[0]?.ending).toMatchObject({
      by: [],
      automatic: 'Standard change',
    });
    expect(one.thread().body).toContain('Approved automatically, by nobody: Standard change');
    expect(one.check('countersign/release/r1/verify/signoff')?.title).toContain('by nobody: Standard change');
  });

  it('is not given after the deadline, however late anybody looks', () => {
    const one = world({ deadline: '1h', ...automatic });
    expect(one.thread().body).not.toContain('Approved automatically');
    expect(passing(3 * hour, one).status()).toBe('expired');
    expect(replay(recorded(one))).toEqual([]);
    expect(passing(3 * hour, world({ deadline: '1h', expire: 'stay', ...automatic })).status()).toBe(
      'approved',
    );
  });

  it('is not given before the shortest voting time is over', () => {
    const one = passing(3 * hour, world({ openFor: '4h', ...automatic }));
    expect(one.status()).toBe('waiting');
    expect(passing(1 * hour, one).status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('is not given against anybody, nor in doubt', () => {
    const tolerant = { ...twoOfQa, reject: { kind: 'count', count: 2 } } as const;
    const one = world(automatic, tolerant).says('grace', '/reject no');
    expect(one.thread().body).toContain(
      'Approved automatically at 2026-11-23T11:00:00Z, unless somebody rejects',
    );
    expect(passing(3 * hour, one).status()).toBe('waiting');
    const doubtful = world(automatic, twoOfQa).says('grace', '/approve').edits('grace', '/approve?');
    expect(passing(3 * hour, doubtful).status()).toBe('blocked');
  });
});

describe('design 3.5: a shortest voting time', () => {
  it('approves nothing before it is over, and takes every vote until then', () => {
    const one = world({ openFor: '72h' }).says('grace', '/approve');
    expect(one.status()).toBe('waiting');
    expect(one.thread().body).toContain('Open for votes until 2026-11-26T09:00:00Z');
    expect(one.decision().lookAgainAt).toBe('2026-11-26T09:00:00Z');
    expect(passing(71 * hour, one).status()).toBe('waiting');
    expect(passing(2 * hour, one).status()).toBe('approved');
  });

  it('does not keep a rejection waiting', () => {
    expect(world({ openFor: '72h' }).says('grace', '/reject no').status()).toBe('rejected');
  });
});

describe('G-18: putting a decision off', () => {
  it('keeps the votes, and decides when the time has come', () => {
    const one = world({ deadline: '24h', remind: ['50%'] }, twoOfQa).says('grace', '/approve');
    one.says('linus', '/defer until 2026-11-25 the vendor is on holiday');
    expect([one.status(), one.releaseStatus()]).toEqual(['deferred', 'scheduled']);
    expect(one.thread().body).toContain(
      'Put off until 2026-11-25T23:59:59Z by linus: the vendor is on holiday',
    );
    one.says('olga', '/approve');
    expect(one.status()).toBe('deferred');
    expect(one.decision().lookAgainAt).toBe('2026-11-25T23:59:59Z');
    expect(passing(63 * hour, one).status()).toBe('approved');
  });

  it('lets the deadline begin anew', () => {
    const one = world({ deadline: '24h', openFor: '2h', remind: ['50%'] }, twoOfQa);
    passing(13 * hour, one).says('olivia', '/defer until 2026-11-25T09:00:00Z wait for it');
    expect(one.opened().attempts['signoff']?.[0]?.timetable?.deadline).toBe('2026-11-26T09:00:00Z');
    expect(passing(36 * hour, one).status()).toBe('waiting');
    expect(
      passing(13 * hour, one)
        .answers()
        .filter((body) => body.includes('still waits')),
    ).toHaveLength(2);
    expect(passing(13 * hour, one).status()).toBe('expired');
  });

  it.each([
    ['without a date', 'grace', '/defer', 'with a date to come'],
    ['until the past', 'grace', '/defer until 2020-01-01 x', 'with a date to come'],
    ['without a reason', 'grace', '/defer until 2026-12-01', 'with the reason behind it'],
    ['by somebody else', 'mallory', '/defer until 2026-12-01 x', 'only owners of the release'],
  ])('%s: refused with a sentence', (_, who, words, sentence) => {
    const one = world({}).says(who, words);
    expect([one.status(), one.answers().at(-1)]).toEqual(['waiting', expect.stringContaining(sentence)]);
  });

  it('means the activity and the scope it names (T11)', () => {
    const one = world({}).says('grace', '/defer @0000000 until 2026-11-24T09:00:00Z later');
    expect([one.status(), one.answers().at(-1)]).toEqual([
      'waiting',
      expect.stringContaining('what waits here is'),
    ]);
  });

  it('means one activity that waits', () => {
    const one = world({}).says('grace', '/defer until 2026-12-01 x', {}, '');
    expect(one.answers('').at(-1)).toContain('nothing waits for a decision here');
    const decided = world({}).says('grace', '/reject no').says('grace', '/defer until 2026-12-01 x');
    expect(decided.answers().at(-1)).toContain('nothing waits for a decision here');
  });
});

describe('a schedule', () => {
  it('begins nothing before its moment', () => {
    const one = releaseWorld({ plan: manifest([activity('signoff')], { start: '2026-11-25T09:00:00Z' }) });
    expect([one.status(), one.releaseStatus()]).toEqual(['pending', 'scheduled']);
    expect(one.check('countersign/release/r1')).toMatchObject({
      conclusion: 'action_required',
      title: 'Scheduled',
    });
    expect(one.decision().lookAgainAt).toBe('2026-11-25T09:00:00Z');
    expect(passing(49 * hour, one).status()).toBe('waiting');
  });
});

describe('design 5: times are derived again', () => {
  const lie = (one: ReleaseWorld, kind: string, change: (body: object) => object): readonly string[] =>
    replay(
      recorded(one).map((event) =>
        event.kind === kind ? ({ ...event, body: change(event.body) } as typeof event) : event,
      ),
    ).map(({ why }) => why);

  it('an attempt with other times, or without', () => {
    const one = world({ deadline: '24h' });
    const times = { deadline: '2027-01-01T00:00:00Z', reminders: [], escalations: [] };
    const others = ['the times of signoff are others'];
    expect(lie(one, 'activity-activated', (body) => ({ ...body, timetable: times }))).toEqual(others);
    expect(lie(one, 'activity-activated', (body) => ({ ...body, timetable: undefined }))).toEqual(others);
    expect(lie(releaseWorld(), 'activity-activated', (body) => ({ ...body, timetable: times }))).toEqual(
      others,
    );
  });

  it('an escalation of another rung, or to others', () => {
    const one = passing(
      3 * hour,
      world({ escalate: [{ at: '2h', to: [{ kind: 'team', name: 'managers' }] }] }),
    );
    const none = ['nothing of signoff was to be escalated'];
    expect(lie(one, 'activity-escalated', (body) => ({ ...body, rung: 1 }))).toEqual(none);
    expect(lie(one, 'activity-escalated', (body) => ({ ...body, to: [] }))).toEqual(none);
    expect(lie(one, 'activity-escalated', (body) => ({ ...body, activity: 'other' }))).toEqual([
      'nothing of other was to be escalated',
    ]);
  });
});
