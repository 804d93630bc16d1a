import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/github/connection.ts';
import { hostOf } from '../../src/github/host.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { date, useFakeHost } from './fake-host.ts';

const fake = useFakeHost();

const document = '{ viewer { login } }';
const ask = async (connection: Connection) =>
  (await connection.on('acme/payments')).graphql(document, {}, 'read');
const failing = (status: number, body: object, headers: Record<string, string> = {}) =>
  HttpResponse.json(body, { status, headers: { date, ...headers } });

const failureOf = async (call: Promise<unknown>): Promise<ForgeError> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ForgeError) return error;
  throw error ?? new Error('The call did not fail.');
};

describe('a connection', () => {
  it('asks for the installation and its token once', async () => {
    const connection = fake.start({
      graphql: () => ({ data: { viewer: { login: 'x' } } }),
      rest: { 'GET /repos/acme/payments/installation': () => ({ id: 12 }) },
    });
    expect(await ask(connection)).toMatchObject({
      data: { viewer: { login: 'x' } },
      at: '2026-11-23T09:00:00Z',
    });
    await ask(connection);
    await connection.tokenFor('acme/payments');
    expect(fake.calls).toEqual(['GET /repos/acme/payments/installation', 'graphql', 'graphql']);
    expect(fake.tokens()).toBe(1);
  });

  it('is forbidden where the App is not installed, and asks again later', async () => {
    let installed = false;
    const connection = fake.start({
      graphql: () => ({ data: {} }),
      rest: {
        'GET /repos/acme/payments/installation': () =>
          installed ? { id: 12 } : failing(404, { message: 'Not Found' }),
      },
    });
    expect(await failureOf(ask(connection))).toMatchObject({
      code: 'forbidden',
      message: 'The App is not installed on acme/payments.',
    });
    installed = true;
    await ask(connection);
  });

  it('asks for the installation anew after a refusal', async () => {
    let id = 12;
    const connection = fake.start({
      graphql: () =>
        id === 12 ? failing(403, { message: 'Resource not accessible by integration' }) : { data: {} },
      rest: { 'GET /repos/acme/payments/installation': () => ({ id }) },
    });
    expect((await failureOf(ask(connection))).code).toBe('forbidden');
    id = 13;
    await ask(connection);
    expect(fake.calls.filter((call) => call.endsWith('/installation'))).toHaveLength(2);
  });

  it('is forbidden, not merely unfound, once the App was taken away', async () => {
    const connection = fake.start({
      rest: {
        'GET /repos/acme/payments/installation': () => ({ id: 12 }),
        'POST /app/installations/12/access_tokens': () => failing(404, { message: 'Not Found' }),
      },
    });
    expect((await failureOf(ask(connection))).code).toBe('forbidden');
    expect((await failureOf(connection.tokenFor('acme/payments'))).code).toBe('forbidden');
    expect(fake.calls.filter((call) => call.endsWith('/installation'))).toHaveLength(2);
  });

  it('sends the version of the API and no token in what it throws', async () => {
    const connection = fake.start({ graphql: () => failing(500, { message: 'Server Error' }) });
    const error = await failureOf(ask(connection));
    expect(error.code).toBe('unavailable');
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('ghs_secret');
  });
});

describe('limits', () => {
  it('keep everybody away for as long as the host says', async () => {
    const clock = createManualClock();
    let limited = true;
    const answer = () =>
      limited
        ? failing(403, { message: 'You have exceeded a secondary rate limit.' }, { 'retry-after': '30' })
        : { data: {} };
    const connection = fake.start({ graphql: answer }, undefined, clock);
    expect(await failureOf(ask(connection))).toMatchObject({ code: 'unavailable', retryAfterMs: 30_000 });
    limited = false;
    clock.advance(10_000);
    expect(await failureOf(ask(connection))).toMatchObject({ code: 'unavailable', retryAfterMs: 20_000 });
    expect(fake.calls).toEqual(['graphql']);
    clock.advance(20_000);
    await ask(connection);
    expect(fake.calls).toEqual(['graphql', 'graphql']);
  });

  it('are waited for until the quota is new', async () => {
    const reset = String(Date.parse('2026-11-23T09:10:00Z') / 1000);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const body = { data: null, errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] };
    const connection = fake.start({
      graphql: () => HttpResponse.json(body, { headers: { date, ...headers } }),
    });
    expect(await failureOf(ask(connection))).toMatchObject({ code: 'unavailable', retryAfterMs: 601_000 });
  });
});

describe('failures', () => {
  it.each([
    [502, 'unavailable'],
    [404, 'not-found'],
    [422, 'invalid'],
    [501, 'invalid'],
    [409, 'unavailable'],
    [403, 'forbidden'],
  ])('%i is %s, after one call', async (status, code) => {
    const route = 'GET /repos/acme/payments/activity';
    const connection = fake.start({ rest: { [route]: () => failing(status, { message: 'no' }) } });
    const caller = await connection.on('acme/payments');
    expect((await failureOf(caller.rest('GET /repos/acme/payments/activity', {}, 'read'))).code).toBe(code);
    expect(fake.calls).toEqual([route]);
  });

  it('a broken connection is unavailable', async () => {
    const connection = fake.start({ graphql: () => HttpResponse.error() });
    expect((await failureOf(ask(connection))).code).toBe('unavailable');
  });

  it('an answer without data is a failure, whatever its status', async () => {
    const connection = fake.start({
      graphql: () => ({ errors: [{ message: 'Something went wrong while executing your query.' }] }),
    });
    expect((await failureOf(ask(connection))).code).toBe('unavailable');
  });

  it('an answer without a time cannot be judged (T20)', async () => {
    const connection = fake.start({ graphql: () => HttpResponse.json({ data: {} }) });
    expect((await failureOf(ask(connection))).code).toBe('unavailable');
  });
});

describe('spacing', () => {
  it('starts writes to github.com a second apart, and lets reads pass', async () => {
    const clock = createManualClock();
    const connection = fake.start({ graphql: () => ({ data: {} }) }, hostOf({}), clock);
    const caller = await connection.on('acme/payments');
    await caller.graphql(document, {}, 'notification');
    const write = caller.graphql(document, {}, 'write');
    const notification = caller.graphql(document, {}, 'notification');
    await caller.graphql(document, {}, 'read');
    expect(fake.calls).toEqual(['graphql', 'graphql']);
    expect(clock.pending()).toEqual([1000, 3000]);
    clock.advance(1000);
    await write;
    clock.advance(2000);
    await notification;
    expect(fake.calls).toHaveLength(4);
  });

  it('is none for a host of one’s own', async () => {
    const clock = createManualClock();
    const caller = await fake.start({ graphql: () => ({ data: {} }) }, undefined, clock).on('acme/payments');
    await caller.graphql(document, {}, 'notification');
    await caller.graphql(document, {}, 'notification');
    expect(clock.pending()).toEqual([]);
  });
});
