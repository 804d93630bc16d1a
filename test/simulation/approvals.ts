import type { Random } from './random.ts';
import type { Step, Words } from './step.ts';
import type { ReleaseSpec } from './subject.ts';

const approvers = { 'team:qa': 'grace', 'team:sre': 'radia', 'team:product': 'pat' } as const;

/** One approval is enough for each, and nothing else is in the way. */
export const easier = (random: Random, spec: ReleaseSpec): ReleaseSpec => ({
  ...spec,
  activities: spec.activities.map((one) => {
    if (one.opens !== undefined) return one;
    const { timing: _, when: __, reject: ___, awaits: ____, ...rest } = one;
    const from = one.id === 'go-no-go' ? 'team:sre' : random.pick(Object.keys(approvers));
    return { ...rest, exclude: [], rules: [{ from: [from], require: 1 }] };
  }),
});

/** Whoever is asked says yes, until everything is approved. */
export function approvals(specs: readonly ReleaseSpec[], rest: readonly Step[]): readonly Step[] {
  const words = specs.flatMap(({ name: release, activities }) =>
    activities.flatMap(({ id: activity, rules, task }): readonly Step[] => {
      const by = approvers[rules[0]?.from[0] as keyof typeof approvers];
      if (by === undefined) return [];
      const yes: Words = {
        kind: 'approve',
        answers: 'right',
        risk: 'Low',
        ...(task ? { done: true } : {}),
      };
      return [{ do: 'say', by, release, activity, words: yes, via: 'plain' }];
    }),
  );
  return [...words, { do: 'wait', seconds: 2 }, ...rest, ...words, { do: 'wait', seconds: 2 }, ...rest];
}
