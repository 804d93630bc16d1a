import { demandedBy } from '../floors/apply-floors.ts';
import { asWritten } from '../floors/raise-activity.ts';
import { isAsStrong } from '../floors/raise-judgement.ts';
import { looserFields } from '../floors/tighter-input.ts';
import { isTighterRule } from '../floors/tighter-rule.ts';
import { ownValue } from '../written/own-value.ts';
import type { Path } from '../written/tree.ts';
import type { Configuration, Role } from './configuration.ts';
import { type DemandedInput, demandSource, type Floor, floorWords, idOf, sourceWords } from './floor.ts';

/** What a file says less than the one it inherits, by the place where it says it. */
export type Loosening = { readonly at: Path; readonly message: string };

/**
 * Floors of a repository that ask for less than an inherited one for the same thing. Both would be demanded, so that
 * nothing is lost; but whoever writes one expects it to count, and has to be told that it does not.
 */
export const weakerFloors = (own: Configuration, inherited: Configuration): readonly Loosening[] =>
  own.floors.flatMap((floor, index) =>
    inherited.floors
      .filter((least) => isForTheSame(floor, least))
      .flatMap((least) =>
        [
          ...weakerRules(floor, least, inherited.roles),
          ...weakerInputs(floor, least),
          ...weakerJudgement(floor, least),
        ].map((weaker) => ({
          at: ['floors', index, ...weaker.at],
          message: below(least, weaker.demand, weaker.wanted),
        })),
      ),
  );

const isForTheSame = (one: Floor, other: Floor): boolean =>
  one.for.kind === other.for.kind && one.for.name.toLowerCase() === other.for.name.toLowerCase();

/** Names the inherited demand, and says what to write. */
export const below = (least: Floor, demand: string, wanted: string): string =>
  `Expected at least what ${floorWords(least)} demands (${sourceWords(demandSource(least, demand))}): ${wanted}. Ask for that or more, or leave it out.`;

type Weaker = { readonly at: Path; readonly demand: string; readonly wanted: string };

const weakerRules = (floor: Floor, least: Floor, roles: readonly Role[]): readonly Weaker[] =>
  Object.entries(floor.approvers).flatMap(([activity, rules]) =>
    (ownValue(least.approvers, activity) ?? [])
      .filter((demand) =>
        rules.some((rule) => isTighterRule(demand, rule, roles) && !isTighterRule(rule, demand, roles)),
      )
      .map((demand) => ({
        at: ['approvers', activity],
        demand: `approvers.${activity}`,
        wanted: asWritten(demand),
      })),
  );

const weakerInputs = (floor: Floor, least: Floor): readonly Weaker[] =>
  Object.entries(floor.inputs).flatMap(([activity, inputs]) =>
    (ownValue(least.inputs, activity) ?? [])
      .filter((wanted) => inputs.some((input) => isWeakerInput(input, wanted)))
      .map((wanted) => ({
        at: ['inputs', activity, idOf(wanted)],
        demand: `inputs.${activity}`,
        wanted: `${idOf(wanted)} with no wider bounds`,
      })),
  );

const isWeakerInput = (own: DemandedInput, least: DemandedInput): boolean =>
  own.kind === 'defined' &&
  least.kind === 'defined' &&
  own.input.id === least.input.id &&
  looserFields(own.input, least.input).length > 0;

/** How votes add up is assigned for the activities that a floor demands: floors for others do not meet. */
const weakerJudgement = (floor: Floor, least: Floor): readonly Weaker[] => {
  const others = demandedBy(least);
  if (!demandedBy(floor).some((activity) => others.includes(activity))) return [];
  const weaker = (key: 'distinct' | 'reject' | 'delegation', wanted: string): Weaker => ({
    at: [key],
    demand: key,
    wanted,
  });
  return [
    ...(floor.distinct === false && least.distinct !== false
      ? [weaker('distinct', 'different people for different rules')]
      : []),
    ...(floor.reject !== undefined && !isAsStrong(floor.reject, least.reject)
      ? [weaker('reject', 'that fewer rejections are enough')]
      : []),
    ...(least.delegation !== undefined && (floor.delegation?.max ?? 0) > least.delegation.max
      ? [weaker('delegation', `at most ${least.delegation.max} delegated seats`)]
      : []),
  ];
};
