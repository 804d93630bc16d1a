import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** One place that does not fit its schema. */
export type Misfit = { readonly place: string; readonly problem: string };
export type SchemaChecker = (schema: AnySchemaObject, value: unknown) => readonly Misfit[];

/** At most so many places are told of one document. */
const told = 4;

/**
 * Checks values against schemas that refer to `id#/$defs/...`. A schema is compiled when it is first used: all of GitHub's
 * would take many seconds.
 */
export function openChecker(
  id: string,
  $defs: Readonly<Record<string, AnySchemaObject>>,
  options: { readonly formats: boolean },
): SchemaChecker {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    // Compiled once and called from everywhere, instead of once per place: halves the time of the tests.
    inlineRefs: false,
    validateFormats: options.formats,
    validateSchema: false,
    logger: false,
  });
  if (options.formats) addFormats.default(ajv);
  // GitHub's own names for formats, which say nothing that could be checked.
  for (const format of ['repo.nwo', 'timestamp', 'ssh-key', 'binary']) ajv.addFormat(format, true);
  ajv.addSchema({ $id: id, $defs });
  const compiled = new Map<AnySchemaObject, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(schema);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : misfitsOf(validate.errors ?? []);
  };
}

function misfitsOf(errors: readonly ErrorObject[]): readonly Misfit[] {
  const shown = errors.map(({ instancePath, message = 'does not fit', keyword, params }) => {
    const allowed = keyword === 'enum' ? `: ${String(params['allowedValues']).slice(0, 80)}` : '';
    return { place: instancePath, problem: `${message}${allowed}` };
  });
  return [...new Map(shown.map((each) => [`${each.place} ${each.problem}`, each])).values()].slice(0, told);
}
