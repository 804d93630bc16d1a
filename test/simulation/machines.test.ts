import { describe, expect, it } from 'vitest';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { objectionToMachine, type Scene } from './oracle-machines.ts';
import { type Played, playScenario } from './play.ts';
import { createLife } from './stands.ts';
import type { Step } from './step.ts';
import type { ReleaseSpec, Settings } from './subject.ts';

const nothing = { instructions: '', rules: [], exclude: [], inputs: 'none' } as const;
const spec: ReleaseSpec = {
  name: 'alpha',
  title: 'Release alpha',
  target: 'main',
  activities: [
    {
      ...nothing,
      instructions: 'Decide',
      id: 'go-no-go',
      phase: 'verify',
      needs: [],
      rules: [{ from: ['team:qa'], require: 1 }],
    },
    { ...nothing, id: 'deploy', phase: 'production', needs: [], opens: { environment: 'production' } },
  ],
};
const said = (by: string, activity: string, words: Extract<Step, { do: 'say' }>['words']): Step => ({
  ...{ do: 'say', by, release: 'alpha', activity, words, via: 'plain' },
});
const approval = said('grace', 'go-no-go', { kind: 'approve', answers: 'right', risk: 'Low' });
const deployment: Step = {
  ...{ do: 'deploy', environment: 'Production', goesOn: false, state: 'success', gated: true },
};
const settings: Settings = { custodians: 1, floor: true };
const played = (more: Partial<Settings>, ...steps: readonly Step[]): Promise<Played> => {
  const all = [{ do: 'bring', by: 'ada', spec } as const, ...steps].flatMap((step): readonly Step[] => [
    step,
    { do: 'wait', seconds: 2 },
    { do: 'restart' },
  ]);
  return playScenario({ seed: 1, kind: 'wild', steps: all, settings: { ...settings, ...more } });
};

describe('a scenario with an environment', () => {
  it('ends when what was approved is deployed', async () => {
    const { outcomes, failure } = await played({}, approval, deployment);
    expect(failure).toBeUndefined();
    expect(outcomes).toContain('alpha: succeeded');
  });

  it('deploys nothing in a freeze, unless custodians lift it and review that', async () => {
    const freeze = { from: -1, until: 40 };
    const held = await played({ freeze }, approval, deployment);
    expect([held.failure, held.outcomes.includes('alpha: open')]).toEqual([undefined, true]);
    expect(held.play.stage.host.state.deployments.size).toBe(0);
    const lifted = said('tim', '', { kind: 'override', reasoned: true });
    const { outcomes, failure } = await played({ freeze }, approval, lifted, deployment);
    expect(failure).toBeUndefined();
    expect(outcomes).toContain('alpha/deploy: succeeded by ');
    expect(outcomes).toContain('alpha/deploy-follow-up: waiting by ');
  });
});

describe('the oracle of machines', () => {
  type Change = (scene: Scene) => Scene;
  const objection = async (kind: ReleaseEvent['kind'], change: Change): Promise<string | undefined> => {
    const { play } = await played({}, approval, deployment);
    const events = play.records.get('alpha') ?? [];
    const index = events.findIndex((event) => event.kind === kind);
    const life = createLife();
    life.stands.set('go-no-go', { attempt: 1, ended: 'approved' });
    const open = { environment: 'production', commit: '', at: 0 };
    life.stands.set('deploy', kind === 'deployment-seen' ? { attempt: 1, open } : { attempt: 1 });
    const { stage, chronicle, records } = play;
    const scene = { stage, chronicle, settings, life, before: events.slice(0, index), records };
    return objectionToMachine(change(scene), events[index] as ReleaseEvent);
  };
  const before = Date.parse('2026-11-23T08:00:00Z');

  it.each<[string, ReleaseEvent['kind'], string | undefined, Change]>([
    ['all is right', 'environment-opened', undefined, (scene) => scene],
    [
      'it was frozen',
      'environment-opened',
      'a freeze or a window holds it',
      (scene) => ({ ...scene, settings: { ...settings, freeze: { from: -1, until: 40 } } }),
    ],
    [
      'the clock was wrong',
      'environment-opened',
      'the clock could not be trusted',
      (scene) => ({ ...scene, chronicle: { ...scene.chronicle, skews: [{ at: before, wrong: true }] } }),
    ],
    [
      'nobody had to look at the gate',
      'environment-opened',
      'people have not approved go-no-go',
      (scene) => {
        scene.life.stands.set('go-no-go', { attempt: 1, ended: 'approved', automatic: true });
        return scene;
      },
    ],
    ['it was deployed', 'deployment-seen', undefined, (scene) => scene],
    [
      'nothing was deployed',
      'deployment-seen',
      'nothing of it was deployed there',
      (scene) => {
        scene.stage.host.state.deployments.clear();
        return scene;
      },
    ],
  ])('says what is wrong: %s', async (_, kind, wanted, change) => {
    expect(await objection(kind, change)).toBe(wanted);
  });
});
