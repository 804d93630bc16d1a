import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const issues = '/repos/acme/payments/issues';

async function openIssue(
  who = 'gate',
  title = 'An issue',
): Promise<{ path: string; number: number; id: number }> {
  const { body } = await world.rest(who, 'POST', issues, { title, body: 'text' });
  const number = numberAt(body, 'number');
  return { path: `${issues}/${number}`, number, id: numberAt(body, 'id') };
}

const thread = `query ($number: Int!) { repository(owner: "acme", name: "payments") { issue(number: $number) {
  comments(first: 10) { totalCount nodes { databaseId body lastEditedAt createdViaEmail author { login } editor { login } } }
  timelineItems(first: 10, itemTypes: [COMMENT_DELETED_EVENT]) { nodes { ... on CommentDeletedEvent { actor { login } deletedCommentAuthor { login } } } } } } }`;

describe('an issue', () => {
  it("of an App is its bot user's", async () => {
    const { path } = await openIssue();
    const { body } = await world.rest('rob', 'GET', path);
    expect(body).toMatchObject({
      user: { login: 'gate[bot]', type: 'Bot' },
      performed_via_github_app: { slug: 'gate' },
    });
  });

  it('closes with a reason and opens again, each told once', async () => {
    const { path } = await openIssue();
    await world.heard();
    const closed = await world.rest('gate', 'PATCH', path, { state: 'closed', state_reason: 'not_planned' });
    expect(closed.body).toMatchObject({
      state: 'closed',
      state_reason: 'not_planned',
      closed_by: { login: 'gate[bot]' },
    });
    await world.rest('gate', 'PATCH', path, { state: 'closed' });
    expect((await world.rest('gate', 'PATCH', path, { state: 'open' })).body).toMatchObject({
      state_reason: 'reopened',
    });
    expect(await world.heard()).toEqual(['issues.closed', 'issues.reopened']);
  });

  it('can be edited by its author and by writers only, and says what it was', async () => {
    const { path } = await openIssue('rob');
    expect((await world.rest('tess', 'PATCH', path, { body: 'x' })).status).toBe(403);
    await world.heard();
    await world.rest('ada', 'PATCH', path, { body: 'changed' });
    await world.idle();
    expect(world.hooks.at(-1)?.body).toMatchObject({
      action: 'edited',
      changes: { body: { from: 'text' } },
      sender: { login: 'ada' },
    });
  });

  it.each([
    ['a body of 65,537 characters', { title: 'x', body: 'x'.repeat(65_537) }],
    ['an empty title', { title: ' ' }],
  ])('is refused: %s', async (_case, input) => {
    const { status, body } = await world.rest('gate', 'POST', issues, input);
    expect(status).toBe(422);
    expect(body).toMatchObject({ message: 'Validation Failed', errors: [{ resource: 'Issue' }] });
  });

  it('without a title is refused in words', async () => {
    const { status, body } = await world.rest('gate', 'POST', issues, { body: 'x' });
    expect([status, at(body, 'message')]).toEqual([422, 'Invalid request.\n\n"title" wasn\'t supplied.']);
  });

  it('is found by creator, state, label and time', async () => {
    await world.rest('tess', 'POST', issues, { title: 'labelled', labels: ['release'] });
    const list = async (query: string) =>
      column((await world.rest('rob', 'GET', `${issues}?${query}`)).body, 'title');
    expect(await list('creator=tess')).toEqual(['labelled']);
    expect(await list('labels=RELEASE')).toEqual(['labelled']);
    expect(await list('state=closed')).toEqual([]);
    expect(await list('since=2030-01-01T00:00:00Z')).toEqual([]);
  });

  it('takes sub-issues, but no circle and no second parent', async () => {
    const [parent, child, other] = [await openIssue(), await openIssue(), await openIssue()];
    await world.heard();
    const added = await world.rest('gate', 'POST', `${parent.path}/sub_issues`, { sub_issue_id: child.id });
    expect([added.status, at(added.body, 'sub_issues_summary.total')]).toEqual([201, 1]);
    expect(await world.heard()).toEqual(['sub_issues.sub_issue_added', 'sub_issues.parent_issue_added']);
    expect(
      (await world.rest('gate', 'POST', `${child.path}/sub_issues`, { sub_issue_id: parent.id })).status,
    ).toBe(422);
    expect(
      (await world.rest('gate', 'POST', `${other.path}/sub_issues`, { sub_issue_id: child.id })).status,
    ).toBe(422);
    expect(
      (await world.rest('rob', 'POST', `${parent.path}/sub_issues`, { sub_issue_id: other.id })).status,
    ).toBe(403);
    expect(column((await world.rest('rob', 'GET', `${parent.path}/sub_issues`)).body, 'number')).toEqual([
      child.number,
    ]);
  });
});

describe('a comment', () => {
  const say = async (who: string, path: string, text: string) =>
    numberAt((await world.rest(who, 'POST', `${path}/comments`, { body: text })).body, 'id');

  it('edited by somebody with write stays its author’s and shows the editor in GraphQL', async () => {
    const { path, number } = await openIssue();
    const id = await say('rob', path, 'hello');
    expect((await world.rest('tess', 'PATCH', `${issues}/comments/${id}`, { body: '/approve' })).status).toBe(
      403,
    );
    await world.heard();
    world.clock.now = new Date('2026-11-23T09:05:00Z');
    expect(
      (await world.rest('ada', 'PATCH', `${issues}/comments/${id}`, { body: '/approve' })).body,
    ).toMatchObject({ user: { login: 'rob' } });
    await world.idle();
    expect(world.hooks.at(-1)?.body).toMatchObject({
      action: 'edited',
      changes: { body: { from: 'hello' } },
      sender: { login: 'ada' },
      comment: { user: { login: 'rob' } },
    });
    expect(
      at(await world.graphql('gate', thread, { number }), 'data.repository.issue.comments.nodes.0'),
    ).toMatchObject({
      body: '/approve',
      lastEditedAt: '2026-11-23T09:05:00Z',
      author: { login: 'rob' },
      editor: { login: 'ada' },
    });
  });

  it('deleted leaves a trace with both names', async () => {
    const { path, number } = await openIssue();
    const id = await say('rob', path, '/withdraw');
    await world.heard();
    expect((await world.rest('ada', 'DELETE', `${issues}/comments/${id}`)).status).toBe(204);
    expect(await world.heard()).toEqual(['issue_comment.deleted']);
    const issue = at(await world.graphql('gate', thread, { number }), 'data.repository.issue');
    expect(issue).toMatchObject({
      comments: { totalCount: 0 },
      timelineItems: { nodes: [{ actor: { login: 'ada' }, deletedCommentAuthor: { login: 'rob' } }] },
    });
    expect((await world.rest('rob', 'GET', `${issues}/comments/${id}`)).status).toBe(404);
    expect(column((await world.rest('rob', 'GET', `${path}/timeline`)).body, 'event')).toEqual([
      'comment_deleted',
    ]);
  });

  it('through an App names the App; a plain one does not', async () => {
    const { path } = await openIssue();
    const minted = await world.send('POST', '/_local/user-token', null, { login: 'ada', app: 'gate' });
    const through = await world.send('POST', `${path}/comments`, textAt(minted.body, 'token'), {
      body: 'hi',
    });
    expect(through.body).toMatchObject({
      user: { login: 'ada' },
      performed_via_github_app: { slug: 'gate' },
    });
    const plain = await world.rest('ada', 'POST', `${path}/comments`, { body: 'hi' });
    expect(at(plain.body, 'performed_via_github_app')).toBeNull();
  });

  it('through an App without the permission is refused', async () => {
    const { path } = await openIssue();
    const minted = await world.send('POST', '/_local/user-token', null, { login: 'ada', app: 'viewer' });
    expect(
      (await world.send('POST', `${path}/comments`, textAt(minted.body, 'token'), { body: 'hi' })).status,
    ).toBe(403);
  });

  it('by e-mail says so', async () => {
    const { number } = await openIssue();
    const mail = { repository: 'acme/payments', issue: number, login: 'ada', body: 'hi' };
    expect((await world.send('POST', '/_local/comment-by-email', null, mail)).status).toBe(201);
    const comments = at(
      await world.graphql('gate', thread, { number }),
      'data.repository.issue.comments.nodes',
    );
    expect(column(comments, 'createdViaEmail')).toEqual([true]);
  });

  it('takes each reaction of a person once', async () => {
    const { path } = await openIssue();
    const id = await say('rob', path, 'x');
    const react = (content: string) =>
      world.rest('gate', 'POST', `${issues}/comments/${id}/reactions`, { content });
    expect([
      (await react('eyes')).status,
      (await react('eyes')).status,
      (await react('nope')).status,
    ]).toEqual([201, 200, 422]);
    expect(at((await world.rest('rob', 'GET', `${issues}/comments/${id}`)).body, 'reactions.eyes')).toBe(1);
  });

  it('is listed thirty at a time with links', async () => {
    const { path } = await openIssue();
    for (let index = 1; index <= 31; index += 1) await say('rob', path, String(index));
    const first = await world.rest('rob', 'GET', `${path}/comments`);
    expect(column(first.body, 'body')).toHaveLength(30);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await world.send('GET', next, world.tokenOf('rob'));
    expect(column(second.body, 'body')).toEqual(['31']);
    expect(second.headers.get('link')).toContain('rel="prev"');
    expect(
      column((await world.rest('rob', 'GET', `${path}/comments?per_page=1000`)).body, 'body'),
    ).toHaveLength(31);
  });
});
