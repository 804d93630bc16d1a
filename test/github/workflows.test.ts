import { HttpResponse, type JsonBodyType } from 'msw';
import { describe, expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { date, useFakeHost } from './fake-host.ts';

const fake = useFakeHost();
const repository = 'acme/payments';
const base = '/repos/acme/payments';
const commit = 'b'.repeat(40);
const order = { workflow: 'deploy.yml', ref: 'v1', commit, inputs: { version: '1' } };
const post = `POST ${base}/actions/workflows/deploy.yml/dispatches`;
const failing = (status: number, message: string) =>
  HttpResponse.json({ message }, { status, headers: { date } });

type Routes = { readonly [route: string]: (body: unknown, url: URL) => JsonBodyType | Response };
const forge = (rest: Routes) => createForge(fake.start({ rest }));

/** Answers, and keeps what it was sent. */
const keep = (sent: unknown[], answer: JsonBodyType | Response) => (body: unknown) => {
  sent.push(body);
  return answer;
};

const wire = (more: object = {}) => ({
  ...{ id: 7, html_url: 'https://host/runs/7', path: '.github/workflows/deploy.yml@main' },
  ...{ event: 'workflow_dispatch', head_sha: commit, status: 'in_progress', conclusion: null },
  ...{ created_at: '2026-11-23T09:00:00Z', updated_at: '2026-11-23T09:05:00Z' },
  ...more,
});
const run = {
  ...{ id: 7, url: 'https://host/runs/7', path: '.github/workflows/deploy.yml' },
  ...{ event: 'workflow_dispatch', commit, createdAt: '2026-11-23T09:00:00Z' },
};

describe('T2: an order', () => {
  const tag = { [`GET ${base}/commits/tags/v1`]: () => ({ sha: commit }) };

  it('goes out for the tag in full, once that means the commit, and tells the run', async () => {
    const sent: unknown[] = [];
    const details = { workflow_run_id: 7, run_url: 'https://api/7', html_url: 'https://host/runs/7' };
    const answer = await forge({ ...tag, [post]: keep(sent, details) }).dispatch(repository, order);
    expect(answer).toEqual({ kind: 'run', run: 7, url: 'https://host/runs/7' });
    expect(sent).toEqual([{ ref: 'refs/tags/v1', inputs: { version: '1' }, return_run_details: true }]);
  });

  it('goes out for a branch where there is no such tag; a host may tell of no run', async () => {
    const sent: unknown[] = [];
    const none = () => new HttpResponse(null, { status: 204, headers: { date } });
    const answer = await forge({
      [`GET ${base}/commits/tags/v1`]: () => failing(422, 'No commit found for SHA: tags/v1'),
      [`GET ${base}/commits/heads/v1`]: () => ({ sha: commit }),
      [post]: keep(sent, none()),
    }).dispatch(repository, order);
    expect(answer).toEqual({ kind: 'accepted' });
    expect(sent).toMatchObject([{ ref: 'refs/heads/v1' }]);
  });

  it.each<[string, Routes, string]>([
    ['moved', { [`GET ${base}/commits/tags/v1`]: () => ({ sha: 'd'.repeat(40) }) }, 'v1'],
    ['gone', {}, 'v1'],
    ['gone, in full', {}, 'refs/heads/v1'],
  ])('of a ref that is %s is never sent', async (_, routes, ref) => {
    const answer = await forge({ ...routes, [post]: () => ({}) }).dispatch(repository, { ...order, ref });
    expect(answer).toEqual({
      kind: 'refused',
      why: 'moved',
      said: `${ref} does not mean ${commit} any more`,
    });
    expect(fake.calls).not.toContain(post);
  });

  it.each([
    [403, 'Resource not accessible by integration', 'forbidden'],
    [404, 'Not Found', 'missing'],
    [422, 'Unexpected inputs provided', 'invalid'],
  ])('that GitHub answers with %i is refused', async (status, message, why) => {
    const answer = await forge({ ...tag, [post]: () => failing(status, message) }).dispatch(
      repository,
      order,
    );
    expect(answer).toMatchObject({ kind: 'refused', why, said: expect.stringContaining(message) });
  });

  it('whose fate nobody knows is an error, and so is a ref that cannot be read', async () => {
    const lost = forge({ ...tag, [post]: () => failing(502, 'Bad Gateway') });
    await expect(lost.dispatch(repository, order)).rejects.toMatchObject({ code: 'unavailable' });
    const unread = forge({ [`GET ${base}/commits/tags/v1`]: () => failing(503, 'Down') });
    await expect(unread.dispatch(repository, order)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('what the App may do', () => {
  const granted = (permissions: object) =>
    forge({
      'POST /app/installations/7/access_tokens': () => ({
        ...{ token: 'ghs_secret', expires_at: '2099-01-01T00:00:00Z', permissions },
      }),
    }).mayDispatch(repository);

  it('is told by its token, without a call', async () => {
    expect(await granted({ actions: 'write' })).toEqual({ kind: 'known', value: true });
    const no = { kind: 'unknown', why: 'the App may not start workflows' };
    expect([await granted({ actions: 'read' }), await granted({})]).toEqual([no, no]);
    expect(fake.calls).toEqual([]);
  });
});

describe('T14: runs are read from the host', () => {
  const one = (answer: () => JsonBodyType | Response) =>
    forge({ [`GET ${base}/actions/runs/7`]: answer }).workflowRun(repository, 7);

  it('one as it stands', async () => {
    expect(await one(() => wire())).toEqual({ kind: 'known', value: run });
    const ended = { conclusion: 'success', at: '2026-11-23T09:05:00Z' };
    expect(await one(() => wire({ status: 'completed', conclusion: 'success' }))).toEqual({
      kind: 'known',
      value: { ...run, ended },
    });
  });

  it('and nothing is known of what may not be read, or was deleted', async () => {
    expect(await one(() => failing(403, 'Resource not accessible'))).toMatchObject({
      why: 'the App may not read runs of workflows',
    });
    expect(await one(() => failing(404, 'Not Found'))).toMatchObject({ why: 'the run is gone' });
    await expect(one(() => failing(500, 'Oops'))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('those that our App started on a commit; its name is asked once', async () => {
    const asked: string[] = [];
    const routes: Routes = {
      'GET /app': () => ({ slug: 'countersign' }),
      [`GET ${base}/actions/runs`]: (_, url) => {
        asked.push(url.search);
        return { total_count: 1, workflow_runs: [wire()] };
      },
    };
    const host = forge(routes);
    expect(await host.dispatchedRuns(repository, commit)).toEqual({ kind: 'known', value: [run] });
    await host.dispatchedRuns(repository, commit);
    expect(fake.calls.filter((call) => call === 'GET /app')).toHaveLength(1);
    expect(new URLSearchParams(asked[0])).toEqual(
      new URLSearchParams({
        ...{ event: 'workflow_dispatch', head_sha: commit, actor: 'countersign[bot]', per_page: '100' },
      }),
    );
  });
});
