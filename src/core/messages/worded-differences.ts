import { writtenKey } from '../manifest/written-key.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Difference } from '../release/event.ts';
import type { Json } from '../values.ts';
import { writtenForm } from './written-form.ts';

/** A difference in the words of a manifest, one thing each: plain text, which sinks cut and escape (T18). */
export type Worded = { readonly path: string; readonly before?: string; readonly after?: string };

/** What changed, as people write it: rules of a list one by one, and a field of a form that came or went as one thing. */
export const wordedDifferences = (differences: readonly Difference[]): readonly Worded[] =>
  grouped(differences).flatMap((group) => wholeThing(group) ?? group.differences.flatMap(itemwise));

type Side = 'before' | 'after';
type Group = { readonly path: string; readonly differences: readonly Difference[] };

/** Leaves of one field or machine belong together. */
function grouped(differences: readonly Difference[]): readonly Group[] {
  const groups = new Map<string, Difference[]>();
  for (const one of differences) {
    const path = /^(?:inputs|machines)\.[^.]+(?=\.)/.exec(one.path)?.[0] ?? one.path;
    groups.set(path, [...(groups.get(path) ?? []), one]);
  }
  return [...groups].map(([path, all]) => ({ path, differences: all }));
}

/** Every field has a type, and every machine an environment or checks: where those came or went, all of it did. */
const essential = /\.(?:type|environment|checks)$/;

function wholeThing({ path, differences }: Group): readonly Worded[] | undefined {
  const side = (['before', 'after'] as const).find((one) =>
    differences.every((difference) => difference[one] === undefined),
  );
  if (side === undefined || !differences.some((one) => one.path !== path && essential.test(one.path)))
    return undefined;
  const there: Side = side === 'before' ? 'after' : 'before';
  const fields = differences.map((one) => [one.path.slice(path.length + 1), parsed(one[there])] as const);
  const form = writtenForm(Object.fromEntries(fields.filter(([key]) => key !== 'id')));
  return [{ path, [there]: form }];
}

function itemwise({ path, before, after }: Difference): readonly Worded[] {
  const name = path.split('.').map(writtenKey).join('.');
  const [old, now] = [parsed(before), parsed(after)];
  if (!Array.isArray(old) || !Array.isArray(now)) {
    return [{ path: name, ...sided('before', before, old), ...sided('after', after, now) }];
  }
  const [gone, come] = [without(old, now), without(now, old)];
  if (gone.length === 0 && come.length === 0)
    return [{ path: name, before: writtenForm(old), after: writtenForm(now) }];
  const [only] = gone;
  const [other] = come;
  if (only !== undefined && other !== undefined && gone.length + come.length === 2)
    return [{ path: name, before: writtenForm(only), after: writtenForm(other) }];
  return [
    ...gone.map((one) => ({ path: name, before: writtenForm(one) })),
    ...come.map((one) => ({ path: name, after: writtenForm(one) })),
  ];
}

/** Text stands in quotes, so that nobody takes it for a word of the manifest. */
const sided = (side: Side, text: string | undefined, value: Json): Partial<Worded> => {
  if (text === undefined) return {};
  return { [side]: typeof value === 'string' ? text : writtenForm(value) };
};

const without = (one: readonly Json[], other: readonly Json[]): readonly Json[] => {
  const known = new Set(other.map(canonicalize));
  return one.filter((item) => !known.has(canonicalize(item)));
};

/** Scopes are compared in canonical form; anything else is shown as it is. */
const parsed = (text = ''): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
};
