import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, jsonWebToken, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

describe('an App', () => {
  it('is known by its id and by its client id', async () => {
    const { body } = await world.app('GET', '/app');
    expect(body).toMatchObject({ id: 7, slug: 'gate', permissions: { checks: 'write', metadata: 'read' } });
    const token = jsonWebToken(world.key('gate'), world.clock.now, { iss: textAt(body, 'client_id') });
    expect((await world.send('GET', '/app', token)).status).toBe(200);
  });

  it.each([
    ['expired', { exp: 1_000 }],
    ['too long', { exp: Date.parse('2026-11-23T09:30:00Z') / 1000 }],
    ['from the future', { iat: Date.parse('2026-11-23T09:10:00Z') / 1000 }],
    ['of an unknown issuer', { iss: '999' }],
    ['without an end', { exp: undefined }],
  ])('is refused with a token %s', async (_case, claims) => {
    const token = jsonWebToken(world.key('gate'), world.clock.now, claims);
    expect((await world.send('GET', '/app', token)).status).toBe(401);
  });

  it("is refused when it signs with another App's key", async () => {
    const token = jsonWebToken(world.key('viewer'), world.clock.now, { iss: '7' });
    expect((await world.send('GET', '/app', token)).status).toBe(401);
  });

  it('finds its installation by repository, organization and account', async () => {
    for (const path of ['/repos/acme/payments', '/orgs/acme', '/users/acme'])
      expect((await world.app('GET', `${path}/installation`)).body).toMatchObject({
        app_slug: 'gate',
        target_type: 'Organization',
      });
    expect((await world.app('GET', '/users/mona/installation')).status).toBe(404);
  });

  it('cannot mint a token for the installation of another', async () => {
    const jwt = jsonWebToken(world.key('viewer'), world.clock.now, { iss: '8' });
    const id = at((await world.app('GET', '/app/installations')).body, '0.id');
    expect((await world.send('POST', `/app/installations/${id}/access_tokens`, jwt)).status).toBe(404);
  });
});

describe('an installation token', () => {
  it('lists its repositories and is opaque', async () => {
    const token = await world.mint(7, 'gate');
    expect(token).toMatch(/^ghs_[A-Za-z0-9]{36,}$/);
    const { body } = await world.send('GET', '/installation/repositories', token);
    expect(column(at(body, 'repositories'), 'full_name')).toEqual([
      'acme/payments',
      'acme/site',
      'acme/empty',
    ]);
  });

  it('narrowed to a repository and a permission can do nothing else', async () => {
    const token = await world.mint(7, 'gate', { repositories: ['site'], permissions: { issues: 'write' } });
    expect((await world.send('GET', '/repos/acme/payments', token)).status).toBe(404);
    const commit = await world.send('POST', '/repos/acme/site/git/blobs', token, { content: 'x' });
    expect(commit.status).toBe(403);
    expect(at(commit.body, 'message')).toBe('Resource not accessible by integration');
    expect((await world.send('POST', '/repos/acme/site/issues', token, { title: 'x' })).status).toBe(201);
  });

  it('cannot be widened', async () => {
    const id = at((await world.app('GET', '/app/installations')).body, '0.id');
    const wish = { permissions: { administration: 'write' } };
    expect((await world.app('POST', `/app/installations/${id}/access_tokens`, wish)).status).toBe(422);
  });

  it('ends after an hour', async () => {
    const token = await world.mint(7, 'gate');
    const before = world.clock.now;
    world.clock.now = new Date(before.getTime() + 3_601_000);
    expect((await world.send('GET', '/installation/repositories', token)).status).toBe(401);
    world.clock.now = before;
  });
});

describe('a request', () => {
  it('with wrong credentials is refused, even for what everybody may read', async () => {
    const { status, body } = await world.send('GET', '/repos/acme/site', 'ghp_local_nobody');
    expect([status, at(body, 'message')]).toEqual([401, 'Bad credentials']);
  });

  it('may use any spelling of the scheme', async () => {
    for (const authorization of [
      'token ghp_local_mona',
      'BEARER ghp_local_mona',
      `basic ${Buffer.from('x:ghp_local_mona').toString('base64')}`,
    ]) {
      const { body } = await world.send('GET', '/user', null, undefined, { authorization });
      expect(at(body, 'login')).toBe('mona');
    }
  });

  it("cannot use a bot's name as a token", async () => {
    expect((await world.send('GET', '/user', 'ghp_local_gate[bot]')).status).toBe(401);
  });
});
