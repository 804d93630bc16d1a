import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localAddress } from '../../../src/local-github/pages/sign-in.tsx';
import { startWorld, type World } from '../world.ts';
import { signedIn, visitor } from './visitor.ts';

const ground: { world: World } = { world: undefined as never };
beforeAll(async () => {
  ground.world = await startWorld();
});
afterAll(() => ground.world.end());

describe('signing in', () => {
  it('says that it is a stand-in, offers people and leads to where they wanted to go', async () => {
    const ada = visitor(ground.world);
    expect((await ada.get('/acme/payments')).to).toBe('/login?return_to=%2Facme%2Fpayments');
    const page = await ada.get('/login?return_to=%2Facme%2Fpayments');
    expect(page.text).toContain('local stand-in');
    expect(page.text).toContain('value="grace"');
    expect(page.text).not.toMatch(/value="(?:acme|robo|gate\[bot\])"/);
    const entered = await ada.post('/login', { login: 'ada', return_to: '/acme/payments' });
    expect([entered.status, entered.to]).toEqual([303, '/acme/payments']);
    expect(entered.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; /);
    expect((await ada.get('/acme/payments')).text).toContain('Sign out');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '', '/a b'])(
    'never leads to %j',
    (address) => {
      expect(localAddress(address)).toBe('/');
    },
  );

  it('outlives a restart, ends after 14 days and at sign-out', async () => {
    const { world } = ground;
    const ada = await signedIn(world, 'ada');
    const mona = await signedIn(world, 'mona');
    await world.restart();
    // Another port: the cookie has another name there, and the same signature.
    const port = new URL(world.url()).port;
    for (const one of [ada, mona]) one.jar.cookie = one.jar.cookie.replace(/_\d+=/, `_${port}=`);
    expect((await ada.get('/acme/payments')).status).toBe(200);
    await mona.post('/logout');
    expect((await mona.get('/acme/payments')).status).toBe(303);
    world.clock.now = new Date(world.clock.now.getTime() + 14 * 86_400_000 + 1000);
    expect((await ada.get('/acme/payments')).status).toBe(303);
  });

  it.each([
    ['somebody else', (cookie: string) => cookie.replace(/\.\d+\./, '.10001.')],
    ['a later end', (cookie: string) => cookie.replace(/\.(\d+)\.([^.]+)$/, '.9999999999.$2')],
    ['no signature', (cookie: string) => cookie.replace(/[^.]+$/, '')],
  ])('does not take a session that was changed: %s', async (_name, change) => {
    const ada = await signedIn(ground.world, 'ada');
    expect((await ada.get('/acme/payments')).status).toBe(200);
    ada.jar.cookie = change(ada.jar.cookie);
    expect((await ada.get('/acme/payments')).status).toBe(303);
  });
});

describe('forms', () => {
  const form = { body: 'Hello' };

  it('count only with the token of the same session', async () => {
    const { world } = ground;
    const issue = await world.rest('ada', 'POST', '/repos/acme/payments/issues', { title: 'Forms' });
    expect(issue.status).toBe(201);
    const ada = await signedIn(world, 'ada');
    const mona = await signedIn(world, 'mona');
    const to = '/acme/payments/issues/1/comments';
    expect((await ada.post(to, { ...form, form_token: '' })).status).toBe(403);
    expect((await ada.post(to, { ...form, form_token: await mona.token() })).status).toBe(403);
    expect((await ada.post(to, form, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await ada.send(to, { method: 'POST', body: 'not a form' })).status).toBe(403);
    const counted = await world.rest('ada', 'GET', '/repos/acme/payments/issues/1/comments');
    expect(counted.body).toEqual([]);
    expect((await ada.post(to, form, { origin: world.url() })).status).toBe(303);
  });
});

describe('pages', () => {
  it('run no script of their own making and may not be framed', async () => {
    const page = await (await signedIn(ground.world, 'ada')).get('/acme/payments');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.text).not.toMatch(/<script(?! src="\/_local\/pages\/live\.js" defer="")|\son\w+=|style="/);
  });

  it('answer 304 where the browser has it already', async () => {
    const ada = await signedIn(ground.world, 'ada');
    const tag = (await ada.get('/acme/payments')).headers.get('etag') ?? '';
    expect((await ada.get('/acme/payments', { 'if-none-match': tag })).status).toBe(304);
  });

  it('leave the interface of programs as it was', async () => {
    const { world } = ground;
    const plain = (path: string) => world.send('GET', path, 'ghp_local_ada');
    expect((await plain('/user')).headers.get('content-type')).toContain('json');
    expect((await plain('/repos/acme/payments')).headers.get('content-type')).toContain('json');
    expect((await plain('/_local/unknown')).status).toBe(501);
    expect((await visitor(world).get('/')).headers.get('content-type')).toContain('html');
    expect((await visitor(world).get('/_local')).text).toContain('ghp_local_grace');
  });

  it('hide what somebody may not see', async () => {
    const outsider = await signedIn(ground.world, 'outsider');
    for (const path of ['', '/issues', '/issues/1', '/commits/main', '/raw/main/README.md', '/nowhere'])
      expect((await outsider.get(`/acme/payments${path}`)).status).toBe(404);
    expect((await outsider.get('/acme/nowhere')).status).toBe(404);
    expect((await outsider.get('/')).text).not.toContain('acme/payments');
    expect((await visitor(ground.world).get('/acme/site')).status).toBe(200);
  });
});
