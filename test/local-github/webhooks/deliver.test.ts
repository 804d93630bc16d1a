import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const issue = (title: string) => world.rest('rob', 'POST', '/repos/acme/payments/issues', { title });
const log = async (query = '') => (await world.app('GET', `/app/hook/deliveries${query}`)).body;

describe('a delivery', () => {
  it('is signed and says where it comes from', async () => {
    await world.heard();
    await issue('signed');
    await world.idle();
    const [hook] = world.hooks;
    const signature = `sha256=${createHmac('sha256', 'development')
      .update(hook?.text ?? '')
      .digest('hex')}`;
    expect(hook?.headers).toMatchObject({
      'x-github-event': 'issues',
      'x-hub-signature-256': signature,
      'x-github-hook-installation-target-id': '7',
      'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(hook?.body).toMatchObject({
      action: 'opened',
      issue: { title: 'signed' },
      repository: { full_name: 'acme/payments', private: true },
      organization: { login: 'acme' },
      sender: { login: 'rob', type: 'User' },
      installation: { id: expect.any(Number), node_id: expect.any(String) },
    });
  });

  it('comes in the order in which things happened, also for what the App does itself', async () => {
    await world.heard();
    const { body } = await world.rest('gate', 'POST', '/repos/acme/payments/issues', { title: 'own' });
    const path = `/repos/acme/payments/issues/${numberAt(body, 'number')}`;
    await world.rest('rob', 'POST', `${path}/comments`, { body: 'one' });
    await world.rest('gate', 'PATCH', path, { title: 'renamed', state: 'closed' });
    expect(await world.heard()).toEqual([
      'issues.opened',
      'issue_comment.created',
      'issues.edited',
      'issues.closed',
    ]);
  });

  it('is not sent to Apps that did not subscribe', async () => {
    await issue('quiet');
    await world.idle();
    const jwtOfViewer = await world.send('GET', '/app/hook/deliveries', null);
    expect(jwtOfViewer.status).toBe(401);
    expect(world.hooks.every((hook) => hook.headers['x-github-hook-installation-target-id'] === '7')).toBe(
      true,
    );
  });

  it('that fails is logged and not tried again; a redelivery keeps the guid', async () => {
    await world.heard();
    world.hookAnswer.status = 503;
    await issue('lost');
    await world.idle();
    world.hookAnswer.status = 200;
    const guid = textAt(await log(), '0.guid');
    expect(at(await log(), '0')).toMatchObject({
      event: 'issues',
      action: 'opened',
      status_code: 503,
      redelivery: false,
    });
    expect(await world.heard()).toHaveLength(1);
    const id = numberAt(await log(), '0.id');
    expect((await world.app('POST', `/app/hook/deliveries/${id}/attempts`)).status).toBe(202);
    await world.idle();
    expect(world.hooks[0]?.headers['x-github-delivery']).toBe(guid);
    expect(at(await log(), '0')).toMatchObject({ guid, status_code: 200, redelivery: true });
    const full = await world.app('GET', `/app/hook/deliveries/${id}`);
    expect(full.body).toMatchObject({
      request: { payload: { issue: { title: 'lost' } } },
      response: { payload: 'heard' },
    });
  });

  it('to nobody is a failed one', async () => {
    const config = await world.app('GET', '/app/hook/config');
    await world.app('PATCH', '/app/hook/config', { url: 'http://127.0.0.1:1/' });
    await issue('unheard');
    await world.idle();
    expect(at(await log(), '0')).toMatchObject({ status_code: 502, status: 'failed to connect to host' });
    await world.app('PATCH', '/app/hook/config', { url: textAt(config.body, 'url') });
  });

  it('log is walked by a cursor', async () => {
    const first = await world.app('GET', '/app/hook/deliveries?per_page=2');
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await world.app('GET', `${new URL(next).pathname}${new URL(next).search}`);
    const all = column(await log('?per_page=4'), 'id');
    expect([...column(first.body, 'id'), ...column(second.body, 'id')]).toEqual(all);
  });
});
