import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, headOf, numberAt, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

describe('a local GitHub', () => {
  it('says what it does not know', async () => {
    const { status, body } = await world.rest('mona', 'PUT', '/repos/acme/payments/topics', {});
    expect([status, at(body, 'message')]).toEqual([
      501,
      'Not implemented by this local GitHub: PUT /repos/acme/payments/topics',
    ]);
  });

  it('answers at the root as below /api/v3', async () => {
    expect((await world.send('GET', '/user', 'ghp_local_mona')).body).toEqual(
      (await world.rest('mona', 'GET', '/user')).body,
    );
  });

  it('tells the time by its own clock, and the budget', async () => {
    const { headers } = await world.rest('mona', 'GET', '/user');
    expect(headers.get('date')).toBe('Mon, 23 Nov 2026 09:00:00 GMT');
    expect(Number(headers.get('x-ratelimit-used'))).toBeGreaterThan(0);
    expect(headers.get('x-github-request-id')).toBeTruthy();
  });

  it('spares an unchanged answer, and its budget', async () => {
    const first = await world.rest('mona', 'GET', '/repos/acme/payments');
    const tag = first.headers.get('etag') ?? '';
    const again = await world.rest('mona', 'GET', '/repos/acme/payments', undefined, {
      'if-none-match': tag,
    });
    expect([again.status, again.body]).toEqual([304, '']);
    expect(again.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'));
    await world.rest('mona', 'POST', '/repos/acme/payments/issues', { title: 'x' });
    expect(
      (await world.rest('mona', 'GET', '/repos/acme/payments', undefined, { 'if-none-match': tag })).status,
    ).toBe(200);
  });

  it('refuses what is not JSON', async () => {
    const response = await fetch(`${world.url()}/repos/acme/payments/issues`, {
      method: 'POST',
      body: '{',
      headers: { authorization: 'token ghp_local_mona' },
    });
    expect([response.status, at(await response.json(), 'message')]).toEqual([400, 'Problems parsing JSON']);
  });

  it('keeps everything over a restart: ids, tokens, commits, the delivery log, verified marks', async () => {
    const made = await world.rest('gate', 'POST', '/repos/acme/payments/issues', { title: 'kept' });
    const path = `/repos/acme/payments/issues/${numberAt(made.body, 'number')}`;
    await world.rest('rob', 'POST', `${path}/comments`, { body: 'kept too' });
    const put = await world.rest('gate', 'PUT', '/repos/acme/payments/contents/k.txt', {
      message: 'Keep',
      content: 'aw==',
    });
    await world.idle();
    const before = (await world.app('GET', '/app/hook/deliveries')).body;
    await world.restart();
    const issue = await world.rest('gate', 'GET', path);
    expect([issue.status, at(issue.body, 'id'), at(issue.body, 'comments')]).toEqual([
      200,
      at(made.body, 'id'),
      1,
    ]);
    expect(await headOf(world, 'acme/payments')).toBe(at(put.body, 'commit.sha'));
    expect((await world.rest('rob', 'GET', '/repos/acme/payments/commits/main')).body).toMatchObject({
      commit: { verification: { verified: true } },
    });
    expect(column((await world.app('GET', '/app/hook/deliveries')).body, 'guid')).toEqual(
      column(before, 'guid'),
    );
    const next = await world.rest('gate', 'POST', '/repos/acme/payments/issues', { title: 'next' });
    expect(numberAt(next.body, 'id')).toBeGreaterThan(numberAt(made.body, 'id'));
  });
});
