import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const issueBy = (who: string) =>
  world.rest(who, 'POST', '/repos/acme/payments/issues', { title: 'x', labels: ['bug'] });

describe('a private repository', () => {
  it.each(['eve', 'outsider', 'linus'])('does not exist for %s', async (who) => {
    expect((await world.rest(who, 'GET', '/repos/acme/payments')).status).toBe(404);
    expect((await issueBy(who)).status).toBe(404);
  });

  it.each([
    ['mona', 'admin', 'admin'],
    ['ada', 'write', 'write'],
    ['barbara', 'write', 'write'],
    ['tess', 'read', 'triage'],
    ['rob', 'read', 'read'],
    ['eve', 'none', 'none'],
  ])('gives %s %s, by name %s', async (login, permission, role) => {
    const { body } = await world.rest(
      'gate',
      'GET',
      `/repos/acme/payments/collaborators/${login}/permission`,
    );
    expect(body).toMatchObject({ permission, role_name: role });
  });

  it('lets readers write issues but not files, and drops labels they may not set', async () => {
    expect((await issueBy('rob')).body).toMatchObject({ labels: [] });
    expect((await issueBy('tess')).body).toMatchObject({ labels: [{ name: 'bug' }] });
    const file = { message: 'x', content: 'eA==' };
    expect((await world.rest('rob', 'PUT', '/repos/acme/payments/contents/x', file)).status).toBe(403);
    expect((await world.rest('barbara', 'PUT', '/repos/acme/payments/contents/x', file)).status).toBe(201);
  });

  it('answers an App by its permissions', async () => {
    expect((await world.rest('viewer', 'GET', '/repos/acme/payments/issues')).status).toBe(200);
    const refused = await world.rest('viewer', 'POST', '/repos/acme/payments/issues', { title: 'x' });
    expect([refused.status, at(refused.body, 'message')]).toEqual([
      403,
      'Resource not accessible by integration',
    ]);
    expect((await world.rest('viewer', 'GET', '/repos/acme/payments/pulls')).status).toBe(403);
  });
});

describe('a public repository', () => {
  it('may be read by everybody and commented by every user', async () => {
    expect((await world.rest('anybody', 'GET', '/repos/acme/site')).status).toBe(200);
    expect((await world.rest('anybody', 'GET', '/repos/acme/site/contents/README.md')).status).toBe(200);
    expect((await world.rest('outsider', 'POST', '/repos/acme/site/issues', { title: 'x' })).status).toBe(
      201,
    );
    expect((await world.rest('anybody', 'POST', '/repos/acme/site/issues', { title: 'x' })).status).toBe(401);
  });
});

describe('a team', () => {
  const members = async (query = '') =>
    column((await world.rest('gate', 'GET', `/orgs/acme/teams/engineering/members${query}`)).body, 'login');

  it('lists the members of nested teams, without those who have not accepted', async () => {
    expect(await members()).toEqual(['ada', 'barbara', 'grace']);
    const { body } = await world.rest('gate', 'GET', '/orgs/acme/teams/engineering/members');
    expect(column(body, 'inherited')).toEqual([false, true, true]);
  });

  it('filters by role', async () => {
    const { body } = await world.rest('gate', 'GET', '/orgs/acme/teams/backend/members?role=maintainer');
    expect(column(body, 'login')).toEqual(['barbara']);
    expect(await members('?role=maintainer')).toEqual([]);
  });

  it.each([
    ['engineering', 'grace', 200, 'active'],
    ['qa', 'linus', 200, 'pending'],
    ['qa', 'ada', 404, undefined],
  ])('%s says of %s: %i %s', async (team, login, status, state) => {
    const answer = await world.rest('gate', 'GET', `/orgs/acme/teams/${team}/memberships/${login}`);
    expect([answer.status, at(answer.body, 'state')]).toEqual([status, state]);
  });

  it('is hidden from outsiders and from Apps without the permission; a secret one also from members', async () => {
    expect((await world.rest('outsider', 'GET', '/orgs/acme/teams/qa')).status).toBe(404);
    expect((await world.rest('viewer', 'GET', '/orgs/acme/teams/qa')).status).toBe(403);
    expect((await world.rest('eve', 'GET', '/orgs/acme/teams/hidden')).status).toBe(404);
    expect((await world.rest('mona', 'GET', '/orgs/acme/teams/hidden')).status).toBe(200);
  });

  it('that is secret is known to its members only, not even to an App with the permission', async () => {
    const listedFor = async (who: string) =>
      column((await world.rest(who, 'GET', '/orgs/acme/teams')).body, 'slug').includes('hidden');
    expect(await listedFor('mona')).toBe(true);
    expect(await listedFor('eve')).toBe(false);
    expect(await listedFor('gate')).toBe(false);
    expect((await world.rest('gate', 'GET', '/orgs/acme/teams/hidden')).status).toBe(404);
    const query =
      '{ organization(login: "acme") { team(slug: "hidden") { slug } teams(first: 9) { nodes { slug } } } }';
    const organization = at(await world.graphql('gate', query), 'data.organization');
    expect(at(organization, 'team')).toBeNull();
    expect(column(at(organization, 'teams.nodes'), 'slug')).not.toContain('hidden');
  });
});
