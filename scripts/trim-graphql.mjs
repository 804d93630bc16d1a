// Writes src/local-github/descriptions/schema.graphql: GitHub's published schema, cut down to what the local
// GitHub answers. Whatever is not selected here does not exist there, so a query that the local GitHub could
// not answer truthfully fails validation instead of returning an invention.
//
//   node scripts/trim-graphql.mjs           writes the file
//   node scripts/trim-graphql.mjs --check   exits 1 when the file differs from what would be written
import { readFileSync, writeFileSync } from 'node:fs';
import { assertValidSchema, buildASTSchema, Kind, parse, print } from 'graphql';
import { SELECTION } from './trim-graphql-selection.mjs';

const target = new URL('../src/local-github/descriptions/schema.graphql', import.meta.url);
const published = new URL('../node_modules/@octokit/graphql-schema/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', published), 'utf8'));

/** Reads "name" and "name(arg arg)" items; each selected name must exist, so a typing error cannot pass. */
const readItems = (text) =>
  new Map(
    [...text.matchAll(/(\w+)(?:\(([^)]*)\))?/g)].map(([, name, args = '']) => [
      name,
      args.split(/\s+/).filter(Boolean),
    ]),
  );

const bare = (node) => ({ ...node, description: undefined, directives: [] });

const pick = (owner, nodes, wanted) => {
  const found = new Map((nodes ?? []).map((node) => [node.name.value, node]));
  const missing = wanted.filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`${owner} has no ${missing.join(', ')} in GitHub's schema`);
  return wanted.map((name) => bare(found.get(name)));
};

const trimField = (owner, field, args) => ({
  ...field,
  arguments: pick(`${owner}.${field.name.value}`, field.arguments, args),
});

/** One definition without its descriptions, reduced to the selected fields, values or members. */
function trimDefinition(definition) {
  const name = definition.name.value;
  const items = readItems(SELECTION[name] ?? '');
  const trimmed = bare(definition);
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...trimmed,
        interfaces: definition.interfaces.filter((each) => each.name.value in SELECTION),
        fields: pick(name, definition.fields, [...items.keys()]).map((each) =>
          trimField(name, each, items.get(each.name.value)),
        ),
      };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...trimmed, fields: pick(name, definition.fields, [...items.keys()]) };
    case Kind.ENUM_TYPE_DEFINITION: {
      const values = items.size > 0 ? [...items.keys()] : definition.values.map((each) => each.name.value);
      return { ...trimmed, values: pick(name, definition.values, values) };
    }
    case Kind.UNION_TYPE_DEFINITION:
      return { ...trimmed, types: definition.types.filter((each) => each.name.value in SELECTION) };
    default:
      return trimmed;
  }
}

const source = parse(readFileSync(new URL('schema.graphql', published), 'utf8'), {
  noLocation: true,
});
const definitions = new Map(
  source.definitions.flatMap((each) => (each.name ? [[each.name.value, each]] : [])),
);
const unknown = Object.keys(SELECTION).filter((name) => !definitions.has(name));
if (unknown.length > 0) throw new Error(`GitHub's schema has no type ${unknown.join(', ')}`);

const trimmed = Object.keys(SELECTION)
  .sort()
  .map((name) => trimDefinition(definitions.get(name)));
const document = { kind: Kind.DOCUMENT, definitions: trimmed };
assertValidSchema(buildASTSchema(document));

const text = `# Trimmed from @octokit/graphql-schema ${version} by scripts/trim-graphql.mjs. Do not edit.\n\n${print(document)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/local-github/descriptions/schema.graphql is stale: run node scripts/trim-graphql.mjs');
  process.exitCode = 1;
}
