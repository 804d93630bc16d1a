import { expect, it } from 'vitest';
import { playScenario } from './play.ts';
import type { Step } from './step.ts';
import type { ReleaseSpec } from './subject.ts';

const spec: ReleaseSpec = {
  name: 'alpha',
  title: 'Release alpha',
  target: 'main',
  activities: [
    {
      id: 'signoff',
      phase: 'verify',
      needs: [],
      instructions: 'Look twice',
      rules: [{ from: ['team:qa'], require: 1 }],
      exclude: [],
      inputs: 'none',
    },
  ],
};

it('a release is not cancelled because a replica of the host has not seen its manifest yet', async () => {
  const steps: readonly Step[] = [
    { do: 'bring', by: 'ada', spec },
    { do: 'restart' },
    { do: 'fault', fault: { on: 'graphql repository', call: 1, times: 2, do: 'stale', changes: 1 } },
    {
      do: 'say',
      by: 'eve',
      release: 'alpha',
      activity: 'signoff',
      words: { kind: 'help' },
      via: 'plain',
    },
    { do: 'webhooks', how: 'in-order', count: 99 },
    { do: 'rest' },
  ];
  const { outcomes, failure, play } = await playScenario({ seed: 1, kind: 'wild', steps });
  expect(failure).toBeUndefined();
  expect(outcomes).toEqual(['alpha/signoff: waiting by ', 'alpha: open']);
  expect(play.history.join('\n')).toContain('stale');
});
