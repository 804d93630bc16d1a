import { withGate, withMachines, withWork } from './machines.ts';
import type { Random } from './random.ts';
import type { ActivitySpec, Condition, ReleaseSpec, Rule, TimingSpec } from './subject.ts';

/** What a scenario is about: approvals alone, or what else may happen around them too. */
export type Taste = {
  /** Failures, conditions and answers. */
  readonly turns: boolean;
  /** Seats that are handed on, advice, and more than one rejection. */
  readonly seats: boolean;
  /** Deadlines, reminders, escalations, and approvals by nobody. */
  readonly times: boolean;
  /** Environments, and what opens them. */
  readonly machines: boolean;
  /** Tasks, and checks of others. */
  readonly work: boolean;
  /** A floor asks for a gate. */
  readonly floor: boolean;
  /** Nothing that would end a release while people speak on several threads. */
  readonly calm: boolean;
};

const activityIds = ['code-review', 'qa-signoff', 'go-no-go', 'security'] as const;
const principals = [
  'team:qa',
  'team:sre',
  'team:product',
  'role:release-manager',
  'user:pat',
  'user:radia',
] as const;

export const specOf = (random: Random, name: string, taste: Taste): ReleaseSpec =>
  meetable(drawn(random, name, taste));

/** What named people alone can never meet is refused when it is written: where it might be that, a team is asked, too. */
const meetable = (spec: ReleaseSpec): ReleaseSpec => ({
  ...spec,
  activities: spec.activities.map((activity) => {
    const { rules, exclude, task } = activity;
    const scarce = ({ from, require }: Rule): boolean =>
      from.every((one) => one.startsWith('user:')) &&
      (rules.length > 1 || require === 2 || exclude.some((one) => from.includes(one)));
    if (task !== undefined || !rules.some(scarce)) return activity;
    const widened = rules.map((rule) => (scarce(rule) ? { ...rule, from: [...rule.from, 'team:qa'] } : rule));
    return { ...activity, rules: widened };
  }),
});

function drawn(random: Random, name: string, taste: Taste): ReleaseSpec {
  const ids = random.some(activityIds, 1 + random.below(4));
  const split = random.chance(0.6) ? ids.length : 1 + random.below(ids.length);
  const activities = ids.map((id, index): ActivitySpec => {
    const phase = index < split ? 'verify' : 'production';
    const earlier = ids.slice(phase === 'verify' ? 0 : split, index);
    const needs = earlier.length > 0 && random.chance(taste.turns ? 0.6 : 0.3) ? [random.pick(earlier)] : [];
    return {
      id,
      phase,
      needs,
      instructions: random.pick(['Look twice', 'Read the notes']),
      rules: rulesOf(random),
      exclude: random.chance(0.15) ? [random.pick(['user:grace', 'team:product', 'user:pat'])] : [],
      inputs: random.pick(['none', 'none', 'risk', taste.turns ? 'always' : 'risk', 'why']),
      ...(taste.turns ? turnsOf(random, needs, taste.calm) : {}),
      ...(taste.seats ? seatsOf(random) : {}),
      ...(taste.times && random.chance(0.7) ? { timing: timingOf(random) } : {}),
    };
  });
  const whole = withConditions(random, withRollback(random, activities));
  const gated = taste.floor ? withGate(random, whole) : whole;
  const opening = taste.machines ? withMachines(random, gated, taste.calm) : gated;
  const owner = random.chance(0.5) ? { owner: random.pick(['user:pat', 'team:sre', 'user:ada']) } : {};
  return {
    name,
    title: `Release ${name}`,
    target: random.pick(['main', 'v1']),
    ...owner,
    ...(taste.machines && !taste.calm && random.chance(0.3) ? { supersedes: true } : {}),
    activities: taste.work ? withWork(random, opening) : opening,
  };
}

export function rulesOf(random: Random): readonly Rule[] {
  const rule = (): Rule => ({
    from: random.some(principals, random.chance(0.75) ? 1 : 2),
    require: random.pick([1, 1, 1, 2, 'majority', 'unanimous'] as const),
  });
  return random.chance(0.75) ? [rule()] : [rule(), rule()];
}

function turnsOf(random: Random, needs: readonly string[], calm: boolean): Partial<ActivitySpec> {
  const failure = random.pick([undefined, 'continue', ...(calm ? [] : (['fail', 'run'] as const))] as const);
  const [of] = needs;
  const condition: Condition | undefined =
    of === undefined || random.chance(0.4)
      ? undefined
      : random.pick([
          { kind: 'risk', of, is: random.pick(['High', 'Low']) },
          { kind: 'status', of, is: random.pick(['approved', 'rejected', 'ignored']) },
          { kind: random.pick(['success', 'failure', 'always'] as const) },
        ] as const);
  return {
    ...(failure === undefined ? {} : { onFailure: failure }),
    ...(condition === undefined ? {} : { when: condition }),
  };
}

/** A phase that nothing runs would run always, and one that is named must be there. */
function withRollback(random: Random, activities: readonly ActivitySpec[]): readonly ActivitySpec[] {
  if (!activities.some(({ onFailure }) => onFailure === 'run')) return activities;
  const undo: ActivitySpec = {
    id: 'undo',
    phase: 'rollback',
    needs: [],
    instructions: 'Take it back',
    rules: rulesOf(random),
    exclude: [],
    inputs: 'none',
  };
  return [...activities, undo];
}

/** Only what is asked can be looked at. */
const withConditions = (random: Random, activities: readonly ActivitySpec[]): readonly ActivitySpec[] =>
  activities.map((activity) => {
    const { when } = activity;
    if (when?.kind !== 'risk') return activity;
    const { of } = when;
    const asks = activities.some(({ id, inputs }) => id === of && (inputs === 'risk' || inputs === 'always'));
    if (asks) return activity;
    return { ...activity, when: { kind: 'status', of, is: random.pick(['approved', 'rejected']) } };
  });

const seatsOf = (random: Random): Partial<ActivitySpec> => ({
  ...(random.chance(0.4) ? { delegation: random.below(3) } : {}),
  ...(random.chance(0.4) ? { advisory: true } : {}),
  ...(random.chance(0.3) ? { reject: random.pick([2, 'outweighed'] as const) } : {}),
});

/** In a calm scenario half a day passes at a time: nothing falls due near the end of one. */
function timingOf(random: Random): TimingSpec {
  const deadline = random.pick([undefined, 20, 30, 44]);
  const ladder = {
    ...(random.chance(0.5) ? { remind: random.some([6, 18, 31], 2) } : {}),
    ...(random.chance(0.5)
      ? {
          escalate: {
            at: random.pick([7, 19]),
            to: random.pick(['team:release', 'user:tim', 'team:sre']),
            grant: random.chance(0.6),
          },
        }
      : {}),
  };
  return random.pick<TimingSpec>([
    { ...(deadline === undefined ? { deadline: 20 } : { deadline }), ...ladder },
    { deadline: deadline ?? 30, ...ladder, stays: true },
    { openFor: random.pick([6, 19]), ...ladder },
    { approves: random.pick([7, 31]), ...ladder },
  ]);
}

/** The same release with something changed, added or taken away. */
export const revised = (random: Random, spec: ReleaseSpec, taste: Taste): ReleaseSpec =>
  meetable(redrawn(random, spec, taste));

function redrawn(random: Random, spec: ReleaseSpec, taste: Taste): ReleaseSpec {
  const fresh = specOf(random, spec.name, taste);
  const asked = spec.activities.filter(({ opens, task }) => opens === undefined && task === undefined);
  const one = asked.length > 0 ? random.pick(asked) : undefined;
  const changed = (change: Partial<ActivitySpec>): ReleaseSpec => ({
    ...spec,
    activities: withConditions(
      random,
      spec.activities.map((activity) => (activity.id === one?.id ? { ...activity, ...change } : activity)),
    ),
  });
  return random.pick([
    () => ({ ...spec, title: `${spec.title} again` }),
    () => ({ ...spec, target: spec.target === 'v1' ? 'main' : 'v1' }),
    () => changed({ instructions: 'Look three times' }),
    () => changed({ rules: rulesOf(random) }),
    () => changed({ inputs: one?.inputs === 'risk' ? 'none' : 'risk' }),
    () => fresh,
    ...(taste.machines ? [() => without(random, spec)] : []),
  ])();
}

/** The release without one of its activities, where nothing needs it. */
function without(random: Random, spec: ReleaseSpec): ReleaseSpec {
  const needed = new Set(
    spec.activities.flatMap(({ needs, when }) => [...needs, ...(when && 'of' in when ? [when.of] : [])]),
  );
  const free = spec.activities.filter(({ id }) => !needed.has(id));
  const gone = random.pick(free);
  const rest = spec.activities.filter(({ id }) => id !== gone.id);
  const phases = new Set(rest.map(({ phase }) => phase));
  // A phase that is named has to be there.
  const broken = !phases.has('verify') || (gone.phase === 'rollback' && !phases.has('rollback'));
  return broken ? spec : { ...spec, activities: rest };
}
