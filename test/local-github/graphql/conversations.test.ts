import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, startWorld, text, type World } from './world.ts';

let world: World;
let issue: { readonly id: string; readonly number: number };
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const repositoryId = async () =>
  text(
    await world.ask('gate', '{ repository(owner: "acme", name: "payments") { id } }'),
    'data.repository.id',
  );

const createIssue =
  'mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { id number author { __typename login } state body parent { number } } } }';

async function newIssue(extra: object = {}) {
  const input = { repositoryId: await repositoryId(), title: 'Approve', body: 'Please', ...extra };
  const answer = await world.ask('gate', createIssue, { input });
  expect(at(answer, 'errors')).toBeUndefined();
  return {
    id: text(answer, 'data.createIssue.issue.id'),
    number: Number(at(answer, 'data.createIssue.issue.number')),
  };
}

beforeEach(async () => {
  issue = await newIssue();
});

const say = (who: string, body: string) =>
  world.rest(who, 'POST', `/repos/acme/payments/issues/${issue.number}/comments`, { body });

const seen = async (fields: string) => {
  const query = `query($id: ID!) { node(id: $id) { ... on Issue { ${fields} } } }`;
  const answer = await world.ask('gate', query, { id: issue.id });
  expect(at(answer, 'errors')).toBeUndefined();
  return at(answer, 'data.node');
};

describe('comments', () => {
  it('show who wrote them, and that nobody touched them since', async () => {
    const posted = await say('grace', '/approve');
    expect(
      await seen(
        'comments(first: 10) { totalCount nodes { id databaseId body author { __typename login ... on User { databaseId } } lastEditedAt editor { login } includesCreatedEdit createdViaEmail isMinimized viewerDidAuthor url createdAt } }',
      ),
    ).toMatchObject({
      comments: {
        totalCount: 1,
        nodes: [
          {
            id: at(posted.body, 'node_id'),
            databaseId: at(posted.body, 'id'),
            body: '/approve',
            author: { __typename: 'User', login: 'grace', databaseId: at(posted.body, 'user.id') },
            lastEditedAt: null,
            editor: null,
            includesCreatedEdit: false,
            createdViaEmail: false,
            isMinimized: false,
            viewerDidAuthor: false,
            url: at(posted.body, 'html_url'),
            createdAt: '2026-11-23T09:00:00Z',
          },
        ],
      },
    });
  });

  it('show who edited them, also when it was not the author', async () => {
    const posted = await say('grace', 'a question');
    world.clock.now = new Date('2026-11-23T09:05:07.900Z');
    await world.rest('mona', 'PATCH', `/repos/acme/payments/issues/comments/${at(posted.body, 'id')}`, {
      body: '/approve',
    });
    expect(
      await seen(
        'comments(first: 1) { nodes { body author { login } editor { login } lastEditedAt includesCreatedEdit } }',
      ),
    ).toEqual({
      comments: {
        nodes: [
          {
            body: '/approve',
            author: { login: 'grace' },
            editor: { login: 'mona' },
            lastEditedAt: '2026-11-23T09:05:07Z',
            includesCreatedEdit: true,
          },
        ],
      },
    });
  });

  it('leave a trace in the timeline when they are deleted', async () => {
    const posted = await say('grace', '/reject no');
    await say('ada', 'still here');
    await world.rest('mona', 'DELETE', `/repos/acme/payments/issues/comments/${at(posted.body, 'id')}`);
    const timeline =
      'timelineItems(first: 10) { totalCount nodes { __typename ... on CommentDeletedEvent { actor { login } deletedCommentAuthor { login } databaseId } } } comments(first: 5) { totalCount } deleted: timelineItems(first: 10, itemTypes: [COMMENT_DELETED_EVENT]) { totalCount }';
    expect(await seen(timeline)).toMatchObject({
      comments: { totalCount: 1 },
      deleted: { totalCount: 1 },
      timelineItems: {
        totalCount: 2,
        nodes: [
          { __typename: 'IssueComment' },
          {
            __typename: 'CommentDeletedEvent',
            actor: { login: 'mona' },
            deletedCommentAuthor: { login: 'grace' },
          },
        ],
      },
    });
  });

  it('tell when they came by e-mail', async () => {
    const mail = { repository: 'acme/payments', issue: issue.number, login: 'grace', body: '/approve' };
    expect((await world.rest('mona', 'POST', '/_local/comment-by-email', mail)).status).toBe(201);
    expect(await seen('comments(first: 1) { nodes { createdViaEmail author { login } } }')).toEqual({
      comments: { nodes: [{ createdViaEmail: true, author: { login: 'grace' } }] },
    });
  });

  it('come in pages in the order they were written', async () => {
    for (const body of ['1', '2', '3']) await say('ada', body);
    const first = await seen('comments(first: 2) { nodes { body } pageInfo { endCursor hasNextPage } }');
    const cursor = text(first, 'comments.pageInfo.endCursor');
    const second = await seen(
      `comments(first: 2, after: "${cursor}") { nodes { body } pageInfo { hasNextPage } }`,
    );
    expect(at(first, 'comments.nodes')).toEqual([{ body: '1' }, { body: '2' }]);
    expect(second).toEqual({ comments: { nodes: [{ body: '3' }], pageInfo: { hasNextPage: false } } });
  });

  it('are added, changed and removed by mutations, the App showing as a bot', async () => {
    const added = await world.ask(
      'gate',
      'mutation($id: ID!) { addComment(input: { subjectId: $id, body: "Hello" }) { commentEdge { node { id body author { __typename login } } } subject { id } } }',
      { id: issue.id },
    );
    expect(at(added, 'data.addComment')).toMatchObject({
      commentEdge: { node: { body: 'Hello', author: { __typename: 'Bot', login: 'gate' } } },
      subject: { id: issue.id },
    });
    const id = text(added, 'data.addComment.commentEdge.node.id');
    const update =
      'mutation($id: ID!) { updateIssueComment(input: { id: $id, body: "Changed" }) { issueComment { body } } }';
    expect(at(await world.ask('gate', update, { id }), 'data.updateIssueComment.issueComment.body')).toBe(
      'Changed',
    );
    expect(at(await world.ask('grace', update, { id }), 'data.updateIssueComment.issueComment')).toEqual({
      body: 'Changed',
    });
    const remove = 'mutation($id: ID!) { deleteIssueComment(input: { id: $id }) { clientMutationId } }';
    expect(at(await world.ask('gate', remove, { id }), 'errors')).toBeUndefined();
    expect(await seen('comments(first: 1) { totalCount }')).toEqual({ comments: { totalCount: 0 } });
  });

  it('may not be longer than GitHub allows', async () => {
    const query =
      'mutation($id: ID!, $body: String!) { addComment(input: { subjectId: $id, body: $body }) { subject { id } } }';
    const tooLong = await world.ask('gate', query, { id: issue.id, body: 'x'.repeat(65_537) });
    expect(at(tooLong, 'errors.0.type')).toBe('UNPROCESSABLE');
    expect(at(await world.ask('visitor', query, { id: issue.id, body: 'x' }), 'errors.0.type')).toBe(
      'FORBIDDEN',
    );
  });
});

describe('reactions', () => {
  it('are counted once per person and known to the viewer', async () => {
    const posted = await say('grace', 'x');
    const react =
      'mutation($id: ID!) { addReaction(input: { subjectId: $id, content: EYES }) { reaction { content user { login } } reactionGroups { content reactors(first: 1) { totalCount } } } }';
    const id = text(posted.body, 'node_id');
    await world.ask('gate', react, { id });
    const answer = await world.ask('gate', react, { id });
    expect(at(answer, 'data.addReaction.reaction')).toEqual({
      content: 'EYES',
      user: { login: 'gate[bot]' },
    });
    const eyes =
      'comments(first: 1) { nodes { reactionGroups { content viewerHasReacted reactors(first: 1) { totalCount } } } }';
    const groups = at(await seen(eyes), 'comments.nodes.0.reactionGroups');
    expect(groups).toHaveLength(8);
    expect(groups).toContainEqual({ content: 'EYES', viewerHasReacted: true, reactors: { totalCount: 1 } });
    expect(groups).toContainEqual({ content: 'HEART', viewerHasReacted: false, reactors: { totalCount: 0 } });
  });
});

describe('issues', () => {
  it('nest by parentIssueId and addSubIssue', async () => {
    const child = await newIssue({ parentIssueId: issue.id });
    const other = await newIssue();
    const nest =
      'mutation($parent: ID!, $child: ID!) { addSubIssue(input: { issueId: $parent, subIssueId: $child }) { issue { number } subIssue { parent { number } } } }';
    expect(
      at(await world.ask('gate', nest, { parent: issue.id, child: other.id }), 'data.addSubIssue'),
    ).toEqual({
      issue: { number: issue.number },
      subIssue: { parent: { number: issue.number } },
    });
    expect(await seen('subIssues(first: 10) { totalCount nodes { number } }')).toEqual({
      subIssues: { totalCount: 2, nodes: [{ number: child.number }, { number: other.number }] },
    });
    const circle = await world.ask('gate', nest, { parent: child.id, child: issue.id });
    expect(at(circle, 'errors.0.type')).toBe('UNPROCESSABLE');
  });

  it('close with a reason and reopen', async () => {
    const close =
      'mutation($id: ID!) { closeIssue(input: { issueId: $id, stateReason: NOT_PLANNED }) { issue { state stateReason closed } } }';
    expect(at(await world.ask('gate', close, { id: issue.id }), 'data.closeIssue.issue')).toEqual({
      state: 'CLOSED',
      stateReason: 'NOT_PLANNED',
      closed: true,
    });
    const reopen =
      'mutation($id: ID!) { reopenIssue(input: { issueId: $id }) { issue { state stateReason } } }';
    expect(at(await world.ask('gate', reopen, { id: issue.id }), 'data.reopenIssue.issue')).toEqual({
      state: 'OPEN',
      stateReason: 'REOPENED',
    });
  });

  it('remember who last wrote the body', async () => {
    const update =
      'mutation($id: ID!) { updateIssue(input: { id: $id, body: "New" }) { actor { login } issue { body lastEditedAt editor { login } } } }';
    expect(at(await world.ask('mona', update, { id: issue.id }), 'data.updateIssue')).toMatchObject({
      actor: { login: 'mona' },
      issue: { body: 'New', editor: { login: 'mona' } },
    });
    expect(at(await world.ask('eve', update, { id: issue.id }), 'errors.0.type')).toBe('NOT_FOUND');
  });

  it('are listed by creator, state and order, without pull requests', async () => {
    await world.rest('ada', 'POST', '/repos/acme/payments/issues', { title: 'From Ada' });
    const list = (args: string) =>
      world.ask(
        'gate',
        `{ repository(owner: "acme", name: "payments") { issues(first: 1, ${args}) { totalCount nodes { title } } } }`,
      );
    expect(at(await list('filterBy: { createdBy: "ada" }'), 'data.repository.issues')).toEqual({
      totalCount: 1,
      nodes: [{ title: 'From Ada' }],
    });
    expect(at(await list('filterBy: { createdBy: "nobody" }'), 'data.repository.issues.totalCount')).toBe(0);
    const newest = await list('orderBy: { field: CREATED_AT, direction: DESC }');
    expect(at(newest, 'data.repository.issues.nodes')).toEqual([{ title: 'From Ada' }]);
    const bot = Number(
      at(await list('filterBy: { createdBy: "gate[bot]" }'), 'data.repository.issues.totalCount'),
    );
    expect(bot).toBeGreaterThan(0);
    expect(at(await list('filterBy: { createdBy: "app/gate" }'), 'data.repository.issues.totalCount')).toBe(
      bot,
    );
  });

  it('are changed one after the other within one document, and a refused part does not undo the others', async () => {
    const answer = await world.ask(
      'gate',
      `mutation($id: ID!, $r: ID!) {
        a: createIssue(input: { repositoryId: $r, title: "first" }) { issue { number } }
        b: createIssue(input: { repositoryId: $r, title: "" }) { issue { number } }
        c: createIssue(input: { repositoryId: $r, title: "second" }) { issue { number } }
        d: closeIssue(input: { issueId: $id }) { issue { state } }
      }`,
      { id: issue.id, r: await repositoryId() },
    );
    expect(answer).toMatchObject({
      data: { b: null, d: { issue: { state: 'CLOSED' } } },
      errors: [{ type: 'UNPROCESSABLE', path: ['b'] }],
    });
    expect(at(answer, 'data.c.issue.number')).toBe(Number(at(answer, 'data.a.issue.number')) + 1);
  });
});
