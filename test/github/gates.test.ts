import { HttpResponse, type JsonBodyType } from 'msw';
import { describe, expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { date, useFakeHost } from './fake-host.ts';

const fake = useFakeHost();
const repository = 'acme/payments';
const base = '/repos/acme/payments';
const commit = 'b'.repeat(40);
const list = `GET ${base}/actions/runs`;
const suite = `GET ${base}/check-suites/70/check-runs`;
const failing = (status: number, message: string) =>
  HttpResponse.json({ message }, { status, headers: { date } });

type Routes = { readonly [route: string]: (body: unknown, url: URL) => JsonBodyType | Response };
const forge = (rest: Routes, permissions: object = { deployments: 'write' }) => {
  const token = { token: 'ghs_secret', expires_at: '2099-01-01T00:00:00Z', permissions };
  const granted = () => HttpResponse.json(token, { status: 201, headers: { date } });
  return createForge(fake.start({ rest: { 'POST /app/installations/7/access_tokens': granted, ...rest } }));
};

const wire = (more: object = {}) => ({
  ...{ id: 7, run_attempt: 2, check_suite_id: 70, html_url: 'https://host/runs/7' },
  ...{ path: '.github/workflows/ship.yml@main', event: 'push', head_sha: commit },
  ...{ status: 'waiting', conclusion: null },
  ...{ created_at: '2026-11-23T09:00:00Z', updated_at: '2026-11-23T09:05:00Z' },
  ...more,
});
const runs = (...all: readonly object[]) => ({ workflow_runs: all });
const checks = (...all: readonly object[]) => ({ check_runs: all });
const job = {
  ...{ run: 7, attempt: 2, path: '.github/workflows/ship.yml', event: 'push' },
  ...{ url: 'https://host/runs/7', createdAt: '2026-11-23T09:00:00Z' },
};

describe('T5, T6: jobs that wait', () => {
  it('are read from the runs of the commit that go on, and from the checks of their jobs', async () => {
    const asked: string[] = [];
    const found = await forge({
      [list]: (_, url) => {
        asked.push(url.searchParams.get('head_sha') ?? '');
        return runs(wire(), wire({ id: 8, status: 'completed', check_suite_id: 80 }));
      },
      [suite]: () =>
        checks(
          { status: 'waiting', deployment: { environment: 'production' } },
          { status: 'waiting', deployment: { environment: 'production' } },
          { status: 'waiting', deployment: { environment: 'stage' } },
          { status: 'completed', deployment: { environment: 'test' } },
          { status: 'in_progress' },
        ),
    }).waitingJobs(repository, commit);
    expect(asked).toEqual([commit]);
    const value = ['production', 'stage'].map((environment) => ({ ...job, environment }));
    expect(found).toEqual({ kind: 'known', value });
  });

  it.each([
    ['that the host does not tell yet', wire(), checks(), [job]],
    ['without a deployment', wire(), checks({ status: 'waiting', deployment: null }), [job]],
    ['while nothing waits', wire({ status: 'in_progress' }), checks({ status: 'in_progress' }), []],
  ])('of a run %s', async (_, run, answer, value) => {
    const found = await forge({ [list]: () => runs(run), [suite]: () => answer }).waitingJobs(
      repository,
      commit,
    );
    expect(found).toEqual({ kind: 'known', value });
  });

  it('on hosts that tell less, of the first try and of no suite', async () => {
    const { run_attempt: _, check_suite_id: __, ...bare } = wire();
    const found = await forge({
      [list]: () => runs(bare),
      [`GET ${base}/check-suites/0/check-runs`]: () => checks(),
    }).waitingJobs(repository, commit);
    expect(found).toMatchObject({ value: [{ run: 7, attempt: 1 }] });
  });

  it('are read of fifty runs at most, those that wait before those that are under way (T17)', async () => {
    const busy = Array.from({ length: 60 }, (_, id) =>
      wire({ id: id + 100, check_suite_id: 71, status: 'in_progress' }),
    );
    const found = await forge({
      [list]: () => runs(...busy, wire()),
      [suite]: () => checks({ status: 'waiting', deployment: { environment: 'production' } }),
      [`GET ${base}/check-suites/71/check-runs`]: () => checks(),
    }).waitingJobs(repository, commit);
    expect(found).toMatchObject({ value: [{ run: 7 }] });
    expect(fake.calls.filter((call) => call.includes('check-suites'))).toHaveLength(50);
  });

  it('are found on the second page as well', async () => {
    const many = Array.from({ length: 100 }, (_, id) => wire({ id, status: 'completed' }));
    const found = await forge({
      [list]: (_, url) => (url.searchParams.get('page') === '1' ? runs(...many) : runs(wire())),
      [suite]: () => checks({ status: 'waiting', deployment: { environment: 'production' } }),
    }).waitingJobs(repository, commit);
    expect(found).toMatchObject({ value: [{ run: 7 }] });
  });

  it('are not known where the App may not read them', async () => {
    const found = await forge({ [list]: () => failing(403, 'Resource not accessible') }).waitingJobs(
      repository,
      commit,
    );
    expect(found).toEqual({ kind: 'unknown', why: 'the App may not read runs of workflows' });
  });

  it('and neither where it may not answer them', async () => {
    const found = await forge({}, { deployments: 'read' }).waitingJobs(repository, commit);
    expect(found).toMatchObject({ kind: 'unknown', why: expect.stringContaining('"Deployments: write"') });
  });

  it('on any commit of a repository, each commit once', async () => {
    const asked: (string | null)[] = [];
    const found = await forge({
      [list]: (_, url) => {
        asked.push(url.searchParams.get('status'));
        return runs(wire(), wire({ head_sha: 'd'.repeat(40) }));
      },
    }).waitingCommits(repository);
    expect([asked.toSorted(), found]).toEqual([
      ['in_progress', 'waiting'],
      { kind: 'known', value: [commit, 'd'.repeat(40)] },
    ]);
  });
});

describe('T5: how a try of a run ended', () => {
  it.each([
    [
      'success',
      wire({ status: 'completed', conclusion: 'success' }),
      { conclusion: 'success', at: '2026-11-23T09:05:00Z' },
    ],
    ['not at all', wire(), undefined],
  ])('%s', async (_, run, value) => {
    const ending = await forge({ [`GET ${base}/actions/runs/7/attempts/2`]: () => run }).runEnding(
      repository,
      job,
    );
    expect(ending).toEqual({ kind: 'known', value });
  });
});

describe('T5: an answer', () => {
  const read = `GET ${base}/actions/runs/7`;
  const post = `POST ${base}/actions/runs/7/deployment_protection_rule`;
  const at = { run: 7, attempt: 2, environment: 'production' };
  const none = () => new HttpResponse(null, { status: 204, headers: { date } });

  it.each([
    ['with a verdict', { verdict: 'approved', comment: 'yes' } as const, { state: 'approved' }],
    ['without', { comment: 'wait' }, {}],
  ])('is given %s once the run was read again', async (_, saying, state) => {
    const sent: unknown[] = [];
    const routes = {
      [read]: () => wire(),
      [post]: (body: unknown) => {
        sent.push(body);
        return none();
      },
    };
    expect(await forge(routes).answerGate(repository, commit, at, saying)).toBe('told');
    expect(sent).toEqual([{ environment_name: 'production', comment: saying.comment, ...state }]);
  });

  it.each([
    ['that has ended', wire({ status: 'completed' })],
    ['of another commit', wire({ head_sha: 'd'.repeat(40) })],
    ['that was started again meanwhile', wire({ run_attempt: 3 })],
    ['of the first try, on a host that tells none', { ...wire(), run_attempt: undefined }],
  ])('is not given to a run %s', async (_, run) => {
    expect(await forge({ [read]: () => run }).answerGate(repository, commit, at, { comment: '' })).toBe(
      'gone',
    );
    expect(fake.calls).not.toContain(post);
  });

  it.each([
    [422, 'The deployment is not waiting'],
    [403, 'Resource not accessible'],
    [404, 'Not Found'],
  ])('that GitHub refuses with %i changes nothing', async (status, message) => {
    const routes = { [read]: () => wire(), [post]: () => failing(status, message) };
    expect(await forge(routes).answerGate(repository, commit, at, { comment: '' })).toBe('gone');
  });

  it('that may not have arrived is tried again', async () => {
    const routes = { [read]: () => wire(), [post]: () => failing(502, 'Bad Gateway') };
    await expect(forge(routes).answerGate(repository, commit, at, { comment: '' })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
