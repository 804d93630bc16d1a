import { describe, expect, it } from 'vitest';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Dispatched } from './dispatched.ts';
import { judgeDispatches } from './oracle-workflows.ts';
import { type Played, playScenario } from './play.ts';
import type { Step } from './step.ts';
import type { ActivitySpec, ReleaseSpec, Settings } from './subject.ts';
import type { Crash } from './wire.ts';

const nothing = { instructions: '', rules: [], exclude: [], inputs: 'none' } as const;
const gate: ActivitySpec = {
  ...{ ...nothing, instructions: 'Decide', id: 'go-no-go', phase: 'verify', needs: [], inputs: 'risk' },
  rules: [{ from: ['team:qa'], require: 1 }],
};
const starts = { file: 'deploy.yml', given: 'go-no-go' };
const opens = { environment: 'production', starts };
const deploy: ActivitySpec = { ...nothing, id: 'deploy', phase: 'production', needs: [], opens };
const spec: ReleaseSpec = {
  ...{ name: 'alpha', title: 'Release alpha', target: 'v1', owner: 'user:pat' },
  activities: [gate, deploy],
};
const words = { kind: 'approve', answers: 'right', risk: 'High' } as const;
const approval: Step = {
  do: 'say',
  by: 'grace',
  release: 'alpha',
  activity: 'go-no-go',
  words,
  via: 'plain',
};
const ends = (conclusion: 'success' | 'failure'): Step => ({
  ...{ do: 'run-ends', release: 'alpha', activity: 'deploy', conclusion },
});
const played = (settings: Partial<Settings>, ...steps: readonly Step[]): Promise<Played> => {
  const all = [{ do: 'bring', by: 'ada', spec } as const, ...steps].flatMap((step): readonly Step[] => {
    const alone = step.do === 'crash' || step.do === 'fault';
    return alone
      ? [step]
      : [step, { do: 'wait', seconds: 2 }, { do: 'webhooks', how: 'in-order', count: 99 }, rest];
  });
  return playScenario({ seed: 1, kind: 'wild', steps: all, settings: { custodians: 1, ...settings } });
};
const rest: Step = { do: 'rest' };
const started = ({ play }: Played) => play.stage.dispatched.length;

describe('a scenario with a workflow', () => {
  it('ends as the run of it ends', async () => {
    const good = await played({}, approval, ends('success'));
    expect([good.failure, good.outcomes.includes('alpha: succeeded'), started(good)]).toEqual([
      undefined,
      true,
      1,
    ]);
    const bad = await played({}, approval, ends('failure'));
    expect([bad.failure, bad.outcomes.includes('alpha/deploy: failed by ')]).toEqual([undefined, true]);
  });

  it.each<[string, Step]>([
    ...(['before', 'after'] as const).flatMap((when) => {
      const crash: Crash = { calls: 1, when, at: '/dispatches' };
      const on = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
      const cut = { on, call: 1, times: 1, do: 'cut', when } as const;
      return [
        [`the App dies ${when} it is started`, { do: 'crash', crash, disk: 'lost' }],
        [`the answer is lost ${when} it is started`, { do: 'fault', fault: cut }],
      ] satisfies [string, Step][];
    }),
  ])('starts it once where %s', async (_, trouble) => {
    const one = await played({}, trouble, approval, { do: 'wait', seconds: 130 }, ends('success'));
    expect([one.failure, one.outcomes.includes('alpha: succeeded'), started(one)]).toEqual([
      undefined,
      true,
      1,
    ]);
  });

  it('starts nothing where nothing guards the environment that has to be guarded', async () => {
    const guarded = { guarded: 'production' } as const;
    const none = await played(guarded, approval);
    expect([none.failure, started(none)]).toEqual([undefined, 0]);
    const protect = (...gaps: readonly 'bypass'[]): Step => ({
      do: 'protect',
      environment: 'production',
      gaps,
    });
    const quarter: Step = { do: 'wait', seconds: 905 };
    const most = await played(guarded, approval, protect('bypass'), quarter);
    expect([most.failure, started(most)]).toEqual([undefined, 0]);
    const all = await played(guarded, approval, protect(), quarter);
    expect([all.failure, started(all)]).toEqual([undefined, 1]);
  });
});

describe('the oracle of workflows', () => {
  type Change = (dispatched: Dispatched[], events: ReleaseEvent[]) => unknown;
  it.each<[string, string | undefined, Change]>([
    ['all is right', undefined, () => undefined],
    ['nobody had ordered it', 'nobody had ordered it', (_, events) => events.splice(0)],
    [
      'it was started twice',
      'another run of attempt 1',
      (all) => all.push({ ...(all[0] as Dispatched), run: 2 }),
    ],
    [
      'the tag had moved',
      'refs/tags/v1 meant d, not',
      (all) => all.push({ ...(all.pop() as Dispatched), meant: 'd' }),
    ],
    [
      'another one was started',
      'it is of other.yml on refs/tags/v1',
      (all) => all.push({ ...(all.pop() as Dispatched), file: 'other.yml' }),
    ],
    [
      'it was given something else',
      'it was given',
      (all) => {
        const one = all.pop() as Dispatched;
        all.push({ ...one, inputs: { ...one.inputs, risk: 'Low' } });
      },
    ],
    [
      'the attempt was over',
      'after activity-succeeded',
      (all) => all.push({ ...(all.pop() as Dispatched), at: Date.parse('2026-12-01T09:00:00Z') }),
    ],
  ])('says what is wrong: %s', async (_, wanted, change) => {
    const { play } = await played({}, approval, ends('success'));
    const dispatched = [...play.stage.dispatched];
    const events = [...(play.records.get('alpha') ?? [])];
    change(dispatched, events);
    const judge = () => judgeDispatches({ ...play.stage, dispatched }, new Map([['alpha', events]]));
    if (wanted === undefined) expect(judge).not.toThrow();
    else expect(judge).toThrow(wanted);
  });
});
