import { evaluate } from '../../src/core/policy/evaluate.ts';
import type { BallotFacts, Elector, Policy } from '../../src/core/policy/policy.ts';
import { type Figure, timed } from '../figure.ts';

const people = 2_000;
const ruleCount = 20;

type Membership = (person: number, rule: number) => boolean;

const electorOf = (id: number, belongs: Membership): Elector => ({
  person: { id, login: `user-${id}` },
  rules: Array.from({ length: ruleCount }, (_, rule) => rule)
    .filter((rule) => belongs(id, rule))
    .map((rule) => ({ rule, via: [{ principal: `team:t${rule}`, id: 1_000_000 + rule, inherited: false }] })),
});

function ballotOf(belongs: Membership, require: number, voters: number): [Policy, BallotFacts] {
  const roster = Array.from({ length: people }, (_, index) => electorOf(index + 1, belongs)).filter(
    ({ rules }) => rules.length > 0,
  );
  const rules = Array.from({ length: ruleCount }, (_, rule) => ({
    from: [{ kind: 'team' as const, name: `t${rule}` }],
    require: { kind: 'count' as const, count: require },
  }));
  const votes = roster.slice(0, voters).map((elector) => ({ elector, choice: 'approve' as const }));
  return [{ rules }, { roster, votes, doubts: [], barred: new Set(), unknown: [], votingOpen: false }];
}

/** Nested: everybody of a rule is in all the larger ones, so that seats have to be handed on again and again. */
const shapes: readonly (readonly [string, Membership])[] = [
  ['everybody in every rule', () => true],
  ['overlapping teams', (id, rule) => (id * 7 + rule * 13) % 5 === 0],
  ['nested teams', (id, rule) => id % ruleCount >= rule],
  ['nested teams, the small ones last', (id, rule) => id > (people / ruleCount) * rule],
];

/** Ways of judging that are computed in another way than the default. */
const judgements: readonly (readonly [string, Partial<Policy>])[] = [
  ['one seat a person', {}],
  ['one person in several rules', { distinct: false }],
  ['rules in turn', { order: 'sequential' }],
];

/** How long one verdict takes with 2,000 people and 20 rules. */
export const verdict: Figure = {
  name: 'verdict',
  measure: async () => {
    const rows = [];
    for (const [words, belongs] of shapes) {
      for (const [how, judgement] of judgements) {
        const [policy, facts] = ballotOf(belongs, 50, 500);
        await timed(3, () => evaluate({ ...policy, ...judgement }, facts));
        const samples = await timed(30, () => evaluate({ ...policy, ...judgement }, facts));
        const target = { of: 'median', most: 10 } as const;
        rows.push({
          figure: `verdict, 2,000 people × 20 rules, ${words}, ${how}`,
          unit: 'ms',
          samples,
          target,
        });
      }
    }
    return rows;
  },
};
