import type { UsableCatalog } from '../catalog/usable-catalog.ts';
import type { Role } from '../configuration/configuration.ts';
import {
  type DemandedInput,
  demandSource,
  type Floor,
  floorWords,
  sourceWords,
} from '../configuration/floor.ts';
import { mergeDuties } from '../manifest/duty.ts';
import type { Input, Necessity } from '../manifest/input.ts';
import type { Activity, Duty, Excluded, Origin, QuorumRule } from '../manifest/manifest.ts';
import { normalizeInput } from '../manifest/normalize-input.ts';
import { writtenPrincipal } from '../policy/written-principal.ts';
import { present } from '../written/present.ts';
import { type Objection, objection, placeOf } from './objection.ts';
import { judgementObjections, withDelegation } from './raise-judgement.ts';
import { isAsNeeded, looserFields } from './tighter-input.ts';
import { unmetRules } from './tighter-rule.ts';

/** An activity with what a floor adds to it, and what the floor objects to. */
export type Raised = { readonly activity: Activity; readonly objections: readonly Objection[] };

/** Holds one activity against what a floor demands of `demanded`, for which it stands. */
export const raise = (
  activity: Activity,
  demanded: string,
  floor: Floor,
  roles: readonly Role[],
  catalog: UsableCatalog,
): Raised => {
  const steps = [
    (now: Activity) => raiseApprovers(now, demanded, floor, roles),
    (now: Activity) => raiseExclusions(now, floor),
    (now: Activity) => ({
      activity: withDelegation(now, floor),
      objections: judgementObjections(now, floor),
    }),
    ...(floor.inputs[demanded] ?? []).map(
      (input) => (now: Activity) => raiseInput(now, demanded, input, floor, catalog),
    ),
  ];
  return steps.reduce<Raised>(
    ({ activity: now, objections }, step) => {
      const next = step(now);
      return { activity: next.activity, objections: [...objections, ...next.objections] };
    },
    { activity, objections: [] },
  );
};

const unchanged = (activity: Activity): Raised => ({ activity, objections: [] });

/** What the manifest says itself has to be enough; where it says nothing, what is missing is added. */
const raiseApprovers = (
  activity: Activity,
  demanded: string,
  floor: Floor,
  roles: readonly Role[],
): Raised => {
  const least = floor.approvers[demanded] ?? [];
  const unmet = unmetRules(activity.approvers, least, roles);
  if (unmet.length === 0) return unchanged(activity);
  const demand = `approvers.${demanded}`;
  if (isSilent(activity, 'approvers')) {
    const approvers = withDemands(activity.approvers, least, unmet, roles);
    return { activity: withOrigin({ ...activity, approvers }, 'approvers', floor, demand), objections: [] };
  }
  return {
    activity,
    objections: [
      objection(floor, demand, placeOf(activity, 'approvers'), {
        wrong: `The approvers of "${activity.id}" can agree without ${unmet.map(asWritten).join(' and ')}.`,
        write: 'Ask for that, too, or leave approvers out.',
      }),
    ],
  };
};

/** What a demand stands for anyway is not asked a second time, unless that stood for another demand already. */
const withDemands = (
  own: readonly QuorumRule[],
  least: readonly QuorumRule[],
  unmet: readonly QuorumRule[],
  roles: readonly Role[],
): readonly QuorumRule[] => {
  const fewer = [...unmetRules(unmet, own, roles), ...unmet];
  return unmetRules(fewer, least, roles).length === 0 ? fewer : [...own, ...unmet];
};

/** A rule as people write it in a file. */
export const asWritten = ({ from, require }: QuorumRule): string => {
  const number = require.kind === 'count' ? String(require.count) : require.kind;
  return `{ from: [${from.map(writtenPrincipal).join(', ')}], require: ${number} }`;
};

/** The manifest does not speak of this part: it comes from the catalog, or from another floor. */
const isSilent = ({ origins = [] }: Activity, part: string): boolean =>
  origins.some((origin) => origin.part === part);

/**
 * Leaving people out makes a majority of the others smaller: a part of all has to be a part of the same people. Asked of
 * an activity as its manifest has it, before floors exclude anybody.
 */
export const leftOut = (activity: Activity, demanded: string, floor: Floor): readonly Objection[] => {
  const parts = (floor.approvers[demanded] ?? []).filter(({ require }) => require.kind !== 'count');
  const known =
    activity.exclude.every((one) => isAmong(one, floor.exclude)) &&
    (activity.apartFrom ?? []).every((one) => isAmong(one, floor.apartFrom ?? []));
  if (parts.length === 0 || known) return [];
  const wrong = `"${activity.id}" leaves out people of whom a part has to agree: ${parts.map(asWritten).join(', ')}.`;
  const write = 'Remove what the floor does not exclude.';
  return [objection(floor, `approvers.${demanded}`, placeOf(activity, 'exclude'), { wrong, write })];
};

const isAmong = <T extends Excluded | Duty>(one: T, others: readonly T[]): boolean =>
  others.some((other) => JSON.stringify(other) === JSON.stringify(one));

const raiseExclusions = (activity: Activity, floor: Floor): Raised => {
  const added = floor.exclude.filter((one) => !isAmong(one, activity.exclude));
  const duties = (floor.apartFrom ?? []).filter(
    (one) => !isAmong(one, activity.apartFrom ?? []) && !isItself(one, activity),
  );
  if (added.length + duties.length === 0) return unchanged(activity);
  const raised = {
    ...activity,
    exclude: [...activity.exclude, ...added],
    ...present({ apartFrom: mergeDuties(activity.apartFrom ?? [], duties) }),
  };
  return { activity: withOrigin(raised, 'exclude', floor, 'exclude'), objections: [] };
};

/** A floor speaks of several activities at once; nobody approves one twice. */
const isItself = (duty: Duty, { id }: Activity): boolean => duty.kind === 'approvers' && duty.activity === id;

const raiseInput = (
  activity: Activity,
  demanded: string,
  input: DemandedInput,
  floor: Floor,
  catalog: UsableCatalog,
): Raised => {
  const id = input.kind === 'named' ? input.id : input.input.id;
  const part = `inputs.${id}`;
  const demand = `inputs.${demanded}`;
  const known = activity.inputs.find((one) => one.id === id);
  const built = catalog.get(activity.uses ?? demanded)?.inputs[id];
  const entry = built === undefined ? undefined : normalizeInput(id, built);
  const least = input.kind === 'defined' ? input.input : entry;
  const necessity = needOf(least);
  const wanted = least === undefined ? undefined : { ...least, required: necessity };
  // A field exactly as the catalog has it was not written by anybody: it is only made to be required.
  const untouched =
    known !== undefined && entry !== undefined && JSON.stringify(known) === JSON.stringify(entry);
  if (wanted !== undefined && (known === undefined || untouched)) {
    return { activity: withOrigin(withInput(activity, wanted), part, floor, demand), objections: [] };
  }
  if (known === undefined) {
    const wrong = `"${activity.id}" does not ask for the input "${id}".`;
    const at = placeOf(activity, 'inputs');
    return {
      activity,
      objections: [objection(floor, demand, at, { wrong, write: `Add ${id} to its inputs.` })],
    };
  }
  return { activity, objections: inputObjections(activity, known, least, necessity, floor, demand) };
};

/** A demand makes a field required; only its own definition can make it required on a rejection, too. */
const needOf = (least: Input | undefined): Necessity =>
  least?.required === 'always' ? 'always' : 'to-approve';

const inputObjections = (
  activity: Activity,
  input: Input,
  least: Input | undefined,
  necessity: Necessity,
  floor: Floor,
  demand: string,
): readonly Objection[] => {
  const at = placeOf(activity, 'inputs', input.id);
  const written = necessity === 'always' ? 'always' : 'true';
  const looser = least === undefined ? [] : looserFields(input, least);
  return [
    ...(isAsNeeded(input.required, necessity)
      ? []
      : [
          objection(floor, demand, at, {
            wrong: `The input "${input.id}" may be left out.`,
            write: `Write required: ${written}.`,
          }),
        ]),
    ...looser.map((field) =>
      objection(floor, demand, [...at, field], {
        wrong: `The ${field} of the input "${input.id}" lets answers pass that the floor refuses.`,
        write: `Expected ${expectation(least as Input, field)}.`,
      }),
    ),
  ];
};

const expectation = (least: Input, field: string): string => {
  const value = (least as unknown as { readonly [field: string]: unknown })[field];
  if (value === undefined) return `no ${field}`;
  if (field === 'items') return 'the same boxes, with the same words';
  return Array.isArray(value) ? `nothing but ${value.join(', ')}` : `${field}: ${String(value)}`;
};

const withInput = (activity: Activity, input: Input): Activity => {
  const known = activity.inputs.some(({ id }) => id === input.id);
  const inputs = known
    ? activity.inputs.map((one) => (one.id === input.id ? input : one))
    : [...activity.inputs, input];
  return { ...activity, inputs };
};

const withOrigin = (activity: Activity, part: string, floor: Floor, demand: string): Activity => {
  const from = `${floorWords(floor)} (${sourceWords(demandSource(floor, demand))})`;
  const origin: Origin = { part, from };
  const origins = activity.origins ?? [];
  const isKnown = origins.some((one) => one.part === part && one.from === from);
  return isKnown ? activity : { ...activity, origins: [...origins, origin] };
};
