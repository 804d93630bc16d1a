import type { AnySchemaObject } from 'ajv';
import type { RestDescription } from '../../src/local-github/fidelity/descriptions.ts';
import type { MatchedOperation } from '../../src/local-github/fidelity/match-operation.ts';
import type { Difference } from './shape.ts';

/** Who is right by GitHub's description; `open`: it allows both, `undescribed`: it says nothing of the place. */
export type Verdict = 'local' | 'emulate' | 'neither' | 'open' | 'undescribed';

type Described = { readonly schemas: readonly AnySchemaObject[]; readonly required: boolean };

const parts = ['allOf', 'anyOf', 'oneOf'] as const;

/** A schema and all that it is put together from. */
const unfold = ($defs: RestDescription['$defs'], schema: AnySchemaObject): readonly AnySchemaObject[] => {
  const name = /#\/\$defs\/(.+)$/.exec(String(schema['$ref'] ?? ''))?.[1];
  const referred = name === undefined ? undefined : $defs[name];
  return [
    schema,
    ...(referred === undefined ? [] : unfold($defs, referred)),
    ...parts.flatMap((part) =>
      ((schema[part] ?? []) as readonly AnySchemaObject[]).flatMap((each) => unfold($defs, each)),
    ),
  ];
};

/** What the description says of a place; a place counts as required where one of the alternatives demands it. */
const describedAt = ($defs: RestDescription['$defs'], schema: AnySchemaObject, place: string): Described => {
  let found: Described = { schemas: unfold($defs, schema), required: true };
  for (const key of place.split('/').slice(1)) {
    const next = found.schemas.flatMap((each): readonly AnySchemaObject[] => {
      const within = key === '*' ? each['items'] : each['properties']?.[key];
      return within === undefined ? [] : unfold($defs, within);
    });
    found = { schemas: next, required: found.schemas.some((each) => each['required']?.includes(key)) };
  }
  return found;
};

const jsonTypes: Readonly<Record<string, string>> = { integer: 'number', array: 'list' };

const allowedTypes = (schemas: readonly AnySchemaObject[]): ReadonlySet<string> =>
  new Set(
    schemas
      .flatMap((each) => [each['type'] ?? []].flat())
      .map((type) => jsonTypes[String(type)] ?? String(type)),
  );

/** Judges one difference in answers of the same status. */
export const verdictOn = (
  { $defs }: RestDescription,
  matched: MatchedOperation,
  status: number,
  { place, local, emulate }: Difference,
): Verdict => {
  const schema = matched.operation.responses[status] ?? (status >= 400 ? $defs['basic-error'] : undefined);
  if (schema === undefined)
    return matched.operation.responses[status] === null ? emptyIs(local) : 'undescribed';
  const { schemas, required } = describedAt($defs, schema, place);
  if (schemas.length === 0) return 'undescribed';
  const allowed = allowedTypes(schemas);
  const fits = (types: string): boolean =>
    types === 'absent'
      ? !required
      : allowed.size === 0 || types.split(' or ').every((type) => allowed.has(type));
  if (fits(local) && fits(emulate)) return 'open';
  if (!fits(local) && !fits(emulate)) return 'neither';
  return fits(local) ? 'local' : 'emulate';
};

/** The description has no body for this answer. */
const emptyIs = (local: string): Verdict => (local === 'nothing' ? 'local' : 'emulate');
