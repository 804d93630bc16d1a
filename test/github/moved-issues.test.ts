import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { readDeliveries } from '../../src/github/deliveries.ts';
import { createMovedIssues } from '../../src/github/moved-issues.ts';
import { date, useFakeHost } from './fake-host.ts';

const fake = useFakeHost();
const repository = 'acme/payments';
const since = '2026-11-23T08:00:00Z';
const api = 'https://ghe.example/api/v3';

const answer = (body: object, headers: Record<string, string> = {}) =>
  HttpResponse.json(body, { headers: { date, ...headers } });

it('reads what moved from issues and from comments, newest first', async () => {
  const asked: string[] = [];
  const note = (body: object) => (_: unknown, url: URL) => {
    asked.push(`${url.pathname.split('/').at(-1)} ${url.search}`);
    return answer(body);
  };
  const moved = createMovedIssues(
    fake.start({
      rest: {
        'GET /repos/acme/payments/issues': note([{ number: 4 }, { number: 2 }]),
        'GET /repos/acme/payments/issues/comments': note([
          { issue_url: `${api}/repos/acme/payments/issues/2` },
          { issue_url: `${api}/repos/acme/payments/issues/31` },
        ]),
      },
    }),
  );
  expect(await moved(repository, since)).toEqual({ at: '2026-11-23T09:00:00Z', issues: [4, 2, 31] });
  const query = `since=${encodeURIComponent(since)}`;
  expect(asked).toEqual([
    `issues ?${query}&state=all&sort=updated&direction=desc&per_page=100`,
    `comments ?${query}&sort=updated&direction=desc&per_page=100`,
  ]);
});

it('an unchanged answer is what it was before, even where the earlier look broke off', async () => {
  let broken = true;
  let issueLooks = 0;
  const moved = createMovedIssues(
    fake.start({
      rest: {
        'GET /repos/acme/payments/issues': () => {
          issueLooks += 1;
          return issueLooks === 1
            ? answer([{ number: 4 }], { etag: 'W/"one"' })
            : new Response(null, { status: 304, headers: { date, etag: 'W/"one"' } });
        },
        'GET /repos/acme/payments/issues/comments': () =>
          broken ? new Response('{}', { status: 502, headers: { date } }) : answer([]),
      },
    }),
  );
  await expect(moved(repository, since)).rejects.toMatchObject({ code: 'unavailable' });
  broken = false;
  expect((await moved(repository, since)).issues).toEqual([4]);
});

it('reads further pages, and gives up telling them apart after ten', async () => {
  const pages = (last: number) => (_: unknown, url: URL) => {
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = `<${url.origin}${url.pathname}?page=${page + 1}>; rel="next"`;
    return answer([{ number: page }], page < last ? { link: next } : {});
  };
  const movedIn = (last: number) =>
    createMovedIssues(
      fake.start({
        rest: {
          'GET /repos/acme/payments/issues': pages(last),
          'GET /repos/acme/payments/issues/comments': () => answer([]),
        },
      }),
    )(repository, since);
  expect((await movedIn(3)).issues).toEqual([1, 2, 3]);
  expect((await movedIn(11)).issues).toBe('many');
});

const row = (id: number, more: object = {}) => ({
  id,
  guid: `guid ${id}`,
  delivered_at: '2026-11-23T08:30:00Z',
  status: 'OK',
  status_code: 200,
  ...more,
});

it('reads the log of deliveries by its cursor, back to a moment', async () => {
  const connection = fake.start({
    rest: {
      'GET /app/hook/deliveries': (_, url) =>
        url.searchParams.get('cursor') === 'v1_2'
          ? answer([row(1, { delivered_at: '2026-11-23T07:00:00Z' })], {
              link: `<${url.origin}${url.pathname}?cursor=v1_1>; rel="next"`,
            })
          : answer([row(4, { status: 'pending', status_code: 0 }), row(3, { status_code: 502 }), row(2)], {
              link: `<${url.origin}${url.pathname}?cursor=v1_2>; rel="next"`,
            }),
    },
  });
  const asked: string[] = [];
  const log = await readDeliveries(connection, (at) => {
    asked.push(at);
    return since;
  });
  expect(log).toMatchObject({ at: '2026-11-23T09:00:00Z', cut: false });
  expect(log.rows.map(({ id, arrived }) => [id, arrived])).toEqual([
    [3, false],
    [2, true],
  ]);
  expect(fake.calls).toHaveLength(2);
});
