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
import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';
import { ownValue } from '../written/own-value.ts';
import { present } from '../written/present.ts';
import { looserFields } from './tighter-input.ts';
import { unmetRules } from './tighter-rule.ts';

/** What a floor demands of one activity, under the name by which it calls it. */
export type Demand = { readonly floor: Floor; readonly demanded: string };

/**
 * An activity with what all floors together add to it. What its manifest says itself stays as it is, and whether that is
 * enough is asked afterwards. The same demands make the same of it in whatever order they are written, and once they are
 * met they add nothing.
 */
export const raiseTogether = (
  activity: Activity,
  demands: readonly Demand[],
  roles: readonly Role[],
  catalog: UsableCatalog,
): Activity => {
  const sorted = [...demands].sort((one, other) => inOrder(keyOf(one), keyOf(other)));
  const fields = new Set(sorted.flatMap(inputsOf).map(({ id }) => id));
  const asked = withApprovers(activity, sorted, roles);
  const judged = sorted.reduce(withDelegation, sorted.reduce(withExclusions, asked));
  const filled = [...fields].reduce((now, id) => withInput(now, id, sorted, catalog), judged);
  return named(filled, sorted);
};

/** Floors in an order of their own: not that of the file, and not changed by a line that is written above them. */
const keyOf = ({ floor: { source, lines: _, ...floor }, demanded }: Demand): string =>
  canonicalize([floor, demanded, source] as unknown as Json);

const inOrder = (one: string, other: string): number => Number(one > other) - Number(one < other);

/** The manifest does not speak of this part: it comes from the catalog, or from floors. */
const isSilent = (activity: Activity, part: string): boolean =>
  originsOf(activity).some((origin) => origin.part === part);

const originsOf = ({ origins = [] }: Activity): readonly Origin[] => origins;

const withApprovers = (activity: Activity, demands: readonly Demand[], roles: readonly Role[]): Activity => {
  if (!isSilent(activity, 'approvers')) return activity;
  const { approvers: own } = activity;
  const asking = demands.map(({ floor, demanded }) => ({
    floor,
    demanded,
    list: ownValue(floor.approvers, demanded) ?? [],
  }));
  const unmet = asking.filter(({ list }) => unmetRules(own, list, roles).length > 0);
  if (unmet.length === 0) return activity;
  const base = own.length === 0 ? unsourced(activity, 'approvers') : activity;
  const raised = { ...base, approvers: fewest([own, ...asking.map(({ list }) => list)], roles) };
  return unmet.reduce(
    (now, { floor, demanded }) => withOrigin(now, 'approvers', floor, `approvers.${demanded}`),
    raised,
  );
};

/**
 * Rules that meet each list, none of which could be left out: what one demand stands for anyway is not asked a second time.
 * Within a list each demand needs a rule of its own; several lists may share one.
 */
const fewest = (lists: readonly (readonly QuorumRule[])[], roles: readonly Role[]): readonly QuorumRule[] => {
  const numbered = lists.flat().map((rule, index) => ({ rule, index, text: canonicalize(rule as Json) }));
  const isEnough = (rules: typeof numbered): boolean =>
    lists.every(
      (list) =>
        unmetRules(
          rules.map(({ rule }) => rule),
          list,
          roles,
        ).length === 0,
    );
  const inTurn = [...numbered].sort((one, other) => inOrder(one.text, other.text) || one.index - other.index);
  const kept = inTurn.reduce((now, { index }) => {
    const fewer = now.filter((one) => one.index !== index);
    return isEnough(fewer) ? fewer : now;
  }, numbered);
  return kept.map(({ rule }) => rule);
};

const withExclusions = (activity: Activity, { floor }: Demand): Activity => {
  const { exclude, apartFrom = [] } = activity;
  const added = floor.exclude.filter((one) => !isAmong(one, exclude));
  const duties = (floor.apartFrom ?? []).filter(
    (one) => !isAmong(one, apartFrom) && !isItself(one, activity),
  );
  if (added.length + duties.length === 0) return activity;
  const raised = {
    ...activity,
    exclude: [...exclude, ...added],
    ...present({ apartFrom: mergeDuties(apartFrom, duties) }),
  };
  return withOrigin(raised, 'exclude', floor, 'exclude');
};

export const isAmong = <T extends Excluded | Duty>(one: T, others: readonly T[]): boolean =>
  others.some((other) => JSON.stringify(other) === JSON.stringify(one));

/** A floor speaks of several activities at once; nobody approves one twice. */
const isItself = (duty: Duty, { id }: Activity): boolean => duty.kind === 'approvers' && duty.activity === id;

/** The most seats that may be delegated, where the manifest leaves it open: the fewest that a floor allows. */
const withDelegation = (activity: Activity, { floor }: Demand): Activity => {
  const { delegation } = activity;
  const isOpen = delegation === undefined || isSilent(activity, 'delegation');
  if (floor.delegation === undefined || !isOpen) return activity;
  const max = Math.min(floor.delegation.max, delegation?.max ?? floor.delegation.max);
  return withOrigin({ ...activity, delegation: { max } }, 'delegation', floor, 'delegation');
};

/** What a floor demands of one field; without a `least`, it only has to be there. */
export type FieldDemand = {
  readonly id: string;
  readonly demand: Demand;
  readonly least?: Input;
  readonly necessity: Necessity;
};

const inputsOf = ({
  floor,
  demanded,
}: Demand): readonly { readonly id: string; readonly input: DemandedInput }[] =>
  (ownValue(floor.inputs, demanded) ?? []).map((input) => ({
    id: input.kind === 'named' ? input.id : input.input.id,
    input,
  }));

/** What a demand asks of the fields of an activity; a field that is only named is meant as its entry of the catalog has it. */
export const fieldsOf = (
  activity: Activity,
  demand: Demand,
  catalog: UsableCatalog,
): readonly FieldDemand[] =>
  inputsOf(demand).map(({ id, input }) => {
    const least = input.kind === 'defined' ? input.input : meantBy(demand, activity, id, catalog);
    return { id, demand, ...present({ least }), necessity: needOf(least) };
  });

/** A demand makes a field required; only its own definition can make it required on a rejection, too. */
const needOf = (least: Input | undefined): Necessity =>
  least?.required === 'always' ? 'always' : 'to-approve';

/** The entry that the floor names says it first: which one an activity uses is the manifest's to choose (T1). */
const meantBy = (
  { demanded }: Demand,
  { uses }: Activity,
  id: string,
  catalog: UsableCatalog,
): Input | undefined => fieldOf(demanded, id, catalog) ?? fieldOf(uses, id, catalog);

const fieldOf = (entry: string | undefined, id: string, catalog: UsableCatalog): Input | undefined => {
  const built = entry === undefined ? undefined : ownValue(catalog.get(entry)?.inputs ?? {}, id);
  return built === undefined ? undefined : normalizeInput(id, built);
};

/**
 * A field that the manifest does not write: the tightest that is demanded. Where none is the tightest, one of them, and
 * then the other floors object: only the manifest can say what meets all.
 */
const withInput = (
  activity: Activity,
  id: string,
  demands: readonly Demand[],
  catalog: UsableCatalog,
): Activity => {
  const asked = demands.flatMap((demand) =>
    fieldsOf(activity, demand, catalog).filter((one) => one.id === id),
  );
  const known = activity.inputs.find((input) => input.id === id);
  const taken = isSilent(activity, `inputs.${id}`);
  // A field exactly as the catalog has it was not written by anybody.
  const untouched = [activity.uses, ...asked.map(({ demand }) => demand.demanded)].some((entry) =>
    isSame(known, fieldOf(entry, id, catalog)),
  );
  if (known !== undefined && !taken && !untouched) return activity;
  const standing = taken && known !== undefined ? [known] : [];
  const isAlways =
    asked.some(({ necessity }) => necessity === 'always') || standing[0]?.required === 'always';
  const required = isAlways ? 'always' : 'to-approve';
  const wanted = asked.flatMap(({ least }) => least ?? []);
  const candidates = [...standing, ...wanted.sort((one, other) => inOrder(textOf(one), textOf(other)))].map(
    (input): Input => ({ ...input, required }),
  );
  const isTightest = (one: Input): boolean =>
    candidates.every((other) => looserFields(one, other).length === 0);
  const input = candidates.find(isTightest) ?? candidates[0];
  if (input === undefined) return activity;
  const inputs = known
    ? activity.inputs.map((one) => (one.id === id ? input : one))
    : [...activity.inputs, input];
  return asked.reduce<Activity>(
    (now, { demand: { floor, demanded } }) => withOrigin(now, `inputs.${id}`, floor, `inputs.${demanded}`),
    { ...activity, inputs },
  );
};

const textOf = (input: Input): string => canonicalize(input as unknown as Json);

const isSame = (one: Input | undefined, other: Input | undefined): boolean =>
  one !== undefined && other !== undefined && textOf(one) === textOf(other);

/** Whoever said nothing of a part is no source of it. */
const unsourced = (activity: Activity, part: string): Activity => ({
  ...activity,
  origins: originsOf(activity).filter((origin) => origin.part !== part),
});

const withOrigin = (activity: Activity, part: string, floor: Floor, demand: string): Activity => {
  const from = `${floorWords(floor)} (${sourceWords(demandSource(floor, demand))})`;
  const origin: Origin = { part, from };
  const origins = activity.origins ?? [];
  const isKnown = origins.some((one) => one.part === part && one.from === from);
  return isKnown ? activity : { ...activity, origins: [...origins, origin] };
};

const named = (activity: Activity, demands: readonly Demand[]): Activity => {
  const names = demands.map(
    ({
      floor: {
        for: { kind, name },
      },
    }) => `${kind} ${name}`,
  );
  return { ...activity, floors: [...new Set([...(activity.floors ?? []), ...names])] };
};
