import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, startWorld, text, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const inRepository = (fields: string) => `{ repository(owner: "acme", name: "payments") { ${fields} } }`;

describe('a repository', () => {
  it('shows itself and its default branch', async () => {
    const answer = await world.ask(
      'gate',
      inRepository(
        'nameWithOwner isPrivate owner { __typename login } defaultBranchRef { name target { __typename oid } }',
      ),
    );
    expect(at(answer, 'data.repository')).toMatchObject({
      nameWithOwner: 'acme/payments',
      isPrivate: true,
      owner: { __typename: 'Organization', login: 'acme' },
      defaultBranchRef: { name: 'main', target: { __typename: 'Commit' } },
    });
  });

  it('has one node id in REST and GraphQL', async () => {
    const rest = await world.rest('gate', 'GET', '/repos/acme/payments');
    const answer = await world.ask('gate', inRepository('id databaseId'));
    expect(at(answer, 'data.repository')).toEqual({
      id: at(rest.body, 'node_id'),
      databaseId: at(rest.body, 'id'),
    });
  });

  it('lists who has a role there, by grant or by team, to those who may ask', async () => {
    const fields =
      'collaborators(first: 10) { totalCount nodes { login } edges { permission node { login } } }';
    const answer = await world.ask('gate', inRepository(fields));
    const edges = at(answer, 'data.repository.collaborators.edges') as readonly {
      readonly permission: string;
      readonly node: { readonly login: string };
    }[];
    const roles = Object.fromEntries(edges.map(({ permission, node }) => [node.login, permission]));
    expect(roles).toMatchObject({ mona: 'ADMIN', ada: 'WRITE' });
    expect(roles).not.toHaveProperty('eve');
  });

  it('reads files and folders of any revision', async () => {
    const answer = await world.ask(
      'gate',
      inRepository(`
        file: object(expression: "main:releases/one.yml") { ... on Blob { text byteSize isBinary } }
        folder: object(expression: "main:releases") { ... on Tree { entries { name path mode type } } }
        nothing: object(expression: "main:nowhere") { oid }
        sneaky: object(expression: "main\\nmain") { oid }`),
    );
    expect(at(answer, 'data.repository')).toEqual({
      file: { text: 'release: one\n', byteSize: 13, isBinary: false },
      folder: { entries: [{ name: 'one.yml', path: 'releases/one.yml', mode: 33188, type: 'blob' }] },
      nothing: null,
      sneaky: null,
    });
  });

  it('does not exist for those who may not see it', async () => {
    const answer = await world.ask('eve', inRepository('id'));
    expect(answer).toMatchObject({
      data: { repository: null },
      errors: [
        { type: 'NOT_FOUND', path: ['repository'], message: expect.stringContaining("'acme/payments'") },
      ],
    });
  });

  it('refuses what the App has no permission for, field by field', async () => {
    const answer = await world.ask('visitor', inRepository('nameWithOwner issues(first: 1) { totalCount } '));
    expect(answer).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    });
  });
});

describe('a team', () => {
  const team = (slug: string, args: string) =>
    `{ organization(login: "acme") { databaseId team(slug: "${slug}") { slug privacy parentTeam { slug } members(first: 10${args}) { totalCount nodes { login } edges { role } } } } }`;

  it('has the members of nested teams, but nobody who has not accepted yet', async () => {
    const answer = await world.ask('gate', team('engineering', ''));
    expect(at(answer, 'data.organization.team.members')).toEqual({
      totalCount: 2,
      nodes: [{ login: 'ada' }, { login: 'grace' }],
      edges: [{ role: 'MEMBER' }, { role: 'MEMBER' }],
    });
  });

  it.each([
    ['IMMEDIATE', ['ada']],
    ['CHILD_TEAM', ['grace']],
  ])('tells %s members apart', async (membership, logins) => {
    const answer = await world.ask('gate', team('engineering', `, membership: ${membership}`));
    expect(at(answer, 'data.organization.team.members.nodes')).toEqual(logins.map((login) => ({ login })));
  });

  it('names the team it is nested in', async () => {
    const answer = await world.ask('gate', team('qa', ''));
    expect(at(answer, 'data.organization.team')).toMatchObject({
      privacy: 'VISIBLE',
      parentTeam: { slug: 'engineering' },
    });
  });

  it('is hidden from an App without the members permission', async () => {
    const answer = await world.ask('visitor', team('qa', ''));
    expect(answer).toMatchObject({
      data: { organization: { team: null } },
      errors: [{ type: 'FORBIDDEN', path: ['organization', 'team'] }],
    });
  });
});

describe('who is asking', () => {
  it('is told so', async () => {
    const viewer = '{ viewer { login databaseId } rateLimit { limit remaining } }';
    expect(at(await world.ask('ada', viewer), 'data.viewer.login')).toBe('ada');
    expect(at(await world.ask('gate', viewer), 'data.viewer.login')).toBe('gate[bot]');
  });

  it('must be somebody', async () => {
    expect((await world.raw('nonsense', { query: '{ viewer { login } }' })).status).toBe(401);
  });

  it('gets the time and the budget in the headers', async () => {
    const { headers, status } = await world.raw('ghp_local_ada', { query: '{ viewer { login } }' });
    expect(status).toBe(200);
    expect(headers.get('date')).toBeTruthy();
    expect(headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
  });
});

describe('a request that makes no sense', () => {
  it.each([
    ['a field that is not offered', { query: '{ viewer { bio } }' }],
    ['a missing page size type', { query: '{ repository(owner: 1, name: "x") { id } }' }],
    ['a syntax error', { query: '{ viewer {' }],
  ])('is answered with errors and no data: %s', async (_, body) => {
    const answer = await world.raw('ghp_local_ada', body);
    expect(answer.status).toBe(200);
    expect(at(answer.body, 'errors.0.message')).toBeTruthy();
    expect(at(answer.body, 'data')).toBeUndefined();
  });

  it.each([[{}], [{ query: 5 }], [[]], ['text']])('is refused: %j', async (body) => {
    expect((await world.raw('ghp_local_ada', body)).status).toBe(400);
  });

  it('does not resolve ids it never issued', async () => {
    const answer = await world.ask('ada', '{ node(id: "I_bm9uc2Vuc2U") { id } nodes(ids: ["x"]) { id } }');
    expect(at(answer, 'data')).toEqual({ node: null, nodes: [null] });
    expect(at(answer, 'errors.0.type')).toBe('NOT_FOUND');
  });
});

describe('node', () => {
  it('finds by id what REST shows, and only for those who may see it', async () => {
    const made = await world.rest('ada', 'POST', '/repos/acme/payments/issues', {
      title: 'One',
      body: 'text',
    });
    const id = text(made.body, 'node_id');
    const query =
      'query($id: ID!) { node(id: $id) { __typename id ... on Issue { number title databaseId } } }';
    expect(at(await world.ask('gate', query, { id }), 'data.node')).toEqual({
      __typename: 'Issue',
      id,
      number: at(made.body, 'number'),
      title: 'One',
      databaseId: at(made.body, 'id'),
    });
    expect(await world.ask('eve', query, { id })).toMatchObject({
      data: { node: null },
      errors: [{ type: 'NOT_FOUND' }],
    });
    expect(await world.ask('visitor', query, { id })).toMatchObject({ errors: [{ type: 'FORBIDDEN' }] });
  });
});
