import { ForgeError, type ForgeErrorCode } from '../ports/forge.ts';

/** One entry of `errors` in an answer of the GraphQL API, which may come with HTTP 200. */
export type GraphqlError = {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
};

type Headers = { readonly [name: string]: string | number | undefined };

// GitHub: without `retry-after`, wait at least a minute after a secondary limit.
const leastPauseMs = 60_000;

const numberOf = (value: string | number | undefined): number | undefined => {
  const number = value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
};

/** How long the host asks us to stay away: `retry-after`, else the reset of an exhausted quota. Milliseconds. */
const pauseOf = (headers: Headers, nowMs: number): number | undefined => {
  const after = numberOf(headers['retry-after']);
  if (after !== undefined) return Math.max(0, after * 1000);
  const reset = numberOf(headers['x-ratelimit-reset']);
  const exhausted = numberOf(headers['x-ratelimit-remaining']) === 0;
  return exhausted && reset !== undefined ? Math.max(1000, reset * 1000 - nowMs + 1000) : undefined;
};

const codeOfStatus = (status: number): ForgeErrorCode => {
  if (status === 401 || status === 403 || status === 451) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  // 501: the route does not exist there, so asking again is in vain.
  if (status === 501) return 'invalid';
  // 409 is a conflict with something that runs at the same time; the next observation sees its result.
  return status === 409 || status === 408 || status === 429 || status >= 500 ? 'unavailable' : 'invalid';
};

/** A failed HTTP exchange as an error of the port, by what happens next. */
export const errorOfStatus = (
  status: number,
  message: string,
  headers: Headers,
  nowMs: number,
): ForgeError => {
  const pause = pauseOf(headers, nowMs);
  const limited = pause !== undefined || /\b(rate limit|abuse detection)\b/i.test(message);
  if (status === 429 || (status === 403 && limited)) {
    return new ForgeError('unavailable', message, pause ?? leastPauseMs);
  }
  return new ForgeError(codeOfStatus(status), message, pause);
};

const codeOfType = (error: GraphqlError): ForgeErrorCode => {
  switch (error.type) {
    case 'NOT_FOUND':
      return 'not-found';
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return 'forbidden';
    case 'RATE_LIMITED':
    case 'RATE_LIMIT':
    case 'SERVICE_UNAVAILABLE':
    case 'INTERNAL':
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return 'unavailable';
    default:
      return /something went wrong|timed? ?out|couldn't respond|rate limit/i.test(error.message)
        ? 'unavailable'
        : 'invalid';
  }
};

const urgency: readonly ForgeErrorCode[] = ['unavailable', 'forbidden', 'not-found', 'invalid'];

/** Errors of a GraphQL answer as one error of the port; the kind that most hinders a retry last. */
export const errorOfGraphql = (
  errors: readonly GraphqlError[],
  headers: Headers,
  nowMs: number,
): ForgeError => {
  const codes = errors.map(codeOfType);
  const code = urgency.find((one) => codes.includes(one)) ?? 'invalid';
  const message = errors.map((error) => error.message).join('; ');
  const limited = errors.some((error) => /rate.?limit/i.test(`${error.type} ${error.message}`));
  const pause = pauseOf(headers, nowMs) ?? (limited ? leastPauseMs : undefined);
  return new ForgeError(code, message, code === 'unavailable' ? pause : undefined);
};

type HttpFailure = {
  readonly status: number;
  readonly message: string;
  readonly request?: { readonly url?: string };
  readonly response?: { readonly headers: Headers };
};

const isHttpFailure = (error: Error): error is Error & HttpFailure =>
  error.name === 'HttpError' && 'status' in error && typeof error.status === 'number';

/** Whatever a call threw as an error of the port. A connection that broke is `unavailable`; a bug of ours stays itself. */
export const forgeErrorOf = (error: unknown, nowMs: number): unknown => {
  if (error instanceof ForgeError || !(error instanceof Error)) return error;
  if (isHttpFailure(error)) {
    // A token is refused where the App is no longer installed, or suspended.
    if (error.status === 404 && error.request?.url?.endsWith('/access_tokens') === true) {
      return new ForgeError('forbidden', 'The App is no longer installed.');
    }
    const noAnswer = error.response === undefined && error.status >= 500;
    return noAnswer
      ? new ForgeError('unavailable', error.message)
      : errorOfStatus(error.status, error.message, error.response?.headers ?? {}, nowMs);
  }
  const broken = ['AbortError', 'TimeoutError'].includes(error.name) || /fetch failed/i.test(error.message);
  return broken ? new ForgeError('unavailable', error.message) : error;
};
