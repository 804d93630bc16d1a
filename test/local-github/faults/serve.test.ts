import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { at, column, headOf, startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.rest('mona', 'DELETE', '/_local/faults');
});
afterAll(() => world.end());

const give = async (...faults: readonly unknown[]) => {
  const { status } = await world.send('POST', '/_local/faults', null, faults);
  expect(status).toBe(201);
};
const issues = '/repos/acme/payments/issues';
const createIssues = 'POST /repos/{owner}/{repo}/issues';
const open = (title: string) => world.rest('mona', 'POST', issues, { title });
const titles = async () => column((await world.rest('mona', 'GET', `${issues}?state=all`)).body, 'title');
const heads = `query { repository(owner: "acme", name: "payments") { defaultBranchRef { target { oid } } } }`;

describe('a call', () => {
  it('that fails before it took effect did nothing, and only the one that was named fails', async () => {
    await give({ on: createIssues, call: 2, do: 'fail', status: 503 });
    expect((await open('first')).status).toBe(201);
    expect(await open('lost')).toMatchObject({ status: 503, body: { message: 'Server Error' } });
    expect((await open('third')).status).toBe(201);
    expect(await titles()).toEqual(['third', 'first']);
  });

  it('that fails after it took effect did everything', async () => {
    await give({ on: createIssues, do: 'fail', when: 'after' });
    expect((await open('made')).status).toBe(502);
    expect(await titles()).toContain('made');
  });

  it.each([['before'], ['after']])('can lose its connection %s it took effect', async (when) => {
    const title = `cut ${when}`;
    await give({ on: createIssues, do: 'cut', when });
    await expect(open(title)).rejects.toThrow('fetch failed');
    expect((await titles()).includes(title)).toBe(when === 'after');
  });

  it('is refused by a secondary limit, which says when to come back', async () => {
    await give({ on: '*', do: 'limit', 'retry-after': 7 });
    const { status, headers } = await world.rest('mona', 'GET', issues);
    expect([status, headers.get('retry-after')]).toEqual([403, '7']);
  });

  it('is refused by the primary limit, in GraphQL with HTTP 200', async () => {
    await give({ on: '*', times: 2, do: 'limit', limit: 'primary', 'retry-after': 7 });
    const { status, headers } = await world.rest('mona', 'GET', issues);
    const reset = String(Math.ceil(world.clock.now.getTime() / 1000) + 7);
    expect([status, headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-reset')]).toEqual([
      403,
      '0',
      reset,
    ]);
    expect(at(await world.graphql('mona', heads), 'errors.0.type')).toBe('RATE_LIMITED');
  });

  it('of git can suffer as well, and can take its time', async () => {
    await give({ on: 'git', do: 'cut' }, { on: 'git', call: 2, do: 'delay', milliseconds: 1 });
    const remote = `${world.url()}/acme/payments.git`;
    expect(await world.git('mona', world.root, 'ls-remote', remote)).toMatchObject({ code: 128 });
    expect(await world.git('mona', world.root, 'ls-remote', remote)).toMatchObject({ code: 0 });
  });
});

describe('a stale read', () => {
  it('shows the head of a branch and the comments as they were', async () => {
    const before = await headOf(world, 'acme/payments');
    const file = { message: 'More', content: Buffer.from('more\n').toString('base64') };
    await world.rest('mona', 'PUT', '/repos/acme/payments/contents/MORE.md', file);
    const after = await headOf(world, 'acme/payments');
    const comments = `${issues}/1/comments`;
    await world.rest('mona', 'POST', comments, { body: 'early' });
    await world.rest('mona', 'POST', comments, { body: 'late' });
    await give({ on: 'graphql repository', do: 'stale' }, { on: '*', call: 2, times: 2, do: 'stale' });
    const oid = 'data.repository.defaultBranchRef.target.oid';
    expect(at(await world.graphql('mona', heads), oid)).toBe(before);
    expect(await headOf(world, 'acme/payments')).toBe(before);
    expect(column((await world.rest('mona', 'GET', comments)).body, 'body')).toEqual(['early']);
    expect(await headOf(world, 'acme/payments')).toBe(after);
    expect(column((await world.rest('mona', 'GET', comments)).body, 'body')).toEqual(['early', 'late']);
  });

  it('leaves writes alone', async () => {
    await give({ on: createIssues, do: 'stale', changes: 100 });
    expect((await open('current')).status).toBe(201);
  });
});

describe('a scarce quota', () => {
  it('is told with answers that are true', async () => {
    await give({ on: 'GET /repos/{owner}/{repo}', do: 'scarce', remaining: 7 });
    const ask = () => world.rest('mona', 'GET', '/repos/acme/payments');
    const told = await ask();
    expect(told).toMatchObject({ status: 200, body: { full_name: 'acme/payments' } });
    expect(told.headers.get('x-ratelimit-remaining')).toBe('7');
    expect(Number((await ask()).headers.get('x-ratelimit-remaining'))).toBeGreaterThan(4_000);
  });
});

describe('a race', () => {
  const commit = `mutation($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { commit { oid } } }`;
  const addFile = async (branch: string) => {
    const head = await headOf(world, 'acme/payments');
    const input = {
      branch: { repositoryNameWithOwner: 'acme/payments', branchName: branch },
      expectedHeadOid: head,
      message: { headline: 'Ours' },
      fileChanges: { additions: [{ path: 'ours.txt', contents: '' }] },
    };
    return { head, answer: await world.graphql('mona', commit, { input }) };
  };

  it('is lost to another commit on the branch that was named', async () => {
    await give({ on: 'graphql createCommitOnBranch', do: 'race' });
    const { head, answer } = await addFile('main');
    expect(at(answer, 'errors.0.type')).toBe('STALE_DATA');
    const parent = `/repos/acme/payments/commits/${await headOf(world, 'acme/payments')}`;
    expect(column(at((await world.rest('mona', 'GET', parent)).body, 'parents'), 'sha')).toEqual([head]);
    expect((await addFile('main')).answer).not.toHaveProperty('errors');
  });

  it('is lost to somebody who makes the same branch', async () => {
    await give({ on: 'POST /repos/{owner}/{repo}/git/refs', do: 'race', path: 'theirs.txt' });
    const sha = await headOf(world, 'acme/payments');
    const ref = { ref: 'refs/heads/contested', sha };
    const answer = await world.rest('mona', 'POST', '/repos/acme/payments/git/refs', ref);
    expect(answer).toMatchObject({ status: 422, body: { message: 'Reference already exists' } });
    const tree = '/repos/acme/payments/contents/?ref=contested';
    expect(column((await world.rest('mona', 'GET', tree)).body, 'name')).toEqual(['theirs.txt']);
  });
});

describe('faults', () => {
  it('are shown with how often they were met, until they are taken away', async () => {
    await give({ on: createIssues, call: 3, do: 'fail' });
    await open('counted');
    const shown = (await world.rest('anybody', 'GET', '/_local/faults')).body;
    expect(shown).toEqual([
      { on: createIssues, call: 3, times: 1, do: 'fail', status: 502, when: 'before', seen: 1 },
    ]);
    expect((await world.rest('anybody', 'DELETE', '/_local/faults')).status).toBe(204);
    expect((await world.rest('anybody', 'GET', '/_local/faults')).body).toEqual([]);
  });

  it('that do not exist are refused', async () => {
    expect((await world.rest('anybody', 'POST', '/_local/faults', [{ on: '*', do: 'explode' }])).status).toBe(
      422,
    );
  });
});

describe('a delivery', () => {
  const heardAfter = async (...faults: readonly unknown[]) => {
    await world.heard();
    await give(...faults);
    await open('heard');
    await world.rest('mona', 'POST', `${issues}/1/comments`, { body: 'heard' });
    return world.heard();
  };

  it('can be lost, which the log tells', async () => {
    expect(await heardAfter({ webhook: 'issues', do: 'drop' })).toEqual(['issue_comment.created']);
    const log = (await world.app('GET', '/app/hook/deliveries')).body;
    expect(at(log, '1')).toMatchObject({ event: 'issues', status_code: 502 });
  });

  it('can come twice', async () => {
    const heard = await heardAfter({ webhook: 'issues.opened', do: 'double' });
    expect(heard).toEqual(['issues.opened', 'issues.opened', 'issue_comment.created']);
  });

  it('can be overtaken', async () => {
    const heard = await heardAfter({ webhook: '*', do: 'reorder' });
    expect(heard).toEqual(['issue_comment.created', 'issues.opened']);
  });

  it('that nothing overtakes arrives in the end', async () => {
    const heard = await heardAfter({ webhook: 'issues', do: 'reorder', behind: 9 });
    expect(heard).toEqual(['issue_comment.created', 'issues.opened']);
  });

  it('can come late', async () => {
    const heard = await heardAfter({ webhook: 'issues', do: 'delay', milliseconds: 1 });
    expect([...heard].sort()).toEqual(['issue_comment.created', 'issues.opened']);
  });
});
