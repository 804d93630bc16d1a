import { approvals, easier } from './approvals.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './step.ts';

/** What may be missing before GitHub itself guards an environment. */
export type Gap = 'rule' | 'branches' | 'bypass';

/** The same scenario, in which a floor lets an environment open only where GitHub guards it. */
export function withGuards(random: Random, scenario: Scenario): Scenario {
  const guarded = random.pick(['production', 'production', 'staging'] as const);
  const calm = scenario.kind === 'calm';
  const easy = random.chance(0.6);
  const kept = scenario.steps.filter(({ do: what }) => what === 'bring' || calm || random.chance(0.65));
  const protect = (): Step => ({
    do: 'protect',
    environment: guarded,
    gaps: random.pick([[], [], [], ['rule'], ['bypass'], ['rule', 'branches', 'bypass']] as const),
  });
  const steps = kept.flatMap((step): readonly Step[] => {
    if (step.do === 'bring' && easy) {
      const spec = easier(random, step.spec);
      return [
        { ...step, spec },
        ...(calm || random.chance(0.4) ? [] : [...news, ...approvals([spec], news)]),
      ];
    }
    // What nobody is told of is seen sooner or later; in a calm scenario at once.
    if (calm) return step.do === 'restart' && random.chance(0.3) ? [step, protect(), step] : [step];
    return random.chance(0.08) ? [step, protect(), ...(random.chance(0.5) ? [quarter] : [])] : [step];
  });
  const { custodians = 0, ...settings } = scenario.settings ?? {};
  return { ...scenario, steps, settings: { custodians, ...settings, guarded } };
}

const news: readonly Step[] = [{ do: 'webhooks', how: 'in-order', count: 99 }, { do: 'rest' }];

/** By then it has been looked at again. */
const quarter: Step = { do: 'wait', seconds: 905 };
