import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createQuota } from '../../src/github/quota.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { date, useFakeHost } from './fake-host.ts';

const hostNow = Date.parse(date);
const minute = 60_000;

const budget = (remaining: number, { limit = 5_000, resource = '', inMs = 20 * minute } = {}) => ({
  date,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String((hostNow + inMs) / 1000),
  ...(resource === '' ? {} : { 'x-ratelimit-resource': resource }),
});

describe('T17: a share of the hour is kept for decisions', () => {
  it.each([
    [5_000, 0],
    [1_000, 0],
    [999, 20 * minute + 1_000],
    [0, 20 * minute + 1_000],
  ])('with %i of 5,000 calls left, upkeep waits %i ms', (remaining, expected) => {
    const quota = createQuota(createManualClock());
    quota.note(budget(remaining), 'rest');
    expect(quota.spareTime()).toBe(expected);
  });

  it('ends with the hour, also where our clock is not the host’s (T20)', () => {
    const clock = createManualClock();
    clock.advance(-7 * 3_600_000);
    const quota = createQuota(clock);
    quota.note(budget(10), 'rest');
    clock.advance(20 * minute);
    expect(quota.spareTime()).toBe(1_000);
    clock.advance(1_000);
    expect(quota.spareTime()).toBe(0);
  });

  it('is judged for each resource, and the longest wait counts', () => {
    const quota = createQuota(createManualClock());
    quota.note(budget(10, { resource: 'core', inMs: 5 * minute }), 'rest');
    quota.note(budget(10, { resource: 'graphql', inMs: 30 * minute }), 'graphql');
    quota.note(budget(4_000, { resource: 'core', inMs: 5 * minute }), 'rest');
    expect(quota.spareTime()).toBe(30 * minute + 1_000);
    quota.note(budget(4_000, { inMs: 30 * minute }), 'graphql');
    expect(quota.spareTime()).toBe(0);
  });

  it.each([
    ['counts nothing', { date }],
    ['names no limit', { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }],
    ['tells no time', { ...budget(0), date: 'yesterday' }],
    ['says nonsense', { ...budget(0), 'x-ratelimit-remaining': 'few' }],
  ])('is nothing on a host that %s', (_, headers) => {
    const quota = createQuota(createManualClock());
    quota.note(headers, 'rest');
    expect(quota.spareTime()).toBe(0);
  });
});

describe('a connection knows the quota of the installation on a repository', () => {
  const fake = useFakeHost();
  const document = '{ viewer { login } }';

  it('from whatever answer, and shares it among all repositories of the installation', async () => {
    let answer = () => HttpResponse.json({ data: {} }, { headers: budget(10) });
    const connection = fake.start({
      graphql: () => answer(),
      rest: { 'GET /repos/other/web/installation': () => ({ id: 8 }) },
    });
    const spare = () =>
      ['acme/payments', 'acme/web', 'other/web'].map((name) => connection.spareTime(name) > 0);
    await connection.on('acme/web');
    await connection.on('other/web');
    await (await connection.on('acme/payments')).graphql(document, {}, 'read');
    expect(spare()).toEqual([true, true, false]);
    answer = () => HttpResponse.json({ message: 'Server Error' }, { status: 500, headers: budget(4_000) });
    const failing = (await connection.on('acme/payments')).graphql(document, {}, 'read');
    await expect(failing).rejects.toThrow('Server Error');
    expect(spare()).toEqual([false, false, false]);
  });

  it('and knows nothing of a repository that nobody asked about', () => {
    expect(fake.start({}).spareTime('acme/unknown')).toBe(0);
  });
});
