import { describe, expect, it } from 'vitest';
import { type Configuration, defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Activity, Manifest, Timing } from '../../../src/core/manifest/manifest.ts';
import { planLines } from '../../../src/core/messages/plan-words.ts';
import { type Timeline, timelineOf } from '../../../src/core/plan/timeline.ts';
import { activity, manifest } from '../../support/release-world.ts';

/** A Friday. */
const opening = '2026-12-04T09:00:00Z';

const timed = (id: string, timing: Partial<Timing>, more: Partial<Activity> = {}): Activity =>
  activity(id, { ...more, timing: { remind: [], escalate: [], ...timing } });

const phases = (...all: readonly Partial<Manifest['phases'][number]>[]): Manifest => ({
  ...manifest([]),
  phases: all.map((phase, index) => ({
    id: `p${index}`,
    title: `P${index}`,
    needs: [],
    activities: [],
    ...phase,
  })),
});

const begins = ({ phases }: Timeline) =>
  Object.fromEntries(
    phases.flatMap(({ activities }) =>
      activities.map(({ activity: { id }, moments }) => [id, moments?.begins]),
    ),
  );

const planned = (plan: Manifest, calendar = defaultConfiguration.calendar) =>
  timelineOf(plan, { ...defaultConfiguration, calendar }, opening);

describe('G-39, S-129: what a manifest will ask of whom and when', () => {
  it('has no moments where nobody says when it opens', () => {
    const timeline = timelineOf(manifest([timed('signoff', { deadline: '24h' })]), defaultConfiguration);
    expect(timeline).toEqual({
      release: 'r1',
      title: 'Release one',
      phases: [
        {
          phase: { id: 'verify', title: 'verify', needs: [] },
          onlyAfter: [],
          activities: [{ activity: timed('signoff', { deadline: '24h' }), onFailure: { kind: 'hold' } }],
        },
      ],
    });
  });

  it('begins what waits for nothing at once, and the rest when what it needs could have passed', () => {
    const timeline = planned(
      phases(
        { needs: ['p1'], activities: [activity('ship')] },
        {
          activities: [
            activity('last', { needs: ['vote'] }),
            timed('vote', { openFor: '72h' }),
            activity('qa'),
            timed('short', { openFor: '1h' }),
          ],
        },
      ),
    );
    expect(begins(timeline)).toEqual({
      ship: '2026-12-07T09:00:00Z',
      last: '2026-12-07T09:00:00Z',
      vote: opening,
      qa: opening,
      short: opening,
    });
    expect(timeline.ends).toBe('2026-12-07T09:00:00Z');
  });

  it('waits for the session that decides (S-065)', () => {
    const sessions = { cab: { every: 'tue', at: '14:00', except: [] } } as const;
    const calendar = { ...defaultConfiguration.calendar, sessions };
    const plan = manifest([timed('board', { session: 'cab' }), activity('ship', { needs: ['board'] })]);
    const timeline = planned(plan, calendar);
    expect(begins(timeline)).toEqual({ board: opening, ship: '2026-12-08T14:00:00Z' });
    expect(planLines(timeline).join('\n')).toContain(
      'votes count from the next session cab (2026-12-08T14:00:00Z) on',
    );
  });

  it('counts in the calendar of the configuration', () => {
    const calendar = { ...defaultConfiguration.calendar, holidays: ['2026-12-07'] };
    const [phase] = planned(manifest([timed('signoff', { deadline: '1 business day' })]), calendar).phases;
    expect(phase?.activities[0]?.moments).toEqual({
      begins: opening,
      timetable: { deadline: '2026-12-08T09:00:00Z', reminders: [], escalations: [] },
      passes: opening,
      tooLate: false,
    });
  });

  it('begins nothing before the start of the schedule', () => {
    const late = planned({ ...manifest([activity('signoff')]), start: '2026-12-06T10:00:00Z' });
    expect([late.start, begins(late)['signoff']]).toEqual(['2026-12-06T10:00:00Z', '2026-12-06T10:00:00Z']);
    const early = planned({ ...manifest([activity('signoff')]), start: '2026-12-01' });
    expect([early.start, begins(early)['signoff']]).toEqual(['2026-12-01T23:59:59Z', opening]);
  });

  it('says when a deadline is over before anybody could keep it', () => {
    const [phase] = planned(
      manifest([
        timed('late', { deadline: '2026-12-01' }),
        timed('voted', { openFor: '72h', deadline: '2026-12-05' }),
        timed('fine', { openFor: '1h', deadline: '2026-12-05' }),
      ]),
    ).phases;
    expect(phase?.activities.map(({ moments }) => moments?.tooLate)).toEqual([true, true, false]);
  });

  it('gives no moments to what only a failure brings about, nor to what needs that', () => {
    const timeline = planned(
      phases(
        { activities: [activity('deploy', { onFailure: { kind: 'run', phase: 'p1' } })] },
        { activities: [activity('rollback')] },
        { needs: ['p1'], activities: [activity('review')] },
      ),
    );
    expect(begins(timeline)).toEqual({ deploy: opening, rollback: undefined, review: undefined });
    expect(timeline.phases.map(({ onlyAfter }) => onlyAfter)).toEqual([[], ['deploy'], []]);
    expect(timeline.phases[0]?.activities[0]?.onFailure).toEqual({ kind: 'run', phase: 'p1' });
  });

  it('has no end where nothing is asked', () => {
    expect(planned(manifest([]))).toEqual({
      release: 'r1',
      title: 'Release one',
      opensAt: opening,
      phases: [],
    });
  });
});

describe('G-31, G-39: the plan of an activity that opens an environment', () => {
  const deploy = activity('deploy', { approvers: [], environment: 'Production', validFor: '2h' });
  const ops = activity('ops', { needs: ['deploy'] });
  const winter = { name: 'Winter', from: '2026-12-01T00:00:00Z', environments: ['production'] };
  const weekly = { environments: [], days: ['fri'], from: '12:00', until: '13:00', zone: 'UTC' } as const;
  const opens = (holds: Partial<Configuration>) => {
    const timeline = timelineOf(manifest([deploy, ops]), { ...defaultConfiguration, ...holds }, opening);
    const text = planLines(timeline).join('\n');
    const [, words] = /^ {4}opens {7}(.*\n(?: {16}.*\n)*)/m.exec(text) ?? [];
    return { begins: begins(timeline), words, text };
  };
  const target = 'environment Production for the target, for 2h at most\n';

  it('says what it opens and for how long, and asks nobody', () => {
    const { words, text, begins } = opens({});
    expect(words).toBe(target);
    expect(text).not.toMatch(/nobody is named/);
    expect(text.match(/excluded|rejection/g)).toEqual(['excluded', 'rejection']);
    expect(begins['ops']).toBe(opening);
    const brief = { ...deploy, environment: 'production' };
    const { validFor: _, ...lasting } = brief;
    expect(planLines(timelineOf(manifest([lasting]), defaultConfiguration)).join('\n')).toContain(
      '    opens       environment production for the target\n',
    );
  });

  it('says which floor demands that GitHub guards it (T14)', () => {
    const floor = {
      source: { path: '.github/countersign.yml', line: 3 },
      for: { kind: 'environment', name: 'production' },
      ...{ activities: [], approvers: {}, exclude: [], inputs: {}, profile: [], guarded: true as const },
      lines: { guarded: 4 },
    } as const;
    expect(opens({ floors: [floor] }).text).toContain(
      '    guarded     Production must be guarded by GitHub itself: the floor for environment production (.github/countersign.yml, line 4)\n',
    );
    expect(opens({}).text).not.toContain('guarded');
  });

  it('says what holds it and until when, and begins what needs it no sooner', () => {
    const windowed = opens({ windows: [weekly] });
    expect(windowed.words).toBe(
      `${target}${' '.repeat(16)}not before 2026-12-04T12:00:00Z: Held until the next change window.\n`,
    );
    expect(windowed.begins['ops']).toBe('2026-12-04T12:00:00Z');
    const until = '2026-12-06T00:00:00Z';
    const frozen = opens({ freezes: [{ ...winter, until }], windows: [weekly] });
    expect(frozen.words).toContain(
      `not before 2026-12-11T12:00:00Z: Held by the freeze "Winter" until ${until}.`,
    );
  });

  it('says so where no end is in sight', () => {
    const { words, begins } = opens({ freezes: [{ ...winter, until: '2036-12-01T00:00:00Z' }] });
    expect(words).toContain('no moment of the next two years: Held by the freeze "Winter"');
    expect(begins['ops']).toBe(opening);
  });
});
