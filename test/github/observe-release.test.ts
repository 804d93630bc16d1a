import { describe, expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import type { ReleaseQuestion } from '../../src/ports/forge.ts';
import { useFakeHost } from './fake-host.ts';
import { head, page, tip, user, wireComment, wireIssue, wireRepository, wireRun } from './wire-samples.ts';

const fake = useFakeHost();

const question: ReleaseQuestion = {
  repository: 'acme/payments',
  recordsBranch: 'countersign-records',
  threads: [],
  principals: [],
};

const observe = (
  answer: (variables: { readonly [name: string]: unknown }, call: number) => object,
  asked: Partial<ReleaseQuestion> = {},
) =>
  createForge(
    fake.start({ graphql: ({ variables }, call) => answer(variables, call) as never }),
  ).observeRelease({ ...question, ...asked });

const withRepository = (rest: object = {}, top: object = {}) => ({
  data: { repository: { ...wireRepository, ...rest }, ...top },
});

describe('one question', () => {
  it('is one call, and the time is the host’s (T20)', async () => {
    const view = await observe(() => withRepository());
    expect(view).toEqual({
      at: '2026-11-23T09:00:00Z',
      repository: { id: 5, name: 'acme/payments', nodeId: 'R_5', private: true },
      defaultBranch: { name: 'main', head },
      records: tip,
      checks: [],
      threads: new Map(),
      resolutions: {},
      ownIssues: [],
    });
    expect(fake.calls).toEqual(['graphql']);
    expect(fake.queries[0]?.variables).toMatchObject({ records: 'refs/heads/countersign-records' });
  });

  it('asks for everything at once', async () => {
    const suite = { id: 'CS_1', checkRuns: page([wireRun(1, 'a', 'FAILURE'), wireRun(3, 'b', 'STALE')]) };
    const other = { id: 'CS_2', checkRuns: page([wireRun(2, 'a', 'ACTION_REQUIRED')]) };
    const view = await observe(
      () =>
        withRepository(
          {
            target: { checkSuites: { nodes: [suite, other, { id: 'CS_3', checkRuns: null }] } },
            i0: wireIssue(1),
            i1: wireIssue(2, { parent: { number: 1 }, state: 'CLOSED' }),
            own: page([
              wireIssue(3),
              wireIssue(4, { viewerDidAuthor: false }),
              wireIssue(5, { createdAt: '2026-11-20T00:00:00Z' }),
            ]),
          },
          {
            organization: { t0: { id: 'T_1', databaseId: 70, all: page([]), immediate: page([]) } },
            u0: { databaseId: 11, login: 'ada' },
          },
        ),
      {
        target: head,
        threads: [
          { issue: 1, comments: 'all' },
          { issue: 2, comments: 'recent' },
        ],
        principals: ['team:qa', 'user:ada', 'user:ada'],
        ownIssuesSince: '2026-11-23T00:00:00Z',
      },
    );
    expect(fake.calls).toEqual(['graphql']);
    expect(fake.queries[0]?.variables).toMatchObject({ app: 4, n0: 1, n1: 2, team0: 'qa', user0: 'ada' });
    expect(view.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['a', 'action_required'],
      ['b', undefined],
    ]);
    expect([...view.threads.keys()]).toEqual([1, 2]);
    expect(view.threads.get(2)).toMatchObject({ open: false, parent: 1 });
    expect(view.ownIssues.map(({ issue }) => issue.number)).toEqual([3]);
  });

  it('keeps what people named out of the document (T18)', async () => {
    const hostile = 'user:x") { id } evil: user(login: "y';
    await observe(() => withRepository({}, { u0: null }), { principals: [hostile] });
    expect(fake.queries[0]?.query).not.toContain('evil');
    expect(fake.queries[0]?.variables).toMatchObject({ user0: hostile.slice('user:'.length) });
  });

  it('says that an empty repository has no head and no record', async () => {
    const view = await observe(() => withRepository({ defaultBranchRef: null, records: null }));
    expect(view).not.toHaveProperty('defaultBranch');
    expect(view).not.toHaveProperty('records');
  });
});

describe('threads', () => {
  const ask = (issue: unknown, errors: readonly object[] = []) =>
    observe(() => ({ ...withRepository({ i0: issue }), errors }), {
      threads: [{ issue: 1, comments: 'all' }],
    });

  it('tell who wrote what and how it came about', async () => {
    const view = await ask(
      wireIssue(1, {
        comments: page([
          wireComment(3, { author: { __typename: 'Bot', login: 'robo', databaseId: 9 } }),
          wireComment(2, { lastEditedAt: '2026-11-23T08:30:00Z', author: null }),
          wireComment(1, {
            viewerDidAuthor: true,
            createdViaEmail: true,
            reactionGroups: [
              { content: 'THUMBS_UP', viewerHasReacted: true },
              { content: 'CONFUSED', viewerHasReacted: false },
              { content: 'HEART', viewerHasReacted: true },
            ],
          }),
          wireComment(4, {
            author: { __typename: 'Mannequin', login: 'old' },
            createdAt: '2026-11-23T07:59:00Z',
          }),
        ]),
        timelineItems: page([
          {
            __typename: 'CommentDeletedEvent',
            databaseId: 50,
            createdAt: '2026-11-23T08:10:00Z',
            deletedCommentAuthor: user(11, 'ada'),
          },
        ]),
      }),
    );
    const thread = view.threads.get(1);
    const ada = { kind: 'person', person: { id: 11, login: 'ada' } };
    expect(thread?.comments).toMatchObject([
      { id: 4, writer: { kind: 'machine', login: 'old' } },
      { id: 1, writer: ada, ours: true, byEmail: true, edited: false, reactions: ['THUMBS_UP'] },
      { id: 2, writer: { kind: 'gone' }, edited: true, ours: false, byEmail: false },
      { id: 3, writer: { kind: 'machine', login: 'robo' } },
    ]);
    expect(thread?.deletions).toEqual([{ comment: 50, writer: ada, at: '2026-11-23T08:10:00Z' }]);
  });

  it.each([
    ['deleted', null, [{ type: 'NOT_FOUND', message: 'gone', path: ['repository', 'i0'] }]],
    ['transferred', wireIssue(9, { repository: { databaseId: 6 } }), []],
  ])('leave out an issue that was %s', async (_, issue, errors) => {
    expect((await ask(issue, errors)).threads.size).toBe(0);
  });

  it('fail as a whole when one cannot be read', async () => {
    const errors = [{ type: 'FORBIDDEN', message: 'no', path: ['repository', 'i0'] }];
    await expect(ask(null, errors)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are read to the last page, one call a round for all of them (pitfall 5)', async () => {
    const first = () =>
      withRepository(
        {
          i0: wireIssue(1, { comments: page([wireComment(1)], 'c1'), timelineItems: page([]) }),
          i1: wireIssue(2, { comments: page([wireComment(2)], 'c2') }),
        },
        {
          organization: {
            t0: {
              id: 'T_1',
              databaseId: 70,
              all: page([{ databaseId: 11, login: 'ada' }], 'm1'),
              immediate: page([{ databaseId: 11, login: 'ada' }]),
            },
          },
        },
      );
    const second = {
      data: {
        p0: { members: page([{ databaseId: 12, login: 'bob' }]) },
        p1: { comments: page([wireComment(3)], 'c3') },
        p2: { comments: page([wireComment(4)]) },
      },
    };
    const third = { data: { p0: { comments: page([wireComment(5)]) } } };
    const view = await observe((_, call) => [first(), second, third][call - 1] ?? {}, {
      threads: [
        { issue: 1, comments: 'all' },
        { issue: 2, comments: 'all' },
      ],
      principals: ['team:qa'],
    });
    expect(fake.calls).toEqual(['graphql', 'graphql', 'graphql']);
    expect(fake.queries[1]?.variables).toMatchObject({
      id0: 'T_1',
      after0: 'm1',
      id1: 'I_1',
      after1: 'c1',
      after2: 'c2',
    });
    expect(view.threads.get(1)?.comments.map(({ id }) => id)).toEqual([1, 3, 5]);
    expect(view.threads.get(2)?.comments.map(({ id }) => id)).toEqual([2, 4]);
    expect(view.resolutions['team:qa']).toMatchObject({
      members: [
        { person: { id: 11 }, inherited: false },
        { person: { id: 12 }, inherited: true },
      ],
    });
  });

  it('and deletions, direct members and checks have further pages too', async () => {
    const deletion = (id: number) => ({
      __typename: 'CommentDeletedEvent',
      databaseId: id,
      createdAt: '2026-11-23T08:00:00Z',
      deletedCommentAuthor: null,
    });
    const ada = { databaseId: 11, login: 'ada' };
    const first = withRepository(
      {
        target: { checkSuites: { nodes: [{ id: 'CS_1', checkRuns: page([wireRun(1, 'a')], 'r1') }] } },
        i0: wireIssue(1, { timelineItems: page([deletion(50)], 'd1') }),
      },
      { organization: { t0: { id: 'T_1', databaseId: 70, all: page([ada]), immediate: page([], 'm1') } } },
    );
    const second = {
      data: {
        p0: { checkRuns: page([wireRun(2, 'b')]) },
        p1: { members: page([ada]) },
        p2: { timelineItems: page([deletion(51)]) },
      },
    };
    const view = await observe((_, call) => (call === 1 ? first : second), {
      target: head,
      threads: [{ issue: 1, comments: 'all' }],
      principals: ['team:qa'],
    });
    expect(view.checks.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(view.threads.get(1)?.deletions.map(({ comment }) => comment)).toEqual([50, 51]);
    expect(view.resolutions['team:qa']).toMatchObject({ members: [{ inherited: false }] });
    expect(fake.calls).toHaveLength(2);
  });

  it('are not half read: what vanishes between two pages fails the question', async () => {
    const first = withRepository({ i0: wireIssue(1, { comments: page([wireComment(1)], 'c1') }) });
    const asked = observe((_, call) => (call === 1 ? first : { data: { p0: null } }), {
      threads: [{ issue: 1, comments: 'all' }],
    });
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('of our own are looked for until they are older than asked', async () => {
    const later = { createdAt: '2026-11-23T08:00:00Z' };
    const pages = [
      withRepository({ own: page([wireIssue(8, later), wireIssue(7, later)], 'o1') }),
      { data: { repository: { own: page([wireIssue(6, later), wireIssue(5)], 'o2') } } },
    ];
    const view = await observe((_, call) => pages[call - 1] ?? {}, {
      ownIssuesSince: '2026-11-23T07:30:00Z',
    });
    expect(view.ownIssues.map(({ issue }) => issue.number)).toEqual([8, 7, 6]);
    expect(fake.calls).toHaveLength(2);
  });
});

describe('principals', () => {
  const ask = (top: object, errors: readonly object[], principals = ['team:qa', 'user:ada']) =>
    observe(() => ({ ...withRepository({}, top), errors }), { principals }).then(
      ({ resolutions }) => resolutions,
    );

  it('are missing where GitHub knows none, without telling why (T13)', async () => {
    const errors = [{ type: 'NOT_FOUND', message: 'no user', path: ['u0'] }];
    expect(await ask({ organization: { t0: null }, u0: null }, errors)).toEqual({
      'team:qa': { kind: 'missing' },
      'user:ada': { kind: 'missing' },
    });
  });

  it('are missing where the repository belongs to a person', async () => {
    const errors = [{ type: 'NOT_FOUND', message: 'no organization', path: ['organization'] }];
    expect(await ask({ organization: null }, errors, ['team:qa'])).toEqual({
      'team:qa': { kind: 'missing' },
    });
  });

  it('are unknown, never nobody, where GitHub refuses', async () => {
    const errors = [
      {
        type: 'FORBIDDEN',
        message: 'no members permission',
        path: ['organization', 't0', 'all', 'nodes', 3],
      },
      { message: 'something else', path: ['u0'] },
    ];
    expect(await ask({ organization: { t0: null }, u0: null }, errors)).toEqual({
      'team:qa': { kind: 'unknown', why: 'no members permission' },
      'user:ada': { kind: 'unknown', why: 'something else' },
    });
    const whole = [{ type: 'FORBIDDEN', message: 'single sign-on', path: ['organization'] }];
    expect(await ask({ organization: null }, whole, ['team:qa'])).toMatchObject({
      'team:qa': { kind: 'unknown' },
    });
  });

  const collaborator = (id: number, permission: string) => ({
    permission,
    node: { databaseId: id, login: `user-${id}` },
  });

  it('are everybody with at least a permission, on every page', async () => {
    const edges = (all: readonly object[], after: string | null) => ({
      pageInfo: { hasNextPage: after !== null, endCursor: after },
      edges: all,
    });
    const pages = [
      withRepository({
        collaborators: edges([collaborator(1, 'READ'), null as never, collaborator(2, 'ADMIN')], 'c1'),
      }),
      { data: { p0: { collaborators: edges([collaborator(3, 'MAINTAIN'), collaborator(4, 'OWN')], null) } } },
    ];
    const view = await observe((_, call) => pages[call - 1] ?? {}, {
      principals: ['permission:maintain', 'permission:read'],
    });
    expect(fake.calls).toHaveLength(2);
    const ids = (permission: string) => {
      const found = view.resolutions[`permission:${permission}`];
      return found?.kind === 'team' ? [found.id, ...found.members.map(({ person }) => person.id)] : [];
    };
    expect(ids('maintain')).toEqual([view.repository.id, 2, 3]);
    expect(ids('read')).toEqual([view.repository.id, 1, 2, 3]);
  });

  it('are unknown where GitHub does not list who may do what', async () => {
    const principals = ['permission:write'];
    const errors = [
      { type: 'FORBIDDEN', message: 'push access needed', path: ['repository', 'collaborators'] },
    ];
    const refused = () => ({ ...withRepository({ collaborators: null }), errors });
    expect((await observe(refused, { principals })).resolutions).toEqual({
      'permission:write': { kind: 'unknown', why: 'push access needed' },
    });
    const left = () => withRepository({ collaborators: null });
    expect((await observe(left, { principals })).resolutions['permission:write']).toMatchObject({
      kind: 'unknown',
    });
    await expect(observe(refused, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('do not hide that something else failed', async () => {
    const asked = ask({ organization: null }, [{ type: 'INTERNAL', message: 'oops' }], ['team:qa']);
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });
});
