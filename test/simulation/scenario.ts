import type { CallFault } from '../../src/local-github/faults/fault.ts';
import { createRandom, type Random } from './random.ts';
import type { Step, Words } from './step.ts';
import { type ActivitySpec, everybody, type ReleaseSpec, type Rule, teams, writers } from './subject.ts';

/**
 * `wild`: anything goes. `calm`: people only vote, and only on what is in front of them, so that the end must not depend
 * on what the App suffered meanwhile.
 */
export type Scenario = {
  readonly seed: number;
  readonly kind: 'wild' | 'calm';
  readonly steps: readonly Step[];
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
const noise = [
  '> /approve',
  '`/approve`',
  '/approved',
  'I do not /approve of this',
  '```\n/approve\n```',
  '/approve\n\n/reject no',
  '/approveit',
  '/defer until tomorrow',
  'Nice work!',
] as const;

export function scenarioOf(seed: number): Scenario {
  const random = createRandom(seed);
  const kind = random.chance(0.3) ? 'calm' : 'wild';
  const specs = random
    .some(['alpha', 'beta', 'gamma'], 1 + random.below(3))
    .map((name) => specOf(random, name));
  const steps: Step[] = [];
  for (const spec of specs) steps.push(bring(random, spec), ...arrive(random));
  if (kind === 'calm') steps.push({ do: 'restart' });
  const rounds = kind === 'calm' ? 2 + random.below(4) : 4 + random.below(7);
  for (let round = 0; round < rounds; round += 1)
    steps.push(...(kind === 'calm' ? calmRound(random, specs) : wildRound(random, specs)));
  return { seed, kind, steps };
}

export function specOf(random: Random, name: string): ReleaseSpec {
  const ids = random.some(activityIds, 1 + random.below(4));
  const split = random.chance(0.6) ? ids.length : 1 + random.below(ids.length);
  const activities = ids.map((id, index): ActivitySpec => {
    const phase = index < split ? 'verify' : 'production';
    const earlier = ids.slice(phase === 'verify' ? 0 : split, index);
    return {
      id,
      phase,
      needs: earlier.length > 0 && random.chance(0.3) ? [random.pick(earlier)] : [],
      instructions: random.pick(['Look twice', 'Read the notes']),
      rules: rulesOf(random),
      exclude: random.chance(0.15) ? [random.pick(['user:grace', 'team:product', 'user:pat'])] : [],
      inputs: random.pick(['none', 'none', 'risk', 'why']),
    };
  });
  return { name, title: `Release ${name}`, target: random.pick(['main', 'v1']), activities };
}

function rulesOf(random: Random): readonly Rule[] {
  const rule = (): Rule => ({
    from: random.some(principals, random.chance(0.75) ? 1 : 2),
    require: random.pick([1, 1, 1, 2, 'majority', 'unanimous'] as const),
  });
  return random.chance(0.75) ? [rule()] : [rule(), rule()];
}

function bring(random: Random, spec: ReleaseSpec): Step {
  const by = random.pick(['ada', 'alan'] as const);
  return random.chance(0.3)
    ? { do: 'bring', by, spec, merger: random.pick(['alan', 'mona'] as const) }
    : { do: 'bring', by, spec };
}

/** News reach the App, most of the time. */
const arrive = (random: Random): readonly Step[] =>
  random.chance(0.8) ? [{ do: 'webhooks', how: 'in-order', count: 99 }, { do: 'rest' }] : [];

function calmRound(random: Random, specs: readonly ReleaseSpec[]): readonly Step[] {
  const steps: Step[] = [];
  if (random.chance(0.5)) steps.push(trouble(random));
  const count = 1 + random.below(3);
  for (let index = 0; index < count; index += 1) {
    steps.push(...talk(random, specs), { do: 'wait', seconds: 1 });
    if (random.chance(0.4)) steps.push(webhooks(random), { do: 'work', calls: random.below(6) });
  }
  // In the end the App has seen everything that was said so far, one way or the other.
  return [...steps, { do: 'restart' }];
}

function wildRound(random: Random, specs: readonly ReleaseSpec[]): readonly Step[] {
  const steps: Step[] = [];
  const count = 1 + random.below(5);
  for (let index = 0; index < count; index += 1) {
    if (random.chance(0.15)) steps.push(trouble(random));
    steps.push(...(random.chance(0.65) ? talk(random, specs) : [otherDeed(random, specs)]));
    if (random.chance(0.6)) steps.push({ do: 'wait', seconds: random.pick([1, 1, 2, 30, 4000]) });
    if (random.chance(0.4)) steps.push(webhooks(random));
    if (random.chance(0.4)) steps.push({ do: 'work', calls: random.below(8) });
  }
  if (random.chance(0.1)) steps.push({ do: 'resync' });
  return random.chance(0.6) ? [...steps, webhooks(random), { do: 'rest' }] : steps;
}

/** Somebody says something, and now and then something else right after, on the same thread. */
function talk(random: Random, specs: readonly ReleaseSpec[]): readonly Step[] {
  const first = say(random, specs);
  const kind = random.pick(['withdraw', 'withdraw', 'reject'] as const);
  if (first.words.kind !== 'approve' || random.chance(0.75)) return [first];
  return [first, { do: 'wait', seconds: 1 }, ...arrive(random), { ...first, words: { kind } }];
}

function say(random: Random, specs: readonly ReleaseSpec[]): Extract<Step, { readonly do: 'say' }> {
  const spec = random.pick(specs);
  return {
    do: 'say',
    by: random.pick(everybody),
    release: spec.name,
    activity: random.pick(spec.activities).id,
    words: wordsOf(random),
    via: random.chance(0.94) ? 'plain' : random.pick(['email', 'app'] as const),
  };
}

function wordsOf(random: Random): Words {
  const roll = random.below(100);
  if (roll < 62) return { kind: 'approve', answers: random.chance(0.9) ? 'right' : 'wrong' };
  if (roll < 70) return { kind: 'reject' };
  if (roll < 80) return { kind: 'withdraw' };
  return roll < 84 ? { kind: 'help' } : { kind: 'noise', body: random.pick(noise) };
}

function otherDeed(random: Random, specs: readonly ReleaseSpec[]): Step {
  const by = random.pick(writers);
  const spec = random.pick(specs);
  const release = spec.name;
  const team = random.pick(Object.keys(teams));
  const deeds: readonly (readonly [number, () => Step])[] = [
    [22, () => ({ do: 'edit', by: random.pick(everybody), which: random.below(4), words: wordsOf(random) })],
    [14, () => ({ do: 'erase', by: random.pick(everybody), which: random.below(4) })],
    [20, () => ({ do: 'member', team, login: random.pick(everybody), joins: random.chance(0.6) })],
    [26, () => bring(random, revised(random, spec))],
    [3, () => ({ do: 'break', by, release })],
    [3, () => ({ do: 'remove', by, release })],
    [4, () => ({ do: 'rename', team, to: random.pick([`${team}-old`, team]) })],
    [14, () => meddle(random, by, spec)],
    [4, () => ({ do: 'tag', by })],
    [4, () => ({ do: 'foreign', by, ...(random.chance(0.4) ? { touches: release } : {}) })],
  ];
  const total = deeds.reduce((sum, [weight]) => sum + weight, 0);
  let roll = random.below(total);
  for (const [weight, deed] of deeds) {
    if (roll < weight) return deed();
    roll -= weight;
  }
  throw new RangeError('no deed fits the roll');
}

function meddle(random: Random, by: string, { name, activities }: ReleaseSpec): Step {
  const how = random.pick(['close', 'close', 'reopen', 'retitle', 'rewrite', 'delete'] as const);
  const activity = random.chance(0.75) ? { activity: random.pick(activities).id } : {};
  return { do: 'meddle', by, release: name, how, ...activity };
}

/** The same release with something changed, added or taken away. */
function revised(random: Random, spec: ReleaseSpec): ReleaseSpec {
  const fresh = specOf(random, spec.name);
  const one = random.pick(spec.activities);
  const changed = (change: Partial<ActivitySpec>): ReleaseSpec => ({
    ...spec,
    activities: spec.activities.map((activity) =>
      activity.id === one.id ? { ...activity, ...change } : activity,
    ),
  });
  return random.pick([
    () => ({ ...spec, title: `${spec.title} again` }),
    () => ({ ...spec, target: spec.target === 'v1' ? 'main' : 'v1' }),
    () => changed({ instructions: 'Look three times' }),
    () => changed({ rules: rulesOf(random) }),
    () => changed({ inputs: one.inputs === 'risk' ? 'none' : 'risk' }),
    () => fresh,
  ])();
}

function webhooks(random: Random): Step {
  const how = random.pick(['in-order', 'in-order', 'reversed', 'shuffled', 'twice', 'lost'] as const);
  return { do: 'webhooks', how, count: random.pick([1, 2, 99]) };
}

function trouble(random: Random): Step {
  if (random.chance(0.4)) {
    const crash = { calls: 1 + random.below(12), when: random.pick(['before', 'after'] as const) };
    return { do: 'crash', crash, disk: random.chance(0.9) ? 'kept' : 'lost' };
  }
  const on = random.pick(['*', '*', 'graphql', 'graphql createCommitOnBranch', 'graphql repository', 'git']);
  const where = { on, call: 1 + random.below(3), times: 1 + random.below(2) };
  const when = random.pick(['before', 'after'] as const);
  const faults: readonly CallFault[] = [
    { ...where, do: 'fail', status: random.pick([500, 502, 503]), when },
    { ...where, do: 'cut', when },
    { ...where, do: 'limit', limit: random.pick(['primary', 'secondary'] as const), 'retry-after': 60 },
    { ...where, on: 'graphql createCommitOnBranch', do: 'race', path: 'race.txt' },
    { ...where, on: 'graphql repository', do: 'stale', changes: 1 + random.below(2) },
  ];
  return { do: 'fault', fault: random.pick(faults) };
}
