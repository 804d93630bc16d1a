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

describe('authorship', () => {
  const activity = [
    { after: tip, actor: { id: 11, login: 'ada', type: 'User' } },
    { after: head, actor: { id: 9, login: 'robo[bot]', type: 'Bot' } },
    { after: head, actor: null },
    { after: head, actor: { id: 12, login: 'bob' } },
  ];
  const ask = (object: object | null, errors: readonly object[] = []) => {
    let asked = '';
    const rest = {
      'GET /repos/acme/payments/activity': (_: unknown, url: URL) => {
        asked = `${url.searchParams.get('ref')}`;
        return activity as never;
      },
    };
    const connection = fake.start({
      graphql: () => ({ data: { repository: { object } }, errors }) as never,
      rest,
    });
    return createForge(connection)
      .authorship('acme/payments', head, 'main')
      .then((found) => ({ ...found, asked }));
  };

  it('tells what is proven and what is claimed', async () => {
    const [ada, bob] = [user(11, 'ada'), user(12, 'bob')];
    const bot = { __typename: 'Bot', login: 'robo' };
    const found = await ask({
      author: { user: { databaseId: 11, login: 'ada' } },
      committer: { user: { databaseId: 19, login: 'web-flow' } },
      associatedPullRequests: page([
        { number: 1, author: ada, mergedBy: bob },
        { number: 2, author: bot, mergedBy: null },
      ]),
    });
    expect(found).toEqual({
      pulls: [
        { number: 1, openedBy: { id: 11, login: 'ada' }, mergedBy: { id: 12, login: 'bob' } },
        { number: 2 },
      ],
      claimed: [{ id: 11, login: 'ada' }],
      pushes: [
        { after: tip, by: { id: 11, login: 'ada' } },
        { after: head, by: { id: 12, login: 'bob' } },
      ],
      asked: 'refs/heads/main',
    });
  });

  it('claims nothing for e-mails without an account, and for bots', async () => {
    const bot = { user: { databaseId: 9, login: 'robo[bot]' } };
    expect(
      (await ask({ author: { user: null }, committer: bot, associatedPullRequests: null })).claimed,
    ).toEqual([]);
  });

  it('fails rather than leave somebody out', async () => {
    await expect(ask(null)).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask({}, [{ type: 'FORBIDDEN', message: 'no' }])).rejects.toMatchObject({
      code: 'forbidden',
    });
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
