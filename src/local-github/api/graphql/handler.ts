import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { Host, Viewer } from '../../state/host.ts';
import { toWire } from './failure.ts';
import { bindSchema } from './schema.ts';
import { types } from './types.ts';

export type GraphqlAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

type Request = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
};

let schema: GraphQLSchema | undefined;

/** Built on first use: most requests of a run are REST, and the schema costs some milliseconds. */
function loadedSchema(): GraphQLSchema {
  schema ??= bindSchema(types);
  return schema;
}

type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

// A program sends the same few documents over and over; the limit keeps a stranger from filling the memory.
const prepared = new Map<string, Prepared>();
const mostPrepared = 200;

function prepare(query: string): Prepared {
  const known = prepared.get(query);
  if (known) return known;
  const fresh = parsed(query);
  if (prepared.size >= mostPrepared) prepared.clear();
  prepared.set(query, fresh);
  return fresh;
}

function parsed(query: string): Prepared {
  try {
    const document = parse(query);
    const errors = validate(loadedSchema(), document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readRequest(body: unknown): Request | string {
  if (!isObject(body)) return 'Problems parsing JSON';
  const { query, variables = null, operationName = null } = body;
  if (typeof query !== 'string') return 'A query attribute must be specified and must be a string.';
  if (variables !== null && !isObject(variables)) return 'Variables must be an object.';
  if (operationName !== null && typeof operationName !== 'string') return 'operationName must be a string.';
  return { query, variables: variables ?? {}, operationName };
}

const documentation_url = 'https://docs.github.com/graphql';

/** GitHub answers queries only to somebody: a person or an installation, not to a bare App. */
function refuse(viewer: Viewer): GraphqlAnswer | null {
  if (viewer.kind === 'anonymous') {
    return {
      status: 401,
      body: { message: 'This endpoint requires you to be authenticated.', documentation_url },
    };
  }
  if (viewer.kind === 'app') {
    return { status: 403, body: { message: 'Resource not accessible by integration', documentation_url } };
  }
  return null;
}

const answer = (errors: readonly GraphQLError[]): GraphqlAnswer => ({
  status: 200,
  body: { errors: errors.map(toWire) },
});

/**
 * Answers one GraphQL request; `body` is the parsed JSON. Refused fields are null in `data` and named in
 * `errors`, with HTTP 200, as GitHub does it. Mutations of one document run one after the other.
 */
export async function handleGraphql(host: Host, viewer: Viewer, body: unknown): Promise<GraphqlAnswer> {
  const refused = refuse(viewer);
  if (refused) return refused;
  const request = readRequest(body);
  if (typeof request === 'string') {
    return { status: 400, body: { message: request, documentation_url } };
  }
  const ready = prepare(request.query);
  if ('errors' in ready) return answer(ready.errors);
  const result = await execute({
    schema: loadedSchema(),
    document: ready.document,
    variableValues: request.variables,
    operationName: request.operationName,
    contextValue: { host, viewer },
    typeResolver: (value) =>
      isObject(value) && typeof value['kind'] === 'string' ? value['kind'] : undefined,
  });
  const failed = result.errors ?? [];
  for (const error of failed) {
    // Only refusals are expected; anything else is a fault of this host and must be seen.
    if (error.originalError && !(error.originalError instanceof GraphQLError))
      host.log(`bug: ${error.originalError.stack ?? error.message}`);
  }
  const data = result.data === undefined ? {} : { data: result.data };
  return { status: 200, body: failed.length > 0 ? { ...data, errors: failed.map(toWire) } : data };
}
