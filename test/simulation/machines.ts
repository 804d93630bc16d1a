import type { Random } from './random.ts';
import type { Step, Words } from './step.ts';
import type { ActivitySpec, ReleaseSpec, Settings } from './subject.ts';

const asksNobody = { instructions: '', rules: [], exclude: [], inputs: 'none' } as const;

/** The same activities with some between and after them that open environments. */
export function withMachines(
  random: Random,
  activities: readonly ActivitySpec[],
  calm: boolean,
): readonly ActivitySpec[] {
  const manual = (phase: ActivitySpec['phase']) => activities.filter((one) => one.phase === phase);
  const needs = (phase: ActivitySpec['phase']): readonly string[] => {
    const own = manual(phase);
    return own.length > 0 && random.chance(0.8) ? [random.pick(own).id] : [];
  };
  const machine = (id: string, phase: ActivitySpec['phase'], environment: string): ActivitySpec => ({
    id,
    phase,
    ...asksNobody,
    needs: needs(phase),
    opens: {
      environment,
      // Never at the end of half a day: that is when calm scenarios look.
      ...(random.chance(0.3) ? { validFor: random.pick([5, 18, 30]) } : {}),
    },
  });
  const deploy = machine(
    'deploy',
    'production',
    random.pick(['production', 'production', 'Production', 'staging']),
  );
  const failure = random.pick([
    undefined,
    undefined,
    'continue',
    ...(calm ? [] : (['fail'] as const)),
  ] as const);
  const stage = random.chance(0.4) ? [machine('stage', 'verify', 'staging')] : [];
  const hasRollback = manual('rollback').length > 0;
  const restore = hasRollback && random.chance(0.6) ? [machine('restore', 'rollback', 'production')] : [];
  const rollsBack = hasRollback && random.chance(0.5);
  const after: readonly ActivitySpec[] = random.chance(0.3)
    ? [
        {
          ...asksNobody,
          id: 'operations',
          phase: 'production',
          needs: ['deploy'],
          instructions: 'Watch it',
          rules: [{ from: ['team:sre'], require: 1 }],
        },
      ]
    : [];
  const ends = rollsBack
    ? ({ onFailure: 'run' } as const)
    : failure === undefined
      ? {}
      : { onFailure: failure };
  return [...activities, ...stage, { ...deploy, ...ends }, ...after, ...restore];
}

/** Mostly what the floor asks for: a gate that nothing goes around. */
export function withGate(random: Random, activities: readonly ActivitySpec[]): readonly ActivitySpec[] {
  const others = activities.filter(({ id }) => id !== 'go-no-go');
  const found = activities.find(({ id }) => id === 'go-no-go');
  const needed = activities.filter(({ needs }) => needs.includes('go-no-go'));
  if (random.chance(0.08) || needed.length > 0) return activities;
  const fresh: ActivitySpec = {
    ...asksNobody,
    id: 'go-no-go',
    phase: 'verify',
    needs: [],
    instructions: 'Decide',
    rules: [{ from: ['team:product', 'team:sre'], require: 1 }],
  };
  const { when: _, onFailure: __, timing, ...rest } = found ?? fresh;
  const gate: ActivitySpec = { ...rest, phase: 'verify', needs: [] };
  const lasting = timing?.approves === undefined && !timing?.stays && !timing?.escalate?.grant;
  return [{ ...gate, ...(timing && lasting ? { timing } : {}) }, ...others];
}

/** Some activities become tasks, and some wait for checks of others first. */
export function withWork(random: Random, activities: readonly ActivitySpec[]): readonly ActivitySpec[] {
  return activities.map((activity) => {
    if (activity.opens !== undefined || !random.chance(0.35)) return activity;
    const { timing = {}, id } = activity;
    const approves = timing.openFor !== undefined || timing.approves !== undefined;
    if (
      id === 'go-no-go' ||
      activity.reject !== undefined ||
      activity.advisory ||
      approves ||
      random.chance(0.6)
    )
      return { ...activity, awaits: random.some(['smoke', 'lint'], random.pick([1, 1, 2])) };
    const from = [...new Set(activity.rules.flatMap((rule) => rule.from))];
    const task = random.pick(['authors-may', 'authors-may', 'authors-leave-it'] as const);
    return { ...activity, task, rules: [{ from, require: 1 }] };
  });
}

export const settingsOf = (random: Random, custodians: number): Settings => ({
  custodians,
  ...(random.chance(0.3)
    ? {
        freeze: random.pick([
          { from: 2, until: 21 },
          { from: -5, until: 4 },
          { from: 10, until: 50 },
        ]),
      }
    : {}),
  ...(random.chance(0.25) ? { window: true } : {}),
  ...(random.chance(0.35) ? { floor: true } : {}),
});

/** What workflows and other Apps do. */
export function work(random: Random): Step {
  if (random.chance(0.45))
    return {
      do: 'check',
      name: random.pick(['smoke', 'lint']),
      app: random.pick(['checker', 'checker', 'checker', 'typist'] as const),
      ref: random.pick(['main', 'v1']),
      ...(random.chance(0.9)
        ? { conclusion: random.pick(['success', 'success', 'success', 'failure', 'neutral'] as const) }
        : {}),
    };
  return {
    do: 'deploy',
    environment: random.pick(['production', 'production', 'Production', 'staging']),
    goesOn: random.chance(0.3),
    state: random.pick(['success', 'success', 'failure', 'error', 'in_progress', 'inactive'] as const),
    gated: random.chance(0.8),
  };
}

/** Somebody who owns what is owned so. */
export const ownerOf = (owner: string | undefined): string | undefined =>
  ({ 'user:pat': 'pat', 'user:ada': 'ada', 'team:sre': 'radia' })[owner ?? ''];

/** On the issue of the release: what is said of an environment that is shut, and of what failed there. */
export function aboutMachines(random: Random, specs: readonly ReleaseSpec[]): Step {
  const { name, activities, owner: owned } = random.pick(specs);
  const machines = activities.filter(({ opens }) => opens !== undefined);
  const names = machines.length > 0 && random.chance(0.7) ? { names: random.pick(machines).id } : {};
  const kind = random.pick(['override', 'override', 'retry', 'retry', 'ignore'] as const);
  const owner = ownerOf(owned);
  const people = ['mona', 'pat', 'tim', 'alan', 'grace'] as const;
  const by = kind === 'retry' && owner !== undefined && random.chance(0.7) ? owner : random.pick(people);
  const words: Words = { kind, reasoned: random.chance(0.9), ...names };
  return { do: 'say', by, release: name, activity: '', words, via: 'plain' };
}

/** The clock of the App goes wrong, by less than matters or by more. */
export const skew = (random: Random): Step => ({
  do: 'skew',
  seconds: random.pick([0, 0, 30, -30, 90, -90, 86_400, -86_400]),
});
