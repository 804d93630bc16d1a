import { GraphQLError } from 'graphql';
import type { Fault, Outcome } from '../../state/outcome.ts';

/** The values of an error's `type` that GitHub's GraphQL API answers. */
export type FailureType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNPROCESSABLE'
  | 'STALE_DATA'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION'
  | 'INVALID_CURSOR_ARGUMENTS';

/** A refusal as one entry of `errors`: the field it happened at becomes null, the answer stays HTTP 200. */
export const failure = (type: FailureType, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { failure: type } });

const typeOf: Record<Fault['kind'], FailureType> = {
  unauthorized: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  invalid: 'UNPROCESSABLE',
  stale: 'STALE_DATA',
  'not-mergeable': 'UNPROCESSABLE',
  conflict: 'UNPROCESSABLE',
};

function sentence(fault: Fault): string {
  if (fault.kind !== 'invalid' || fault.errors.length === 0) return fault.message;
  return fault.errors
    .map((each) => each.message ?? `${each.resource} ${each.field} is ${each.code}`)
    .join(', ');
}

/** The value of an outcome; a fault becomes a GraphQL error at the field being resolved. */
export function orRefuse<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw failure(typeOf[outcome.fault.kind], sentence(outcome.fault));
}

/** The wire form of an error; GitHub puts `type` beside `message`, not under `extensions`. */
export function toWire(error: GraphQLError): Readonly<Record<string, unknown>> {
  const type = error.extensions['failure'];
  const { message, path, locations } = error;
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
    message,
  };
}
