import type { Input, Necessity } from '../manifest/input.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';

const strength: { readonly [K in Necessity]: number } = { optional: 0, 'to-approve': 1, always: 2 };

/** Is the field asked for at least as often? */
export const isAsNeeded = (required: Necessity, least: Necessity): boolean =>
  strength[required] >= strength[least];

type Fields = { readonly [field: string]: Json };

/** How a field of an input may differ from the least one; a field that is not named here has to be the same. */
const mayDiffer: { readonly [field: string]: (value: Json | undefined, least: Json | undefined) => boolean } =
  {
    ...Object.fromEntries(
      ['id', 'description', 'default', 'message', 'required'].map((free) => [free, () => true]),
    ),
    min: isAtLeast,
    minLength: isAtLeast,
    max: isAtMost,
    maxLength: isAtMost,
    maxSize: isAtMost,
    options: isPartOf,
    accept: isPartOf,
    hosts: isPartOf,
    pattern: (value, least) => least === undefined || value === least,
    http: (value, least) => value === undefined || value === least,
  };

/** Numbers, and days as `YYYY-MM-DD`, which sort as they are. */
function isAtLeast(value: Json | undefined, least: Json | undefined): boolean {
  return least === undefined || (value !== undefined && (value as number) >= (least as number));
}

function isAtMost(value: Json | undefined, most: Json | undefined): boolean {
  return most === undefined || (value !== undefined && (value as number) <= (most as number));
}

function isPartOf(value: Json | undefined, least: Json | undefined): boolean {
  if (least === undefined) return true;
  const allowed = new Set(least as readonly Json[]);
  return value !== undefined && (value as readonly Json[]).every((one) => allowed.has(one));
}

/** Boxes without a number are all to be ticked wherever the field is required, which is what a floor makes of it. */
const allBoxes = (input: Input): Input =>
  input.type === 'checkboxes' && input.min === undefined ? { ...input, min: input.items.length } : input;

/** The same silence on both sides means the same. */
const ownBoxes = (input: Input, least: Input): Input =>
  isSilent(input) && isSilent(least) ? allBoxes(input) : input;

const isSilent = (input: Input): boolean => input.type === 'checkboxes' && input.min === undefined;

/** What is written beside a box is what somebody confirms by ticking it; elsewhere it only names the field. */
const confirming: ReadonlySet<Input['type']> = new Set(['checkbox']);

/** The fields of `input` that would let an answer pass which `least` refuses; whether it is required is asked apart. */
export const looserFields = (input: Input, written: Input): readonly string[] => {
  if (input.type !== written.type) return ['type'];
  const least = allBoxes(written);
  const [fields, leastFields] = [ownBoxes(input, written) as unknown as Fields, least as unknown as Fields];
  return [...new Set([...Object.keys(fields), ...Object.keys(leastFields)])].filter((field) => {
    if (field === 'label' && !confirming.has(input.type)) return false;
    const rule = mayDiffer[field];
    const [value, allowed] = [fields[field], leastFields[field]];
    if (rule) return !rule(value, allowed);
    return canonicalize(value ?? null) !== canonicalize(allowed ?? null);
  });
};
