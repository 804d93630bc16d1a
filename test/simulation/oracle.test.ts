import { describe, expect, it } from 'vitest';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Chronicle, Said } from './chronicle.ts';
import { objectionTo } from './oracle.ts';
import { type Played, playScenario } from './play.ts';
import type { Scenario } from './scenario.ts';
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
      rules: [{ from: ['team:qa'], require: 2 }],
      exclude: [],
      inputs: 'none',
    },
  ],
};
const says = (by: string, kind: 'approve' | 'withdraw' | 'reject'): readonly Step[] => [
  {
    do: 'say',
    by,
    release: 'alpha',
    activity: 'signoff',
    words: kind === 'withdraw' ? { kind } : { kind, answers: 'right', risk: 'Low' },
    via: 'plain',
  },
  { do: 'wait', seconds: 2 },
];
const played = (...steps: readonly Step[]): Promise<Played> => {
  const opened: readonly Step[] = [
    { do: 'bring', by: 'ada', spec },
    { do: 'restart' },
    { do: 'wait', seconds: 5 },
  ];
  const scenario: Scenario = { seed: 1, kind: 'wild', steps: [...opened, ...steps, { do: 'restart' }] };
  return playScenario(scenario);
};

describe('a scenario', () => {
  it('ends as its people decide', async () => {
    const { outcomes, failure } = await played(...says('grace', 'approve'), ...says('katherine', 'approve'));
    expect(failure).toBeUndefined();
    expect(outcomes).toEqual([
      'alpha/signoff: approved by grace approve, katherine approve',
      'alpha: succeeded',
    ]);
  });

  it('lets nobody vote who wrote a revision in between that nobody looked at (T16)', async () => {
    const [activity] = spec.activities;
    const rules = [{ from: ['team:qa', 'user:mona'], require: 2 }];
    const wider = { ...spec, activities: activity ? [{ ...activity, rules }] : [] };
    const { outcomes, failure, play } = await played(
      { do: 'bring', by: 'mona', spec: { ...wider, title: 'Release alpha, of mona' } },
      { do: 'bring', by: 'ada', spec: { ...wider, title: 'Release alpha, of ada' } },
      { do: 'restart' },
      { do: 'wait', seconds: 5 },
      ...says('mona', 'approve'),
      ...says('grace', 'approve'),
    );
    expect(failure).toBeUndefined();
    expect(play.records.get('alpha')?.filter(({ kind }) => kind === 'manifest-revised')).toHaveLength(1);
    expect(outcomes).toEqual(['alpha/signoff: waiting by grace approve', 'alpha: open']);
  });

  it('is the same every time', async () => {
    const steps = [...says('grace', 'approve'), ...says('tim', 'reject'), ...says('grace', 'withdraw')];
    const [one, other] = [await played(...steps), await played(...steps)];
    expect(one.play.wire.log).toEqual(other.play.wire.log);
    expect(one.play.history).toEqual(other.play.history);
  });
});

describe('the oracle', () => {
  const approval = async (change: (chronicle: Chronicle) => void): Promise<string | undefined> => {
    const { play } = await played(...says('grace', 'approve'), ...says('katherine', 'approve'));
    const events = [...(play.records.get('alpha') ?? [])];
    const index = events.findIndex(({ kind }) => kind === 'activity-approved');
    const event = events[index] as Extract<ReleaseEvent, { readonly kind: 'activity-approved' }>;
    change(play.chronicle);
    return objectionTo(play.chronicle, events.slice(0, index), event, false);
  };
  const first = ({ said }: Chronicle): Said => said[0] as Said;
  const replaceFirst = (chronicle: Chronicle, change: Partial<Said>): void => {
    chronicle.said[0] = { ...first(chronicle), ...change };
  };

  it('agrees with what people did', async () => {
    expect(await approval(() => undefined)).toBeUndefined();
  });

  it.each<[string, string, (chronicle: Chronicle) => void]>([
    ['nobody said so', 'grace did not approve this', ({ said }) => void said.splice(0)],
    [
      'it came by e-mail',
      'grace did not approve this',
      (chronicle) => replaceFirst(chronicle, { via: 'email' }),
    ],
    [
      'it was edited before',
      'grace did not approve this',
      (chronicle) => replaceFirst(chronicle, { edited: 1 }),
    ],
    [
      'it lacked what was asked for',
      'grace did not approve this',
      (chronicle) => replaceFirst(chronicle, { answers: 'wrong' }),
    ],
    [
      'it was taken back in between',
      'grace took the approval back before it counted',
      (chronicle) =>
        void chronicle.said.push({ ...first(chronicle), id: first(chronicle).id + 0.5, verb: 'withdraw' }),
    ],
    [
      'somebody else had rejected it',
      'katherine had rejected it',
      (chronicle) =>
        void chronicle.said.push({
          ...first(chronicle),
          id: first(chronicle).id + 0.5,
          login: 'katherine',
          verb: 'reject',
        }),
    ],
    [
      'the people were in no team',
      'grace may not approve this',
      ({ memberships }) => void memberships.splice(0, 9, { at: 0, teams: new Map() }),
    ],
    [
      'an author took part',
      'grace may not approve this',
      ({ brought }) => {
        for (const [commit, change] of brought) brought.set(commit, { ...change, people: ['ada', 'grace'] });
      },
    ],
  ])('objects where %s', async (_, objection, change) => {
    expect(await approval(change)).toBe(objection);
  });
});
