import { bring, otherDeed, trouble, webhooks } from './deeds.ts';
import { withGuards } from './guards.ts';
import { withJobs } from './jobs.ts';
import { aboutMachines, settingsOf, skew, work } from './machines.ts';
import { createRandom, type Random } from './random.ts';
import { specOf, type Taste } from './specs.ts';
import type { Step } from './step.ts';
import type { ReleaseSpec, Settings } from './subject.ts';
import { talk } from './talk.ts';
import { withWorkflows } from './workflows.ts';

/**
 * `wild`: anything goes. `calm`: people only speak, and only on what is in front of them, so that the end must not depend
 * on what the App suffered meanwhile.
 */
export type Scenario = {
  readonly seed: number;
  readonly kind: 'wild' | 'calm';
  readonly steps: readonly Step[];
  /** No custodians where nothing is said. */
  readonly settings?: Settings;
};

export function scenarioOf(seed: number): Scenario {
  const random = createRandom(seed);
  const kind = random.chance(0.3) ? 'calm' : 'wild';
  const machines = random.chance(0.4);
  const settings = machines
    ? settingsOf(random, random.pick([0, 1, 1, 2]))
    : { custodians: random.pick([0, 1, 1, 2]) };
  const taste: Taste = {
    turns: random.chance(0.4),
    seats: random.chance(0.35),
    times: random.chance(0.35),
    machines,
    work: random.chance(0.3),
    floor: settings.floor === true,
    calm: kind === 'calm',
  };
  const specs = random
    .some(['alpha', 'beta', 'gamma'], 1 + random.below(3))
    .map((name) => specOf(random, name, taste));
  const steps: Step[] = [];
  for (const spec of specs) steps.push(bring(random, spec), ...arrive(random));
  if (kind === 'calm') steps.push({ do: 'restart' });
  // Rounds are longer where machines take part.
  const fuller = taste.machines || taste.work;
  const rounds =
    kind === 'calm' ? 2 + random.below(fuller ? 2 : 4) : fuller ? 3 + random.below(4) : 4 + random.below(7);
  for (let round = 0; round < rounds; round += 1)
    steps.push(...(kind === 'calm' ? calmRound(random, specs, taste) : wildRound(random, specs, taste)));
  const scenario: Scenario = { seed, kind, steps, settings };
  // Dice of its own, so that every seed means what it meant before apart from this.
  const dice = createRandom(seed + 2_000_003);
  const started = machines && dice.chance(0.4) ? withWorkflows(dice, scenario) : scenario;
  const guarded = machines && dice.chance(0.15) ? withGuards(dice, started) : started;
  const more = createRandom(seed + 4_000_037);
  return machines && more.chance(0.4) ? withJobs(more, guarded) : guarded;
}

/** News reach the App, most of the time. */
const arrive = (random: Random): readonly Step[] =>
  random.chance(0.8) ? [{ do: 'webhooks', how: 'in-order', count: 99 }, { do: 'rest' }] : [];

const halfDay: Step = { do: 'wait', seconds: 43_200 };

function calmRound(random: Random, specs: readonly ReleaseSpec[], taste: Taste): readonly Step[] {
  const steps: Step[] = [];
  if (random.chance(0.5)) steps.push(trouble(random));
  const count = 1 + random.below(3);
  for (let index = 0; index < count; index += 1) {
    steps.push(...talk(random, specs, taste), { do: 'wait', seconds: 1 });
    if (random.chance(0.4)) steps.push(webhooks(random), { do: 'work', calls: random.below(6) });
  }
  if ((taste.machines || taste.work) && random.chance(0.6)) {
    const count = 1 + random.below(2);
    steps.push({ do: 'restart' });
    for (let index = 0; index < count; index += 1)
      steps.push(
        taste.work || random.chance(0.6) ? work(random) : aboutMachines(random, specs),
        { do: 'wait', seconds: 2 },
        { do: 'restart' },
      );
  }
  // In the end the App has seen everything that was said so far, one way or the other.
  steps.push({ do: 'restart' });
  return (taste.times || taste.machines) && random.chance(0.6) ? [...steps, halfDay] : steps;
}

function wildRound(random: Random, specs: readonly ReleaseSpec[], taste: Taste): readonly Step[] {
  const steps: Step[] = [];
  const count = 1 + random.below(5);
  const longest = taste.times || taste.machines ? random.pick([4_000, 23_000, 65_000]) : 4_000;
  for (let index = 0; index < count; index += 1) {
    if (random.chance(0.15)) steps.push(trouble(random));
    if ((taste.machines || taste.work) && random.chance(0.45)) steps.push(work(random));
    if (taste.machines && random.chance(0.2)) steps.push(aboutMachines(random, specs));
    if ((taste.machines || taste.times) && random.chance(0.08)) steps.push(skew(random));
    steps.push(...(random.chance(0.65) ? talk(random, specs, taste) : [otherDeed(random, specs, taste)]));
    if (random.chance(0.6)) steps.push({ do: 'wait', seconds: random.pick([1, 1, 2, 30, longest]) });
    if (random.chance(0.4)) steps.push(webhooks(random));
    if (random.chance(0.4)) steps.push({ do: 'work', calls: random.below(8) });
  }
  if (random.chance(0.1)) steps.push({ do: 'resync' });
  return random.chance(0.6) ? [...steps, webhooks(random), { do: 'rest' }] : steps;
}
