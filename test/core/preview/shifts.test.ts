import { describe, expect, it } from 'vitest';
import type { Activity, Manifest, Timing } from '../../../src/core/manifest/manifest.ts';
import type { Shift } from '../../../src/core/preview/foresight.ts';
import { shiftsBetween } from '../../../src/core/preview/shifts.ts';
import { defaultCalendar } from '../../../src/core/time/calendar.ts';
import { activity, manifest, releaseWorld } from '../../support/release-world.ts';

const timed = (timing: Partial<Timing>, more: Partial<Activity> = {}): Activity =>
  activity('signoff', { ...more, timing: { remind: [], escalate: [], ...timing } });
const team = (name: string) => ({ kind: 'team', name }) as const;
const between = (before: Manifest, after: Manifest, words: readonly string[] = []): readonly Shift[] => {
  const world = releaseWorld({ plan: before });
  for (const login of words) world.says(login, '/approve');
  const state = world.opened();
  return shiftsBetween(state, { ...state, revision: { ...state.revision, plan: after } });
};
const one = (before: Activity, after: Activity) => between(manifest([before]), manifest([after]));

describe('G-39, S-086: what another manifest would do to times, order and owners', () => {
  it('times reach the next attempt only, because those of this one are recorded (decision 0040)', () => {
    const all: Partial<Timing> = {
      session: 'board',
      openFor: '72h',
      deadline: '24h',
      remind: ['50%', '2h before'],
      escalate: [
        { at: '75%', to: [team('sre')], grant: true },
        { at: '90%', to: [team('qa'), { kind: 'user', name: 'mona' }] },
      ],
      autoApprove: { at: '96h', comment: 'Nobody minded' },
    };
    expect(one(activity('signoff'), timed(all))).toEqual(
      Object.entries({
        session: 'board',
        'open-for': '72h',
        deadline: '24h',
        remind: '50% and 2h before',
        escalate: '75% to team sre, who may vote and 90% to team qa and mona',
        'auto-approve': '96h',
      }).map(([what, after]) => ({ what, after, activity: 'signoff', reaches: 'next-attempt' })),
    );
    expect(one(timed({ deadline: '24h' }), timed({ deadline: '48h' }))).toEqual([
      { what: 'deadline', before: '24h', after: '48h', activity: 'signoff', reaches: 'next-attempt' },
    ]);
  });

  it('what is asked about while it waits reaches it at once', () => {
    const shifts = one(timed({}), timed({ expire: 'stay' }, { if: 'always()' }));
    expect(shifts.map(({ what, reaches }) => [what, reaches])).toEqual([
      ['if', 'at-once'],
      ['expire', 'at-once'],
    ]);
  });

  it('and so does everything that has not begun; what is decided is left alone', () => {
    const plan = (deadline: string, needs: readonly string[] = ['signoff']) =>
      manifest([
        timed({ deadline }),
        activity('ship', { needs, timing: { deadline, remind: [], escalate: [] } }),
      ]);
    expect(between(plan('24h'), plan('48h', []), ['grace'])).toEqual([
      { what: 'needs', before: 'signoff', activity: 'ship', reaches: 'at-once' },
      { what: 'deadline', before: '24h', after: '48h', activity: 'ship', reaches: 'next-attempt' },
    ]);
    const phased = (deadline: string) =>
      manifest([activity('signoff'), timed({ deadline }, { id: 'late', phase: 'late' })]);
    expect(between(phased('24h'), phased('48h'))).toEqual([
      { what: 'deadline', before: '24h', after: '48h', activity: 'late', reaches: 'at-once' },
    ]);
    const more = manifest([activity('signoff'), timed({ deadline: '24h' }, { id: 'new' })]);
    expect(between(manifest([activity('signoff')]), more)).toEqual([]);
  });

  it('tells what belongs to the whole release', () => {
    const plan = manifest([activity('signoff'), activity('late', { phase: 'late' })]);
    const [first, second] = plan.phases.map((phase) => ({ ...phase, needs: [] }));
    const other: Manifest = {
      ...plan,
      owner: team('sre'),
      start: '2026-12-01T09:00:00Z',
      phases: [first, second].flatMap((phase) => phase ?? []),
    };
    expect(between(plan, other)).toEqual([
      { what: 'owner', after: 'team sre', reaches: 'at-once' },
      { what: 'schedule.start', after: '2026-12-01T09:00:00Z', reaches: 'at-once' },
      { what: 'phases.late.needs', before: 'verify', reaches: 'at-once' },
    ]);
  });

  it('tells whose word on failures would count, and by which days it would be reckoned', () => {
    const state = releaseWorld().opened();
    const custodians = { from: [team('sre')], require: { kind: 'count', count: 2 } } as const;
    const calendar = { ...defaultCalendar, zone: 'Europe/Berlin', holidays: ['2026-12-25'] };
    const revised = { ...state, revision: { ...state.revision, custodians, calendar } };
    expect(shiftsBetween(state, revised)).toEqual([
      { what: 'custodians', after: '2 of team sre', reaches: 'at-once' },
      { what: 'time-zone', after: 'Europe/Berlin', reaches: 'at-once' },
      { what: 'holidays', after: '2026-12-25', reaches: 'at-once' },
    ]);
  });
});
