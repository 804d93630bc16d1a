import type { CallFault } from '../../src/local-github/faults/fault.ts';
import type { Random } from './random.ts';
import { revised, type Taste } from './specs.ts';
import type { Step } from './step.ts';
import { everybody, type ReleaseSpec, teams, writers } from './subject.ts';
import { wordsOf } from './talk.ts';

export function bring(random: Random, spec: ReleaseSpec): Step {
  const by = random.pick(['ada', 'alan'] as const);
  return random.chance(0.3)
    ? { do: 'bring', by, spec, merger: random.pick(['alan', 'mona'] as const) }
    : { do: 'bring', by, spec };
}

/** What people do beside speaking. */
export function otherDeed(random: Random, specs: readonly ReleaseSpec[], taste: Taste): Step {
  const by = random.pick(writers);
  const spec = random.pick(specs);
  const release = spec.name;
  const team = random.pick(Object.keys(teams));
  const deeds: readonly (readonly [number, () => Step])[] = [
    [
      22,
      () => ({
        do: 'edit',
        by: random.pick(everybody),
        which: random.below(4),
        words: wordsOf(random, taste),
      }),
    ],
    [14, () => ({ do: 'erase', by: random.pick(everybody), which: random.below(4) })],
    [20, () => ({ do: 'member', team, login: random.pick(everybody), joins: random.chance(0.6) })],
    [26, () => bring(random, revised(random, spec, taste))],
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

export function webhooks(random: Random): Step {
  const how = random.pick(['in-order', 'in-order', 'reversed', 'shuffled', 'twice', 'lost'] as const);
  return { do: 'webhooks', how, count: random.pick([1, 2, 99]) };
}

export function trouble(random: Random): Step {
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
