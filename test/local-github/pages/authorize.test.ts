import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, startWorld, textAt, type World } from '../world.ts';
import { signedIn, visitor } from './visitor.ts';

const ground: { world: World } = { world: undefined as never };
beforeAll(async () => {
  ground.world = await startWorld();
});
afterAll(() => ground.world.end());

const callback = 'http://127.0.0.1:9/callback';
const clientId = 'Iv1.0000000000000007';
const verifier = 'a-verifier-of-more-than-forty-three-characters-0';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const wish = {
  client_id: clientId,
  redirect_uri: callback,
  state: 'xyz&=',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};
const address = (changes: Record<string, string> = {}) =>
  `/login/oauth/authorize?${new URLSearchParams({ ...wish, ...changes })}`;

/** Says yes, and returns what the App is told. */
async function agree(login: string, changes: Record<string, string> = {}): Promise<URLSearchParams> {
  const person = await signedIn(ground.world, login);
  const answered = await person.post('/login/oauth/authorize', { ...wish, answer: 'yes', ...changes });
  expect(answered.status).toBe(302);
  return new URL(answered.to ?? '').searchParams;
}

async function exchange(code: string | null, changes: Record<string, string> = {}) {
  const fields = {
    client_id: clientId,
    client_secret: 'gate-secret',
    code: code ?? '',
    code_verifier: verifier,
  };
  const response = await fetch(`${ground.world.url()}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ ...fields, ...changes }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

describe('an App asks to act for a person', () => {
  it('sends whoever is not signed in to sign in first, and back', async () => {
    const { to } = await visitor(ground.world).get(address());
    expect(to).toBe(`/login?return_to=${encodeURIComponent(address())}`);
  });

  it('asks, then hands over a token that acts for the person through the App for eight hours', async () => {
    const { world } = ground;
    const page = await (await signedIn(world, 'grace')).get(address());
    expect(page.text).toContain('gate asks to act for you');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9");
    const answer = await agree('grace');
    expect(answer.get('state')).toBe('xyz&=');
    const { status, body } = await exchange(answer.get('code'));
    expect([status, at(body, 'token_type'), at(body, 'expires_in')]).toEqual([200, 'bearer', 28_800]);
    const token = textAt(body, 'access_token');
    expect(at((await world.send('GET', '/api/v3/user', token)).body, 'login')).toBe('grace');
    world.clock.now = new Date(world.clock.now.getTime() + 28_801_000);
    expect((await world.send('GET', '/api/v3/user', token)).status).toBe(401);
  });

  it('tells the App when the person says no', async () => {
    const grace = await signedIn(ground.world, 'grace');
    const { to } = await grace.post('/login/oauth/authorize', { ...wish, answer: 'no' });
    expect(new URL(to ?? '').searchParams.get('error')).toBe('access_denied');
  });

  it.each([
    [{ client_id: 'Iv1.unknown' }],
    [{ redirect_uri: `${callback}/more` }],
    [{ redirect_uri: `${callback}?more` }],
    [{ redirect_uri: 'http://evil.example/callback' }],
    [{ redirect_uri: 'javascript:alert(1)' }],
    [{ code_challenge_method: 'plain' }],
    [{ code_challenge: 'short' }],
    [{ client_id: 'Iv1.0000000000000008', redirect_uri: '' }],
  ])('leads nowhere with %j', async (changes) => {
    const grace = await signedIn(ground.world, 'grace');
    expect((await grace.get(address(changes))).status).toBe(400);
    const posted = await grace.post('/login/oauth/authorize', { ...wish, answer: 'yes', ...changes });
    expect([posted.status, posted.to]).toEqual([400, null]);
  });
});

describe('a code', () => {
  const errorOf = async (code: string | null, changes: Record<string, string> = {}) =>
    at((await exchange(code, changes)).body, 'error');

  it('is good once', async () => {
    const code = (await agree('ada')).get('code');
    expect(at((await exchange(code)).body, 'error')).toBe(undefined);
    expect(await errorOf(code)).toBe('bad_verification_code');
  });

  it('is good for ten minutes', async () => {
    const code = (await agree('ada')).get('code');
    ground.world.clock.now = new Date(ground.world.clock.now.getTime() + 600_001);
    expect(await errorOf(code)).toBe('bad_verification_code');
  });

  it.each([
    ['another verifier', { code_verifier: 'b' }, 'bad_verification_code'],
    ['no verifier', { code_verifier: '' }, 'bad_verification_code'],
    ['another secret', { client_secret: 'guess' }, 'incorrect_client_credentials'],
    ['an App without a secret', { client_id: 'Iv1.0000000000000008' }, 'incorrect_client_credentials'],
    ['another address', { redirect_uri: `${callback}2` }, 'redirect_uri_mismatch'],
    ['another way', { grant_type: 'refresh_token' }, 'unsupported_grant_type'],
  ])('is nothing with %s', async (_name, changes, error) => {
    expect(await errorOf((await agree('ada')).get('code'), changes)).toBe(error);
  });

  it('may come without PKCE, as GitHub lets it, and is answered as a form unless JSON is asked for', async () => {
    const none = { code_challenge: '', code_challenge_method: '' };
    const code = (await agree('ada', none)).get('code') ?? '';
    const response = await fetch(`${ground.world.url()}/login/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: '*/*' },
      body: JSON.stringify({ client_id: clientId, client_secret: 'gate-secret', code }),
    });
    expect(new URLSearchParams(await response.text()).get('access_token')).toMatch(/^ghu_/);
  });
});

describe('a token', () => {
  const revoke = (token: string, proof: string) =>
    fetch(`${ground.world.url()}/api/v3/applications/${clientId}/token`, {
      method: 'DELETE',
      headers: { authorization: `Basic ${Buffer.from(proof).toString('base64')}` },
      body: JSON.stringify({ access_token: token }),
    });

  it('is given back by the App it was made for, and by nobody else', async () => {
    const { world } = ground;
    const { body } = await exchange((await agree('ada')).get('code'));
    const token = textAt(body, 'access_token');
    const status = async () => (await world.send('GET', '/api/v3/user', token)).status;
    expect((await revoke(token, `${clientId}:guess`)).status).toBe(404);
    expect((await revoke(token, `Iv1.0000000000000008:`)).status).toBe(404);
    expect(await status()).toBe(200);
    expect((await revoke(token, `${clientId}:gate-secret`)).status).toBe(204);
    expect(await status()).toBe(401);
    expect((await revoke(token, `${clientId}:gate-secret`)).status).toBe(404);
  });
});
