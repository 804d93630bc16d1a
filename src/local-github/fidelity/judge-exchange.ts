import type { AnySchemaObject } from 'ajv';
import type { DescribedOperation, RestDescription } from './descriptions.ts';
import { isUndescribed, ordinaryRefusals } from './deviations.ts';
import { type MatchedOperation, openMatcher } from './match-operation.ts';
import { type Misfit, openChecker, type SchemaChecker } from './schema-checker.ts';
import type { Violation } from './violation.ts';

/** One request of the REST API and its answer; bodies are parsed JSON, undefined where there was none. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly asked: unknown;
  readonly status: number;
  /** Whether the answer is JSON or empty: other media types are not described by schemas. */
  readonly json: boolean;
  readonly answered: unknown;
};

/** Compares exchanges with the description. A request counts unless it was refused: refusing it is what GitHub does. */
export function openExchangeJudge(description: RestDescription): (exchange: Exchange) => Violation[] {
  const match = openMatcher(description.operations);
  const check = openChecker('rest', description.$defs, { formats: true });
  return (exchange) => {
    const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
    const matched = match(method, exchange.path);
    if (matched === null) return undescribed(method, exchange);
    const refused = exchange.status >= 400 && exchange.status < 500;
    const asked = refused ? [] : requestMisfits(check, matched, exchange);
    const answered = exchange.method === 'HEAD' ? [] : responseMisfits(check, matched.operation, exchange);
    const told = (what: Violation['what'], at: string) => (misfit: Misfit) => ({
      ...misfit,
      what,
      operation: matched.name,
      at,
    });
    return [
      ...asked.map(told('request', exchange.path)),
      ...answered.map(told('response', `${exchange.path} ${exchange.status}`)),
    ];
  };
}

/** The answer 501 says of itself that the route is unknown. */
function undescribed(method: string, { path, status }: Exchange): Violation[] {
  if (status === 501 || isUndescribed(method, path)) return [];
  const problem = 'is described nowhere, and no deviation says why';
  return [{ what: 'response', operation: `${method} ${path}`, at: `${path} ${status}`, place: '', problem }];
}

function requestMisfits(
  check: SchemaChecker,
  { operation, params }: MatchedOperation,
  exchange: Exchange,
): Misfit[] {
  const misfits: Misfit[] = [];
  for (const parameter of operation.parameters) {
    const text = parameter.in === 'path' ? params[parameter.name] : exchange.query.get(parameter.name);
    const place = `${parameter.in} ${parameter.name}`;
    if (text === null || text === undefined) {
      if (parameter.required && parameter.in === 'query') misfits.push({ place, problem: 'is missing' });
      continue;
    }
    for (const { problem } of check(parameter.schema, meantBy(parameter.schema, text)))
      misfits.push({ place, problem });
  }
  const known = new Set(operation.parameters.map(({ name }) => name));
  for (const name of exchange.query.keys())
    if (!known.has(name))
      misfits.push({ place: `query ${name}`, problem: 'is no parameter of this operation' });
  const { body } = operation;
  if (body?.schema && (exchange.asked !== undefined || body.required))
    misfits.push(...check(body.schema, exchange.asked ?? {}));
  return misfits;
}

/** A parameter arrives as text and means what its schema says. */
function meantBy(schema: AnySchemaObject, text: string): unknown {
  const types = [
    schema['type'],
    ...(schema['oneOf'] ?? []).map((each: AnySchemaObject) => each['type']),
  ].flat();
  if (types.some((type) => type === 'integer' || type === 'number') && /^-?\d+$/.test(text))
    return Number(text);
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return types.includes('array') && !types.includes('string') ? text.split(',') : text;
}

function responseMisfits(
  check: SchemaChecker,
  operation: DescribedOperation,
  exchange: Exchange,
): readonly Misfit[] {
  const { status, answered, json } = exchange;
  const empty = answered === undefined;
  if (status === 304) return empty ? [] : [{ place: '', problem: 'must be empty' }];
  if (!json) return [];
  const schema = operation.responses[status];
  // Where a refusal is documented without a body, GitHub sends its ordinary error all the same.
  if (schema === undefined || (schema === null && !empty && status >= 400))
    return ordinaryRefusals.includes(status)
      ? check({ $ref: 'rest#/$defs/basic-error' }, answered)
      : [{ place: '', problem: `has the undocumented status ${status}` }];
  if (schema === null) return empty ? [] : [{ place: '', problem: 'must be empty' }];
  return empty ? [{ place: '', problem: 'must not be empty' }] : check(schema, answered);
}
