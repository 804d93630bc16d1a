import { describe, expect, it } from 'vitest';
import { errorOfGraphql, errorOfStatus, forgeErrorOf } from '../../src/github/forge-error-of.ts';
import { ForgeError } from '../../src/ports/forge.ts';

describe('an HTTP status', () => {
  it.each([
    [401, 'Bad credentials', {}, 'forbidden', undefined],
    [403, 'Resource not accessible', {}, 'forbidden', undefined],
    [403, 'API rate limit exceeded', {}, 'unavailable', 60_000],
    [403, 'Try later', { 'retry-after': '5' }, 'unavailable', 5000],
    [403, 'No', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '100' }, 'unavailable', 91_000],
    [403, 'No', { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': '100' }, 'forbidden', undefined],
    [429, 'Too many', {}, 'unavailable', 60_000],
    [503, 'Down', { 'retry-after': '7' }, 'unavailable', 7000],
    [503, 'Down', { 'retry-after': 'soon' }, 'unavailable', undefined],
    [410, 'Gone', {}, 'not-found', undefined],
    [400, 'Bad', {}, 'invalid', undefined],
  ] as const)('%i %s %o', (status, message, headers, code, retryAfterMs) => {
    expect(errorOfStatus(status, message, headers, 10_000)).toMatchObject({ code, retryAfterMs, message });
  });
});

describe('errors of GraphQL', () => {
  it.each([
    [['NOT_FOUND'], 'not-found'],
    [['NOT_FOUND', 'FORBIDDEN'], 'forbidden'],
    [['UNPROCESSABLE', 'INTERNAL'], 'unavailable'],
    [['UNPROCESSABLE'], 'invalid'],
    [[], 'invalid'],
  ])('%j', (types, code) => {
    expect(
      errorOfGraphql(
        types.map((type) => ({ type, message: 'no' })),
        {},
        0,
      ).code,
    ).toBe(code);
  });

  it('of a limit come with a time, of another kind without', () => {
    expect(errorOfGraphql([{ type: 'RATE_LIMITED', message: 'x' }], {}, 0).retryAfterMs).toBe(60_000);
    expect(
      errorOfGraphql([{ type: 'NOT_FOUND', message: 'x' }], { 'retry-after': '3' }, 0).retryAfterMs,
    ).toBeUndefined();
  });
});

describe('whatever was thrown', () => {
  it('stays a bug when it is one', () => {
    const bug = new RangeError('oops');
    expect(forgeErrorOf(bug, 0)).toBe(bug);
    expect(forgeErrorOf('text', 0)).toBe('text');
    const known = new ForgeError('invalid', 'x');
    expect(forgeErrorOf(known, 0)).toBe(known);
  });

  it('is unavailable when the call was given up', () => {
    const timeout = new DOMException('too long', 'TimeoutError');
    expect(forgeErrorOf(timeout, 0)).toMatchObject({ code: 'unavailable' });
    expect(forgeErrorOf(new TypeError('fetch failed'), 0)).toMatchObject({ code: 'unavailable' });
  });
});
