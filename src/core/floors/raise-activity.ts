import type { UsableCatalog } from '../catalog/usable-catalog.ts';
import type { Role } from '../configuration/configuration.ts';
import type { Input } from '../manifest/input.ts';
import type { Activity, QuorumRule } from '../manifest/manifest.ts';
import { writtenPrincipal } from '../policy/written-principal.ts';
import { ownValue } from '../written/own-value.ts';
import { looserWords } from './looser-words.ts';
import { type Objection, objection, placeOf } from './objection.ts';
import { judgementObjections } from './raise-judgement.ts';
import { type Demand, type FieldDemand, fieldsOf, isAmong } from './raise-together.ts';
import { isAsNeeded, looserFields } from './tighter-input.ts';
import { unmetRules } from './tighter-rule.ts';

/** What a floor objects to in an activity that has already what all floors add; `demands` are those of all of them. */
export const objectionsTo = (
  activity: Activity,
  demand: Demand,
  demands: readonly Demand[],
  { roles, catalog }: { readonly roles: readonly Role[]; readonly catalog: UsableCatalog },
): readonly Objection[] => [
  ...weakApprovers(activity, demand, roles),
  ...judgementObjections(activity, demand.floor),
  ...fieldsOf(activity, demand, catalog).flatMap((field) => inputObjections(activity, field)),
  ...leftOut(activity, demand, demands),
];

/** What the manifest says itself has to be enough. */
const weakApprovers = (
  activity: Activity,
  { floor, demanded }: Demand,
  roles: readonly Role[],
): readonly Objection[] => {
  const unmet = unmetRules(activity.approvers, ownValue(floor.approvers, demanded) ?? [], roles);
  if (unmet.length === 0) return [];
  return [
    objection(floor, `approvers.${demanded}`, placeOf(activity, 'approvers'), {
      wrong: `The approvers of "${activity.id}" can agree without ${unmet.map(asWritten).join(' and ')}.`,
      write: 'Ask for that, too, or leave approvers out.',
    }),
  ];
};

/** A rule as people write it in a file. */
export const asWritten = ({ from, require }: QuorumRule): string => {
  const number = require.kind === 'count' ? String(require.count) : require.kind;
  return `{ from: [${from.map(writtenPrincipal).join(', ')}], require: ${number} }`;
};

/**
 * Leaving people out makes a majority of the others smaller: a part of all has to be a part of the same people. Whom any
 * floor keeps away is left out of every demand, whether the manifest says so as well or not.
 */
const leftOut = (
  activity: Activity,
  { floor, demanded }: Demand,
  demands: readonly Demand[],
): readonly Objection[] => {
  const parts = (ownValue(floor.approvers, demanded) ?? []).filter(({ require }) => require.kind !== 'count');
  const floors = demands.map((one) => one.floor);
  const known =
    activity.exclude.every((one) => floors.some(({ exclude }) => isAmong(one, exclude))) &&
    (activity.apartFrom ?? []).every((one) => floors.some(({ apartFrom = [] }) => isAmong(one, apartFrom)));
  if (parts.length === 0 || known) return [];
  const wrong = `"${activity.id}" leaves out people of whom a part has to agree: ${parts.map(asWritten).join(', ')}.`;
  const write = 'Remove what no floor excludes.';
  return [objection(floor, `approvers.${demanded}`, placeOf(activity, 'exclude'), { wrong, write })];
};

const inputObjections = (
  activity: Activity,
  { id, demand, least, necessity }: FieldDemand,
): readonly Objection[] => {
  const { floor } = demand;
  const key = `inputs.${demand.demanded}`;
  const input = activity.inputs.find((one) => one.id === id);
  if (input === undefined) {
    const wrong = `"${activity.id}" does not ask for the input "${id}".`;
    const write = `Add ${id} to its inputs.`;
    return [objection(floor, key, placeOf(activity, 'inputs'), { wrong, write })];
  }
  const at = placeOf(activity, 'inputs', input.id);
  const written = necessity === 'always' ? 'always' : 'true';
  const looser = least === undefined ? [] : looserFields(input, least);
  return [
    ...(isAsNeeded(input.required, necessity)
      ? []
      : [
          objection(floor, key, at, {
            wrong: `The input "${input.id}" may be left out.`,
            write: `Write required: ${written}.`,
          }),
        ]),
    ...looser.map((field) => {
      const { key: written, ...words } = looserWords(input.id, field, least as Input);
      return objection(floor, key, [...at, written], words);
    }),
  ];
};
