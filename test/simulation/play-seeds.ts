import { expect, it } from 'vitest';
import { scenarioOf } from './scenario.ts';
import { examine, tell } from './shrink.ts';

const block = 10;

/** Tests that play the seeds from one on, some at a time; a failing one tells its shortest history. */
export function playSeeds(from: number, count: number): void {
  const starts = Array.from({ length: count / block }, (_, index) => from + index * block);
  it.each(starts)('hold from seed %i on', async (start) => {
    const stories: string[] = [];
    for (let seed = start; seed < start + block; seed += 1) {
      const scenario = scenarioOf(seed);
      const { failure } = await examine(scenario);
      if (failure !== undefined) stories.push(await tell(scenario, failure.invariant));
    }
    expect(stories.join('\n\n')).toBe('');
  });
}
