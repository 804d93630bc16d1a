import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { createGitCredentials } from '../../src/github/git-credentials.ts';
import { readIdentity } from '../../src/github/identity.ts';
import { date, useFakeHost } from './fake-host.ts';
import { head, page, tip, user } from './wire-samples.ts';

const fake = useFakeHost();

describe('the provenance of a comment', () => {
  const ask = (answer: object) =>
    createForge(
      fake.start({ rest: { 'GET /repos/acme/payments/issues/comments/9': () => answer as never } }),
    ).provenance('acme/payments', 9);

  it.each([
    [
      { user: { id: 11 }, performed_via_github_app: null },
      { kind: 'known', value: { author: 11 } },
    ],
    [{ user: { id: 11 } }, { kind: 'known', value: { author: 11 } }],
    [
      { user: { id: 11 }, performed_via_github_app: { slug: 'other' } },
      { kind: 'known', value: { author: 11, throughApp: 'other' } },
    ],
    [
      { user: { id: 11 }, performed_via_github_app: {} },
      { kind: 'known', value: { author: 11, throughApp: 'unnamed' } },
    ],
  ])('is one read: %o', async (answer, expected) => {
    expect(await ask(answer)).toEqual(expected);
    expect(fake.calls).toHaveLength(1);
  });

  it('is unknown for a comment or an author that is gone', async () => {
    expect(await ask({ user: null })).toMatchObject({ kind: 'unknown' });
    expect(await ask(HttpResponse.json({}, { status: 404, headers: { date } }))).toMatchObject({
      kind: 'unknown',
    });
    await expect(ask(HttpResponse.json({}, { status: 500, headers: { date } }))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

describe('T14: checks of others on a commit', () => {
  const commit = 'b'.repeat(40);
  const wire = (id: number, more: object = {}) => ({
    ...{ databaseId: id, name: 'smoke', conclusion: 'SUCCESS', permalink: `https://host/runs/${id}` },
    ...{ startedAt: date, completedAt: date },
    ...more,
  });
  const suite = (more: object, ...runs: readonly object[]) => ({
    ...{ app: { slug: 'github-actions' }, workflowRun: null, checkRuns: page(runs) },
    ...more,
  });
  const ask = (target: object | null, errors: readonly object[] = []) =>
    createForge(
      fake.start({ graphql: () => ({ data: { repository: { target } }, errors }) as never }),
    ).checkRuns('acme/payments', commit, ['smoke', 'lint']);
  const file = { path: '.github/workflows/smoke.yml', repositoryName: 'acme/payments' };

  it('are one read, with the workflow that made each', async () => {
    const origin = { databaseId: 8, event: 'push', file };
    const runs = await ask({
      s0: page([suite({ workflowRun: origin }, wire(1), wire(2, { conclusion: null, completedAt: null }))]),
      s1: page([suite({ app: null }, wire(3, { name: 'lint', conclusion: 'TIMED_OUT', startedAt: null }))]),
    });
    const workflow = { path: file.path, event: 'push', run: 8 };
    expect(runs).toEqual([
      {
        ...{
          id: 1,
          name: 'smoke',
          app: 'github-actions',
          workflow,
          url: 'https://host/runs/1',
          startedAt: date,
        },
        ended: { conclusion: 'success', at: date },
      },
      { id: 2, name: 'smoke', app: 'github-actions', workflow, url: 'https://host/runs/2', startedAt: date },
      {
        ...{ id: 3, name: 'lint', app: '', url: 'https://host/runs/3' },
        ended: { conclusion: 'timed_out', at: date },
      },
    ]);
    expect(fake.calls).toHaveLength(1);
    expect(fake.queries[0]?.variables).toMatchObject({ commit, n0: 'smoke', n1: 'lint' });
  });

  it.each([
    [
      'a workflow of another repository',
      { databaseId: 8, event: 'push', file: { ...file, repositoryName: 'eve/payments' } },
    ],
    [
      'one of a repository with a longer name',
      { databaseId: 8, event: 'push', file: { ...file, repositoryName: 'notacme/payments' } },
    ],
    ['a run without a file', { databaseId: 8, event: 'push', file: null }],
    ['a run without a number', { databaseId: null, event: 'push', file }],
  ])('%s is none of ours', async (_, workflowRun) => {
    const [run] = await ask({ s0: page([suite({ workflowRun }, wire(1))]), s1: page([]) });
    expect(run).not.toHaveProperty('workflow');
  });

  it('an address that ends with the name of the repository is meant', async () => {
    const workflowRun = {
      databaseId: 8,
      event: 'push',
      file: { ...file, repositoryName: 'https://host/Acme/payments' },
    };
    const [run] = await ask({ s0: page([suite({ workflowRun }, wire(1))]), s1: page([]) });
    expect(run).toHaveProperty('workflow');
  });

  it('no commit has none; where Actions may not be read, no workflow is known', async () => {
    expect(await ask(null)).toEqual([]);
    const path = ['repository', 'target', 's0', 'nodes', 0, 'workflowRun'];
    const untold = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration', path }];
    expect(await ask({ s0: page([suite({}, wire(1))]), s1: page([]) }, untold)).toHaveLength(1);
    const other = [{ type: 'FORBIDDEN', message: 'no', path: ['repository', 'target'] }];
    await expect(ask(null, other)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(null, [{ type: 'SOME_CANNOT', message: 'no' }])).rejects.toThrow();
  });
});

describe('authorship', () => {
  const ask = (objects: readonly (object | null)[], errors: readonly object[] = []) => {
    const answer = Object.fromEntries(objects.map((object, index) => [`c${index}`, object]));
    const connection = fake.start({
      graphql: () => ({ data: { repository: answer }, errors }) as never,
    });
    const commits = objects.map((_, index) => `${index}`.padStart(40, '0'));
    return createForge(connection).authorship('acme/payments', commits);
  };
  const account = (id: number, login: string) => ({
    email: `${login}@x.org`,
    user: { databaseId: id, login },
  });

  it('tells what is proven and what is claimed', async () => {
    const [ada, bob] = [user(11, 'ada'), user(12, 'bob')];
    const bot = { __typename: 'Bot', login: 'robo' };
    const found = await ask([
      {
        author: account(11, 'ada'),
        committer: account(19, 'web-flow'),
        authors: page([account(11, 'ada'), account(13, 'eve'), { email: 'x@x.org', user: null }]),
        associatedPullRequests: page([
          { number: 1, author: ada, mergedBy: bob },
          { number: 2, author: bot, mergedBy: null },
        ]),
      },
    ]);
    const person = (id: number, login: string) => ({ kind: 'person', person: { id, login } });
    expect([...found.values()]).toEqual([
      {
        pulls: [
          { number: 1, openedBy: person(11, 'ada'), mergedBy: person(12, 'bob') },
          { number: 2, openedBy: { kind: 'machine', login: 'robo' }, mergedBy: { kind: 'gone' } },
        ],
        accounts: ['ada', 'web-flow', 'ada', 'eve'].map((login) => ({
          email: `${login}@x.org`,
          account: { id: { ada: 11, 'web-flow': 19, eve: 13 }[login], login },
        })),
        whole: true,
      },
    ]);
  });

  it('asks for a hundred commits a call', async () => {
    const asked: string[] = [];
    const connection = fake.start({
      graphql: ({ variables }) => {
        const aliases = Object.keys(variables).filter((name) => /^c\d+$/.test(name));
        asked.push(`${aliases.length}`);
        return { data: { repository: Object.fromEntries(aliases.map((alias) => [alias, {}])) } };
      },
    });
    const commits = Array.from({ length: 251 }, (_, index) => index.toString(16).padStart(40, '0'));
    expect((await createForge(connection).authorship('acme/payments', commits)).size).toBe(251);
    expect(asked).toEqual(['100', '100', '51']);
  });

  it('says when it is not all (T16)', async () => {
    for (const cut of [{ authors: page([], 'more') }, { associatedPullRequests: page([], 'more') }])
      expect([...(await ask([{ author: null, ...cut }])).values()]).toMatchObject([{ whole: false }]);
  });

  it('fails rather than leave somebody out', async () => {
    await expect(ask([null])).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask([{}], [{ type: 'FORBIDDEN', message: 'no' }])).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('pushes', () => {
  const activity = (after: string, actor: object | null) => ({
    ref: 'refs/heads/main',
    before: tip,
    after,
    actor,
  });
  const pages = [
    [
      activity(tip, { id: 11, login: 'ada', type: 'User' }),
      activity(head, { id: 9, login: 'r[bot]', type: 'Bot' }),
    ],
    [activity(head, null), activity(head, { id: 12, login: 'bob' })],
  ];
  const start = (count = pages.length) => {
    const asked: string[] = [];
    const connection = fake.start({
      rest: {
        'GET /repos/acme/payments/activity': (_, url) => {
          asked.push(`${url.searchParams.get('after')} of ${url.searchParams.get('per_page')}`);
          const at = Number(url.searchParams.get('after') ?? 0);
          const link = `<${url.origin}${url.pathname}?per_page=100&after=${at + 1}>; rel="next"`;
          const more: Record<string, string> = at + 1 < count ? { link } : {};
          return HttpResponse.json(pages[at % 2], { headers: { date, ...more } });
        },
      },
    });
    return { forge: createForge(connection), asked };
  };
  const main = { ref: 'refs/heads/main', before: tip };

  it('are read page by page, with who did it', async () => {
    const { forge, asked } = start();
    expect(await forge.pushes('acme/payments', () => false)).toEqual([
      { ...main, after: tip, by: { kind: 'person', person: { id: 11, login: 'ada' } } },
      { ...main, after: head, by: { kind: 'machine', login: 'r[bot]' } },
      { ...main, after: head, by: { kind: 'gone' } },
      { ...main, after: head, by: { kind: 'person', person: { id: 12, login: 'bob' } } },
    ]);
    expect(asked).toEqual(['null of 100', '1 of 100']);
  });

  it('until there are enough', async () => {
    const { forge, asked } = start();
    expect(await forge.pushes('acme/payments', (read) => read.length > 1)).toHaveLength(2);
    expect(asked).toHaveLength(1);
  });

  it('and never more than a thousand', async () => {
    const { forge, asked } = start(100);
    await forge.pushes('acme/payments', () => false);
    expect(asked).toHaveLength(10);
  });
});

it('lists the repositories of every active installation, to the last page', async () => {
  const full = Array.from({ length: 100 }, (_, index) => ({ full_name: `acme/r${index}` }));
  const rest = {
    'GET /app/installations': () => [
      { id: 1 },
      { id: 2, suspended_at: '2026-01-01T00:00:00Z' },
      { id: 3, suspended_at: null },
    ],
    'GET /installation/repositories': (_: unknown, url: URL) => ({
      repositories: url.searchParams.get('page') === '1' ? full : [{ full_name: 'acme/last' }],
    }),
  };
  const names = await createForge(fake.start({ rest })).repositories();
  expect(names).toHaveLength(202);
  expect(names.at(-1)).toBe('acme/last');
});

it('lends git a token by name and password, and none in the address (T19)', async () => {
  expect(await createGitCredentials(fake.start({})).accessTo('acme/payments')).toEqual({
    url: 'https://ghe.example/acme/payments.git',
    username: 'x-access-token',
    password: 'ghs_secret',
  });
});

it('knows its own name', async () => {
  const connection = fake.start({ rest: { 'GET /app': () => ({ slug: 'countersign' }) } });
  expect(await readIdentity(connection)).toEqual({ slug: 'countersign', botLogin: 'countersign[bot]' });
});
