import { evaluate } from '../../src/core/policy/evaluate.ts';
import type { BallotFacts, Elector, Policy } from '../../src/core/policy/policy.ts';
import { type Figure, type Row, timed } from '../figure.ts';

const ruleCount = 20;

type Membership = (person: number, rule: number, people: number) => boolean;

const electorOf = (id: number, people: number, belongs: Membership): Elector => ({
  person: { id, login: `user-${id}` },
  rules: Array.from({ length: ruleCount }, (_, rule) => rule)
    .filter((rule) => belongs(id, rule, people))
    .map((rule) => ({ rule, via: [{ principal: `team:t${rule}`, id: 1_000_000 + rule, inherited: false }] })),
});

function ballotOf(people: number, belongs: Membership): [Policy, BallotFacts] {
  const roster = Array.from({ length: people }, (_, index) => electorOf(index + 1, people, belongs)).filter(
    ({ rules }) => rules.length > 0,
  );
  const rules = Array.from({ length: ruleCount }, (_, rule) => ({
    from: [{ kind: 'team' as const, name: `t${rule}` }],
    require: { kind: 'count' as const, count: people / 40 },
  }));
  const votes = roster.slice(0, people / 4).map((elector) => ({ elector, choice: 'approve' as const }));
  return [{ rules }, { roster, votes, doubts: [], barred: new Set(), unknown: [], votingOpen: false }];
}

/** Everybody of a rule is in all the larger ones, so that seats have to be handed on again and again. */
const nested: Membership = (id, rule) => id % ruleCount >= rule;

const shapes: readonly (readonly [string, Membership])[] = [
  ['everybody in every rule', () => true],
  ['overlapping teams', (id, rule) => (id * 7 + rule * 13) % 5 === 0],
  ['nested teams', nested],
  ['nested teams, the small ones last', (id, rule, people) => id > (people / ruleCount) * rule],
];

/** Ways of judging that are computed in another way than the default. */
const judgements: readonly (readonly [string, Partial<Policy>])[] = [
  ['one seat a person', {}],
  ['one person in several rules', { distinct: false }],
  ['rules in turn', { order: 'sequential' }],
];

/** How long one verdict takes with 20 rules: 2,000 people in teams of several shapes, and how that grows with people. */
export const verdict: Figure = {
  name: 'verdict',
  measure: async () => {
    const rows: Row[] = [];
    for (const [words, belongs] of shapes) {
      for (const [how, judgement] of judgements) {
        const samples = await measure(2_000, belongs, judgement);
        const target = { of: 'median', most: 10 } as const;
        rows.push({
          figure: `verdict, 2,000 people × 20 rules, ${words}, ${how}`,
          unit: 'ms',
          samples,
          target,
        });
      }
    }
    for (const people of [200, 20_000]) {
      const samples = await measure(people, nested, {});
      const words = `${people.toLocaleString('en-US')} people × 20 rules, nested teams`;
      rows.push({ figure: `verdict, ${words}, one seat a person`, unit: 'ms', samples });
    }
    return rows;
  },
};

async function measure(
  people: number,
  belongs: Membership,
  judgement: Partial<Policy>,
): Promise<readonly number[]> {
  const [policy, facts] = ballotOf(people, belongs);
  await timed(3, () => evaluate({ ...policy, ...judgement }, facts));
  return timed(30, () => evaluate({ ...policy, ...judgement }, facts));
}
