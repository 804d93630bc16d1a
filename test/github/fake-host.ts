import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema, getVariableValues, parse, validate } from 'graphql';
import { HttpResponse, http, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Connection, connect } from '../../src/github/connection.ts';
import { type Host, hostOf } from '../../src/github/host.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createManualClock } from '../support/manual-clock.ts';

export const date = 'Mon, 23 Nov 2026 09:00:00 GMT';

export type Query = { readonly query: string; readonly variables: { readonly [name: string]: unknown } };

type Answer = JsonBodyType | Response;

type Script = {
  readonly graphql?: (query: Query, call: number) => Answer;
  /** By `METHOD /path`, without the root of the API. */
  readonly rest?: { readonly [route: string]: (body: unknown, url: URL) => Answer };
};

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let schema: GraphQLSchema | undefined;

/** Every document and its variables are held against GitHub's published schema. */
const problemsOf = ({ query, variables }: Query): readonly string[] => {
  schema ??= buildSchema(readFileSync('src/local-github/descriptions/schema.graphql', 'utf8'));
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) return invalid.map(({ message }) => message);
  const operation = document.definitions[0];
  if (operation?.kind !== 'OperationDefinition') return ['no operation'];
  const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
  return errors.map(({ message }) => message);
};

const answerWith = (answer: Answer): Response =>
  answer instanceof Response ? answer : HttpResponse.json(answer, { headers: { date } });

/** A host that answers as a test scripts it, and notes every call; tokens are not counted among `calls`. */
export const useFakeHost = () => {
  const server = setupServer();
  const calls: string[] = [];
  const queries: Query[] = [];
  const problems: string[] = [];
  let tokens = 0;
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    expect(problems.splice(0)).toEqual([]);
    server.resetHandlers();
    calls.length = 0;
    queries.length = 0;
    tokens = 0;
  });
  afterAll(() => server.close());

  const start = (
    script: Script,
    host: Host = hostOf({ gheHost: 'ghe.example' }),
    clock: Clock = createManualClock(),
  ): Connection => {
    const root = new URL(host.api).pathname.replace(/\/$/, '');
    const respond = async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const path = decodeURIComponent(url.pathname.slice(root.length));
      const route = `${request.method} ${path}`;
      if (/^POST \/app\/installations\/\d+\/access_tokens$/.test(route)) {
        tokens += 1;
        const refusal = script.rest?.[route]?.(undefined, url);
        if (refusal !== undefined) return answerWith(refusal);
        // Far from now by every clock, so that a token is asked for once.
        return HttpResponse.json(
          { token: 'ghs_secret', expires_at: '2099-01-01T00:00:00Z', permissions: {} },
          { status: 201, headers: { date } },
        );
      }
      calls.push(route);
      const body: unknown = request.method === 'GET' ? undefined : await request.json();
      const handler = script.rest?.[route];
      if (handler !== undefined) return answerWith(handler(body, url));
      if (/^GET \/repos\/[^/]+\/[^/]+\/installation$/.test(route)) {
        calls.pop();
        return answerWith({ id: 7 });
      }
      return HttpResponse.json({ message: 'Not Found' }, { status: 404, headers: { date } });
    };
    server.use(
      http.post(host.graphql, async ({ request }) => {
        const query = (await request.json()) as Query;
        calls.push('graphql');
        queries.push(query);
        problems.push(...problemsOf(query));
        return answerWith(script.graphql?.(query, queries.length) ?? { data: null, errors: [] });
      }),
      http.all(`${host.api}/*`, ({ request }) => respond(request)),
    );
    return connect({ host, appId: 4, privateKey, clock });
  };
  return { start, calls, queries, tokens: () => tokens };
};
