// Writes src/local-github/descriptions/rest.json: GitHub's published description of its REST API, cut down to the
// operations that the local GitHub answers, as plain JSON Schema without texts and examples.
//
//   node scripts/trim-openapi.mjs                fetches @octokit/openapi into a temporary folder: 29 MB, 394 MB
//                                                unpacked, of which one file is read; too large to depend on
//   node scripts/trim-openapi.mjs --from FOLDER  reads an unpacked package
import { writeFileSync } from 'node:fs';
import { definitionsOf, inLines, leanSchema } from './lean-schema.mjs';
import { folderGiven, readPublished } from './published-package.mjs';
import { OPERATIONS } from './trim-openapi-selection.mjs';

const [name, version] = ['@octokit/openapi', '23.0.2'];
const id = 'rest';
const published = readPublished(name, version, 'generated/api.github.com.json', folderGiven());
const used = new Set(['basic-error', 'validation-error', 'validation-error-simple']);
const lean = (schema) => leanSchema(schema, id, (found) => used.add(found));

/** A parameter, body or response may be described elsewhere in the file. */
const resolved = (value) =>
  value?.$ref === undefined
    ? value
    : value.$ref
        .slice(2)
        .split('/')
        .reduce((found, key) => found[key], published);

const schemaIn = (content) => {
  const type = Object.keys(content ?? {}).find((each) => /^application\/(json|[\w.]+\+json)$/.test(each));
  return type === undefined ? null : lean(content[type].schema ?? {});
};

function trimOperation(key) {
  const [method, path] = key.split(' ');
  const operation = published.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`GitHub describes no operation ${key}`);
  const parameters = [...(published.paths[path].parameters ?? []), ...(operation.parameters ?? [])]
    .map(resolved)
    .filter((each) => each.in !== 'header')
    .map((each) => ({
      name: each.name,
      in: each.in,
      required: each.required === true,
      schema: lean(each.schema),
    }));
  const body = resolved(operation.requestBody);
  const responses = Object.entries(operation.responses).map(([status, response]) => [
    status,
    schemaIn(resolved(response).content),
  ]);
  return {
    id: operation.operationId,
    parameters,
    ...(body === undefined
      ? {}
      : { body: { required: body.required === true, schema: schemaIn(body.content) } }),
    responses: Object.fromEntries(responses),
  };
}

const operations = Object.fromEntries(OPERATIONS.map((key) => [key, trimOperation(key)]));
const document = {
  source: `${name} ${version}`,
  operations,
  $defs: definitionsOf(published.components.schemas, id, used),
};
const target = new URL('../src/local-github/descriptions/rest.json', import.meta.url);
writeFileSync(target, inLines(document));
console.log(`${OPERATIONS.length} operations, ${Object.keys(document.$defs).length} schemas`);
