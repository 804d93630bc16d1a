import { describe, expect, it } from 'vitest';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { GateReport, WorkflowRun } from '../../src/local-github/actions/workflow.ts';
import { judgeWaiting } from './gates-at-rest.ts';
import { liveMachine } from './life-machines.ts';
import { judgeGates, objectionToGate } from './oracle-gates.ts';
import type { Scene } from './oracle-machines.ts';
import { type Played, playScenario } from './play.ts';
import type { Life, Stand } from './stands.ts';
import type { Step } from './step.ts';
import { lifeAt } from './stood.ts';
import type { ActivitySpec, ReleaseSpec } from './subject.ts';

const nothing = { instructions: '', rules: [], exclude: [], inputs: 'none' } as const;
const gate: ActivitySpec = {
  ...{ ...nothing, instructions: 'Decide', id: 'go-no-go', phase: 'verify', needs: [] },
  rules: [{ from: ['team:qa'], require: 1 }],
};
const deploy: ActivitySpec = {
  ...{ ...nothing, id: 'deploy', phase: 'production', needs: [] },
  opens: { environment: 'Production' },
};
const spec: ReleaseSpec = {
  ...{ name: 'alpha', title: 'Release alpha', target: 'v1', owner: 'user:pat' },
  activities: [gate, deploy],
};
const ordering: ReleaseSpec = {
  ...spec,
  activities: [
    gate,
    { ...deploy, opens: { environment: 'production', starts: { file: 'into-production.yml' } } },
  ],
};

const says = (by: string, activity: string, words: Extract<Step, { do: 'say' }>['words']): Step => ({
  ...{ do: 'say', by, release: 'alpha', activity, words, via: 'plain' },
});
const approval = says('grace', 'go-no-go', { kind: 'approve', answers: 'right', risk: 'Low' });
const abort = says('pat', '', { kind: 'abort', reasoned: true });
const retry = says('pat', '', { kind: 'retry', reasoned: true, names: 'deploy' });
const begins: Step = { do: 'run-starts', by: 'eve', file: 'into-production.yml', ref: 'v1' };
const again: Step = { do: 'run-again', by: 'eve', which: 0 };
const ends = (conclusion: 'success' | 'failure'): Step => ({ do: 'job-ends', which: 0, conclusion });
const rest: Step = { do: 'rest' };
const quiet: ReadonlySet<Step['do']> = new Set(['crash', 'fault', 'webhooks', 'resync']);

const played = (release: ReleaseSpec, ...steps: readonly Step[]): Promise<Played> => {
  const bring: readonly Step[] = [
    { do: 'protect', environment: 'production', gaps: [] },
    { do: 'bring', by: 'ada', spec: release },
  ];
  const all = [...bring, ...steps].flatMap((step, index, them): readonly Step[] => {
    if (quiet.has(step.do)) return step.do === 'resync' ? [step, rest] : [step];
    const told = them[index + 1]?.do !== 'webhooks';
    const news: readonly Step[] = [{ do: 'webhooks', how: 'in-order', count: 99 }, rest];
    return [step, { do: 'wait', seconds: 2 }, ...(told ? news : [])];
  });
  return playScenario({ seed: 1, kind: 'wild', steps: all, settings: { custodians: 1 } });
};
const states = ({ play }: Played): readonly string[] =>
  [...play.stage.host.state.workflowRuns.values()].map(
    ({ attempt, status, conclusion }) => `${attempt} ${conclusion ?? status}`,
  );
const admissions = ({ play }: Played) =>
  (play.records.get('alpha') ?? []).filter(({ kind }) => kind === 'run-admitted');

describe('a scenario with jobs that wait', () => {
  it('lets in what was started, once, and sends away what is too late', async () => {
    const one = await played(spec, begins, approval, begins, ends('success'));
    expect([one.failure, states(one)]).toEqual([undefined, ['1 success', '1 failure']]);
    expect(one.outcomes).toContain('alpha: succeeded');
  });

  it('lets in another try only after the owner said so', async () => {
    const before = await played(spec, begins, approval, ends('failure'), again);
    expect([before.failure, states(before)]).toEqual([undefined, ['2 waiting']]);
    const after = await played(spec, begins, approval, ends('failure'), again, retry, ends('success'));
    expect([after.failure, states(after)]).toEqual([undefined, ['2 success']]);
    expect(admissions(after)).toHaveLength(2);
  });

  it('lets in what the release started, and never again', async () => {
    const told: Step = { do: 'wait', seconds: 2 };
    const one = await played(ordering, begins, approval, told, ends('failure'), again);
    expect([one.failure, states(one)]).toEqual([undefined, ['1 waiting', '2 failure']]);
  });

  it('turns away what waits for a release that was aborted, and hears of a run that was cancelled', async () => {
    const aborted = await played(spec, begins, abort);
    expect([aborted.failure, states(aborted)]).toEqual([undefined, ['1 failure']]);
    const cancelled = await played(spec, begins, approval, { do: 'run-cancelled', by: 'eve', which: 0 });
    expect([cancelled.failure, states(cancelled)]).toEqual([undefined, ['1 cancelled']]);
    expect(cancelled.outcomes.some((line) => line.startsWith('alpha/deploy: failed'))).toBe(true);
  });

  const on = 'POST /repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule';
  it.each<[string, Step]>(
    (['before', 'after'] as const).flatMap((when) => [
      [
        `the App dies ${when} it answers`,
        { do: 'crash', crash: { calls: 1, when, at: '/deployment_protection_rule' }, disk: 'lost' },
      ],
      [
        `the answer is lost ${when} it takes effect`,
        { do: 'fault', fault: { on, call: 1, times: 1, do: 'cut', when } },
      ],
    ]),
  )('lets in one run and tells it where %s', async (_, trouble) => {
    const one = await played(spec, approval, trouble, begins, begins, { do: 'wait', seconds: 130 });
    expect([one.failure, states(one)]).toEqual([undefined, ['1 in_progress', '1 waiting']]);
    expect(admissions(one)).toHaveLength(1);
  });

  it('finds within the hour what nobody told', async () => {
    const silent = { do: 'webhooks', how: 'lost', count: 99 } as const;
    const one = await played(spec, approval, begins, silent, { do: 'resync' });
    expect([one.failure, states(one)]).toEqual([undefined, ['1 in_progress']]);
    const { history } = one.play;
    const end = history.indexOf('the trouble ends, and another App starts');
    const answer = history.findIndex((line) => line.endsWith('/deployment_protection_rule'));
    expect(answer).toBeGreaterThan(0);
    expect(answer).toBeLessThan(end);
  });
});

type Admission = Extract<ReleaseEvent, { readonly kind: 'run-admitted' }>;
const isAdmission = (event: ReleaseEvent): event is Admission => event.kind === 'run-admitted';

/** What was played, as far as a test may change it. */
async function changeable(release: ReleaseSpec = spec) {
  const { play } = await played(release, approval, begins);
  const events = [...(play.records.get('alpha') ?? [])];
  const index = events.findIndex(isAdmission);
  const event = events[index] as Admission;
  const run = play.stage.host.state.workflowRuns.get(event.body.run.run) as WorkflowRun;
  return { play, events, index, event, run, reports: run.reports as GateReport[] };
}
type Changeable = Awaited<ReturnType<typeof changeable>>;

const seconds = (at: string, more: number): string => new Date(Date.parse(at) + more * 1000).toISOString();
const verdictOf = ({ reports }: Changeable): GateReport =>
  reports.find(({ verdict }) => verdict !== null) as GateReport;
const retold = (all: Changeable, change: Partial<GateReport>): void =>
  void all.reports.splice(0, 9, { ...verdictOf(all), ...change });

describe('the oracle of jobs that wait (T5)', () => {
  it.each<[string, string | undefined, (all: Changeable) => unknown]>([
    ['all is right', undefined, () => undefined],
    ['nothing is recorded', 'no record had let it in', ({ events, index }) => events.splice(index, 1)],
    ['another try was let in', 'no record had let it in', (all) => retold(all, { attempt: 2 })],
    [
      'it is about another place',
      'no record had let it in',
      (all) => retold(all, { environment: 'staging' }),
    ],
    [
      'it was recorded only later',
      'no record had let it in',
      ({ events, index, event }) => events.splice(index, 1, { ...event, at: seconds(event.at, 9) }),
    ],
    [
      'it had been shut',
      'alpha/deploy was not open any more',
      (all) => {
        const { events, index, event } = all;
        retold(all, { at: seconds(event.at, 300) });
        const { activity, attempt, environment } = event.body;
        const why = { kind: 'rejected', activity: 'go-no-go' } as const;
        const body = { activity, attempt, environment, holds: { freezes: [], windows: [] }, why };
        const shut = { ...event, at: seconds(event.at, 10), kind: 'environment-shut', body } as const;
        events.splice(index + 1, 9, shut);
      },
    ],
    [
      'another release had not opened it',
      'beta had not opened it',
      ({ play, events }) => {
        const upTo = events.findIndex(({ kind }) => kind === 'environment-opened');
        const beta = events.slice(0, upTo).map((event) => ({ ...event, release: 'beta' }));
        Object.assign(play, { records: new Map([['beta', beta]]) });
      },
    ],
    ['it was sent away', 'it was to be let in', (all) => retold(all, { verdict: 'rejected' })],
    [
      'it was sent away before it was let in',
      'it could still be let in',
      (all) => {
        retold(all, { verdict: 'rejected' });
        all.events.splice(all.index, 1);
      },
    ],
  ])('says what is wrong with an answer: %s', async (_, wanted, change) => {
    const all = await changeable();
    const { play } = all;
    Object.assign(play, { records: new Map() });
    change(all);
    const judge = () => judgeGates(play, new Map([...play.records, ['alpha', all.events]]), new Set());
    if (wanted === undefined) expect(judge).not.toThrow();
    else expect(judge).toThrow(wanted);
  });

  it.each<[string | undefined, ReleaseSpec, (scene: Scene, event: Admission, run: WorkflowRun) => unknown]>([
    [undefined, spec, () => undefined],
    ['it had not opened it', spec, (scene) => standing(scene, { open: undefined })],
    ['it was open for another commit', spec, (scene) => opened(scene, { commit: 'd' })],
    ['its time was over', spec, (scene, { at }) => opened(scene, { until: Date.parse(at) })],
    ['the clock could not be trusted', spec, ({ chronicle }) => chronicle.skews.push({ at: 0, wrong: true })],
    ['somebody said no', spec, ({ life }) => life.stands.set('go-no-go', { attempt: 1, ended: 'rejected' })],
    ['there is no such run of the commit', spec, (_, { body }) => Object.assign(body.run, { run: 7 })],
    ['there is no such run of the commit', spec, (_, { body }) => Object.assign(body.run, { path: 'x.yml' })],
    ['it had not begun', spec, (_, { body }) => Object.assign(body.run, { attempt: 2 })],
    ['it has nothing to do there', spec, (_, __, { jobs }) => jobs.splice(0)],
    ['no rule of ours was on there', spec, ({ chronicle }) => chronicle.guards.splice(0)],
    [undefined, ordering, () => undefined],
    ['it had started another run', ordering, (scene) => standing(scene, { ordered: undefined })],
    [
      'alpha/deploy had started it',
      ordering,
      ({ chronicle }) => {
        // As if the manifest let in whatever people start.
        for (const [digest, release] of chronicle.manifests)
          chronicle.manifests.set(digest, {
            ...release,
            activities: [gate, { ...deploy, opens: { environment: 'production' } }],
          });
      },
    ],
  ])('says what is wrong with an admission: %s', async (wanted, release, change) => {
    const { play, events, index, event, run } = await changeable(release);
    const before = events.slice(0, index);
    const scene = { ...play, life: lifeAt(play.chronicle, before), before };
    const copy = structuredClone(event);
    change(scene, copy, run);
    expect(objectionToGate(scene, copy)).toBe(wanted);
  });

  it.each<[string | undefined, object]>([
    [undefined, {}],
    ['it was success', { conclusion: 'failure' }],
    ['it was undefined', { attempt: 2 }],
    ['it ended at another time', { ended: '2026-11-23T08:00:00Z' }],
  ])('says what is wrong with the end of what was let in: %s', async (wanted, change) => {
    const { play } = await played(spec, approval, begins, ends('success'));
    const event = (play.records.get('alpha') ?? []).find(isAdmission) as Admission;
    const { run: id, attempt } = event.body.run;
    const ended = play.stage.host.state.workflowRuns.get(id)?.updatedAt ?? '';
    const run = { run: id, attempt, conclusion: 'success', ended, ...change };
    const told: ReleaseEvent = { ...event, kind: 'admitted-run-ended', body: { ...event.body, run } };
    const scene = { ...play, life: lifeAt(play.chronicle, []), before: [] };
    expect(objectionToGate(scene, told)).toBe(wanted);
  });

  it('knows one admission for an attempt', async () => {
    const { play, events, index, event } = await changeable();
    const life = lifeAt(play.chronicle, events.slice(0, index));
    expect(liveMachine(life, event)).toBeUndefined();
    expect(liveMachine(life, event)).toBe('nothing was open, or it had let in a run');
  });
});

describe('the oracle of jobs that wait, once nothing is left to do (G-16)', () => {
  const waits = ({ run }: Changeable): void => {
    run.reports.splice(0);
    run.status = 'waiting';
    for (const job of run.jobs) job.state = 'waiting';
  };
  const forgets = ({ play }: Changeable): void => {
    const { stands } = play.lives.get('alpha') as Life;
    const { admitted: _, ...stand } = stands.get('deploy') as Stand;
    stands.set('deploy', stand);
  };
  it.each<[string | undefined, ReleaseSpec, readonly ((all: Changeable) => unknown)[]]>([
    [undefined, spec, []],
    ['alpha/deploy has let it in', spec, [waits]],
    ['alpha/deploy lets in nothing', spec, [waits, forgets]],
    [
      'every release of it is over',
      spec,
      [waits, ({ play }) => Object.assign(play.lives.get('alpha') as Life, { ended: 'release-aborted' })],
    ],
    [
      'ended as success',
      spec,
      [({ run }) => Object.assign(run, { status: 'completed', conclusion: 'success' })],
    ],
    [undefined, spec, [waits, ({ play }) => play.chronicle.guards.splice(0)]],
  ])('says what is wrong: %s', async (wanted, release, changes) => {
    const all = await changeable(release);
    for (const change of changes) change(all);
    const judge = () => judgeWaiting(all.play, all.play.records);
    if (wanted === undefined) expect(judge).not.toThrow();
    else expect(judge).toThrow(wanted);
  });

  it('says that what was started waits', async () => {
    const all = await changeable(ordering);
    waits(all);
    forgets(all);
    expect(() => judgeWaiting(all.play, all.play.records)).toThrow('alpha/deploy has started it');
  });
});

function standing({ life }: Scene, change: { readonly [K in keyof Stand]?: Stand[K] | undefined }): void {
  life.stands.set('deploy', { ...life.stands.get('deploy'), ...change } as Stand);
}

function opened(scene: Scene, change: Partial<NonNullable<Stand['open']>>): void {
  const { open } = scene.life.stands.get('deploy') ?? {};
  if (open) standing(scene, { open: { ...open, ...change } });
}
