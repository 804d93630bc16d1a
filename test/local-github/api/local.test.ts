import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const local = (name: string, body: object) => world.send('POST', `/_local/${name}`, null, body);
const teams = '/orgs/acme/teams/qa/memberships';

describe('what people do outside the API', () => {
  it('joining and leaving a team is told', async () => {
    await world.heard();
    expect((await local('team-member', { organization: 'acme', team: 'qa', login: 'eve' })).status).toBe(204);
    expect((await world.rest('gate', 'GET', `${teams}/eve`)).body).toMatchObject({ state: 'active' });
    await local('team-member', { organization: 'acme', team: 'qa', login: 'eve', remove: true });
    expect((await world.rest('gate', 'GET', `${teams}/eve`)).status).toBe(404);
    expect(await world.heard()).toEqual(['membership.added', 'membership.removed']);
  });

  it('installing an App on one more account is told, once', async () => {
    await world.heard();
    const first = await local('install', { app: 'gate', account: 'outsider' });
    expect(first.body).toMatchObject({ account: { login: 'outsider' }, target_type: 'User' });
    expect(at((await local('install', { app: 'gate', account: 'outsider' })).body, 'id')).toBe(
      at(first.body, 'id'),
    );
    expect(await world.heard()).toEqual(['installation.created']);
    expect(column((await world.app('GET', '/app/installations')).body, 'account.login')).toEqual([
      'acme',
      'outsider',
    ]);
  });

  it('setting an environment up is all of its settings, and told to nobody', async () => {
    const place = '/repos/acme/payments/environments/harbour';
    const settings = { repository: 'acme/payments', name: 'harbour' };
    await world.heard();
    expect((await local('environment', { ...settings, 'admins-bypass': false })).status).toBe(204);
    const found = (await world.rest('ada', 'GET', place)).body;
    expect(found).toMatchObject({ can_admins_bypass: false, deployment_branch_policy: null });
    await local('environment', { ...settings, 'protection-rules': ['gate'], branches: 'protected' });
    const now = (await world.rest('ada', 'GET', place)).body;
    expect(now).toMatchObject({ id: at(found, 'id'), can_admins_bypass: true });
    expect(at(now, 'deployment_branch_policy.protected_branches')).toBe(true);
    expect(await world.heard()).toEqual([]);
    const nowhere = { repository: 'acme/none', name: 'harbour' };
    expect((await local('environment', nowhere)).status).toBe(404);
    expect((await local('environment', { ...settings, branches: 'some' })).status).toBe(422);
  });

  it('names nobody who is not there', async () => {
    expect((await local('user-token', { login: 'nobody', app: 'gate' })).status).toBe(404);
    expect((await local('user-token', { login: 'ada' })).status).toBe(422);
  });
});

describe('a locked conversation', () => {
  it('takes comments from writers only', async () => {
    const { body } = await world.rest('gate', 'POST', '/repos/acme/payments/issues', { title: 'x' });
    const path = new URL(textAt(body, 'url')).pathname.replace('/api/v3', '');
    expect((await world.rest('rob', 'PUT', `${path}/lock`)).status).toBe(403);
    expect((await world.rest('ada', 'PUT', `${path}/lock`)).status).toBe(204);
    const say = async (who: string) =>
      (await world.rest(who, 'POST', `${path}/comments`, { body: 'x' })).status;
    expect([await say('rob'), await say('ada')]).toEqual([403, 201]);
    await world.rest('ada', 'DELETE', `${path}/lock`);
    expect(await say('rob')).toBe(201);
  });
});
