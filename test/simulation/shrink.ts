import { type Played, playScenario } from './play.ts';
import type { Scenario } from './scenario.ts';
import { isTrouble } from './step.ts';

/** Plays a scenario and says what is wrong with it. */
export async function examine(scenario: Scenario): Promise<Played> {
  const played = await playScenario(scenario);
  if (played.failure !== undefined || scenario.kind === 'wild') return played;
  const smooth = await playScenario(smoothed(scenario));
  const [troubled, calm] = [outcomesOf(played), outcomesOf(smooth)];
  if (smooth.failure !== undefined || troubled === calm) return played;
  const why = `with trouble:\n${troubled}\nwithout:\n${calm}`;
  return { ...played, failure: { invariant: 'same', why } };
}

/** The same deeds of people, with nothing in the App's way. */
const smoothed = (scenario: Scenario): Scenario => ({
  ...scenario,
  steps: scenario.steps.filter((step) => !isTrouble(step)),
});

/** How every activity ended and who voted, apart from times, numbers and ids. */
const outcomesOf = ({ outcomes }: Played): string => outcomes.join('\n');

/**
 * Leaves out steps, in ever smaller pieces, while the same invariant still breaks. Tries at most `budget` times, so that
 * a failure is told soon rather than in the fewest words.
 */
export async function shrink(scenario: Scenario, invariant: string, budget = 400): Promise<Scenario> {
  let best = scenario;
  let left = budget;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1 && left > 0; ) {
    let shorter = false;
    for (let from = best.steps.length - size; from > -size && left > 0; from -= size) {
      const steps = [...best.steps];
      if (steps.splice(Math.max(0, from), size + Math.min(0, from)).length === 0) continue;
      const trial = { ...best, steps };
      left -= 1;
      const { failure } = await examine(trial);
      if (failure?.invariant !== invariant) continue;
      best = trial;
      shorter = true;
    }
    if (!shorter || size > 1) size = size === 1 ? 0 : Math.floor(size / 2);
  }
  return best;
}

/** The shortest history of a failing scenario that could be found, in numbered sentences. */
export async function tell(scenario: Scenario, invariant: string): Promise<string> {
  const shortest = await shrink(scenario, invariant);
  const { play, failure } = await examine(shortest);
  let number = 0;
  const lines = play.history.map((line) => {
    if (line.startsWith(' ')) return `        ${line}`;
    number += 1;
    return `  ${String(number).padStart(3)}. ${line}`;
  });
  return [
    `seed ${scenario.seed} (${scenario.kind}) breaks "${invariant}": ${failure?.why ?? 'not when it is told again'}`,
    ...lines,
  ].join('\n');
}
