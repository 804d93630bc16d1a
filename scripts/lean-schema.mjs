// Turns a schema of a published OpenAPI file into plain, lean JSON Schema: no texts, no examples, and no OpenAPI 3.0
// `nullable`, which means nothing to a JSON Schema validator.

const spoken = new Set([
  ...['description', 'example', 'examples', 'title', 'summary', 'externalDocs', 'deprecated', 'default'],
  ...['readOnly', 'writeOnly', 'discriminator'],
]);

const refPrefix = '#/components/schemas/';

/**
 * @param schema a schema of the published file
 * @param id the name that the schemas to refer to are kept under
 * @param use is told the name of each schema referred to
 */
export function leanSchema(schema, id, use) {
  if (Array.isArray(schema)) return schema.map((each) => leanSchema(each, id, use));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string') return orNull(schema.nullable, { $ref: refTo(schema.$ref, id, use) });
  const lean = {};
  for (const [key, value] of Object.entries(schema)) {
    if (spoken.has(key) || key === 'nullable' || key.startsWith('x-')) continue;
    if (key === 'properties' || key === 'patternProperties')
      lean[key] = Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, leanSchema(each, id, use)]),
      );
    else lean[key] = key === 'enum' || key === 'required' ? value : leanSchema(value, id, use);
  }
  return orNull(schema.nullable, lean);
}

function refTo(ref, id, use) {
  if (!ref.startsWith(refPrefix)) throw new Error(`expected a reference to a schema, found ${ref}`);
  const name = ref.slice(refPrefix.length);
  use(name);
  return `${id}#/$defs/${name}`;
}

function orNull(nullable, schema) {
  if (nullable !== true) return schema;
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const withNull = { ...schema, type: [schema.type, 'null'] };
  return schema.enum === undefined || schema.enum.includes(null)
    ? withNull
    : { ...withNull, enum: [...schema.enum, null] };
}

/** Every schema that is referred to, directly or through another, by name in alphabetical order. */
export function definitionsOf(published, id, wanted) {
  const lean = new Map();
  const queue = [...wanted];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (lean.has(name)) continue;
    if (!(name in published)) throw new Error(`the published file has no schema ${name}`);
    lean.set(
      name,
      leanSchema(published[name], id, (used) => queue.push(used)),
    );
  }
  return Object.fromEntries([...lean].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON with one entry of each table per line, so that a difference can be read. */
export function inLines(document) {
  const tables = Object.entries(document).map(([name, table]) => {
    if (typeof table !== 'object') return `${JSON.stringify(name)}: ${JSON.stringify(table)}`;
    const rows = Object.entries(table).map(([key, row]) => `${JSON.stringify(key)}:${JSON.stringify(row)}`);
    return `${JSON.stringify(name)}: {\n${rows.join(',\n')}\n}`;
  });
  return `{\n${tables.join(',\n')}\n}\n`;
}
