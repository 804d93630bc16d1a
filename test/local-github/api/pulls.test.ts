import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, branchWith, column, headOf, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const pulls = '/repos/acme/payments/pulls';

async function openPull(branch: string, path = `${branch}.txt`): Promise<string> {
  await branchWith(world, branch, path, `${branch}\n`);
  const opened = await world.rest('ada', 'POST', pulls, {
    title: `Pull ${branch}`,
    head: branch,
    base: 'main',
  });
  expect(opened.status).toBe(201);
  return `${pulls}/${numberAt(opened.body, 'number')}`;
}

describe('a pull request', () => {
  it('shows its files and commits', async () => {
    const pull = await openPull('shown', 'docs/plan.md');
    const { body } = await world.rest('rob', 'GET', `${pull}/files`);
    expect(body).toMatchObject([
      {
        filename: 'docs/plan.md',
        status: 'modified',
        additions: 1,
        deletions: 1,
        patch: expect.stringContaining('+shown'),
      },
    ]);
    expect(column((await world.rest('rob', 'GET', `${pull}/commits`)).body, 'commit.message')).toEqual([
      'Change docs/plan.md',
    ]);
    expect((await world.rest('rob', 'GET', pull)).body).toMatchObject({ mergeable: true, merged: false });
  });

  it.each([
    ['no such head', { head: 'nothing', base: 'main' }],
    ['no such base', { head: 'shown', base: 'nothing' }],
    ['a second one of the same branches', { head: 'shown', base: 'main' }],
    ['nothing to merge', { head: 'main', base: 'main' }],
  ])('is refused: %s', async (_case, branches) => {
    const { status, body } = await world.rest('ada', 'POST', pulls, { title: 'x', ...branches });
    expect([status, at(body, 'message')]).toEqual([422, 'Validation Failed']);
  });

  it('merges with a verified merge commit, tells who did it, and moves the base', async () => {
    const pull = await openPull('merged');
    const before = await headOf(world, 'acme/payments');
    await world.heard();
    expect((await world.rest('rob', 'PUT', `${pull}/merge`)).status).toBe(403);
    const merge = await world.rest('mona', 'PUT', `${pull}/merge`, { commit_title: 'Ship it' });
    const sha = textAt(merge.body, 'sha');
    expect(await headOf(world, 'acme/payments')).toBe(sha);
    const commit = await world.rest('rob', 'GET', `/repos/acme/payments/git/commits/${sha}`);
    expect(commit.body).toMatchObject({
      verification: { verified: true },
      committer: { name: 'GitHub' },
      author: { name: 'Mona Lisa' },
    });
    expect(at(commit.body, 'parents.0.sha')).toBe(before);
    expect((await world.rest('rob', 'GET', pull)).body).toMatchObject({
      state: 'closed',
      merged: true,
      merged_by: { login: 'mona' },
      merge_commit_sha: sha,
    });
    expect(await world.heard()).toEqual(['push', 'check_suite.requested', 'pull_request.closed']);
    expect((await world.rest('mona', 'PUT', `${pull}/merge`)).status).toBe(405);
  });

  it('merges as one commit, which still belongs to it', async () => {
    const pull = await openPull('squashed');
    const merge = await world.rest('mona', 'PUT', `${pull}/merge`, { merge_method: 'squash' });
    const sha = textAt(merge.body, 'sha');
    const commit = await world.rest('rob', 'GET', `/repos/acme/payments/git/commits/${sha}`);
    expect(column(at(commit.body, 'parents'), 'sha')).toHaveLength(1);
    expect(
      column((await world.rest('rob', 'GET', `/repos/acme/payments/commits/${sha}/pulls`)).body, 'title'),
    ).toEqual(['Pull squashed']);
  });

  it('is not merged when its head is another than the caller saw', async () => {
    const pull = await openPull('moved');
    const answer = await world.rest('mona', 'PUT', `${pull}/merge`, { sha: '0'.repeat(40) });
    expect(answer.status).toBe(409);
  });

  it('is not merged over a conflict', async () => {
    const pull = await openPull('conflict', 'README.md');
    const known = await world.rest('ada', 'GET', '/repos/acme/payments/contents/README.md');
    const change = {
      message: 'Other',
      content: Buffer.from('other\n').toString('base64'),
      sha: at(known.body, 'sha'),
    };
    expect((await world.rest('ada', 'PUT', '/repos/acme/payments/contents/README.md', change)).status).toBe(
      200,
    );
    expect((await world.rest('mona', 'GET', pull)).body).toMatchObject({ mergeable: false });
    expect((await world.rest('mona', 'PUT', `${pull}/merge`)).status).toBe(405);
  });

  it('counts as merged when its head reaches the base by a push', async () => {
    const pull = await openPull('pushed');
    const sha = textAt((await world.rest('rob', 'GET', pull)).body, 'head.sha');
    await world.rest('ada', 'PATCH', '/repos/acme/payments/git/refs/heads/main', { sha });
    expect((await world.rest('rob', 'GET', pull)).body).toMatchObject({
      merged: true,
      merged_by: { login: 'ada' },
      merge_commit_sha: sha,
    });
  });
});

describe('a review', () => {
  it('is bound to a commit, cannot be the author’s, and can be dismissed', async () => {
    const pull = await openPull('reviewed');
    const head = textAt((await world.rest('rob', 'GET', pull)).body, 'head.sha');
    expect((await world.rest('ada', 'POST', `${pull}/reviews`, { event: 'APPROVE' })).status).toBe(422);
    const review = await world.rest('grace', 'POST', `${pull}/reviews`, { event: 'APPROVE', body: 'good' });
    expect(review.body).toMatchObject({ state: 'APPROVED', commit_id: head, user: { login: 'grace' } });
    const path = `${pull}/reviews/${numberAt(review.body, 'id')}/dismissals`;
    expect((await world.rest('rob', 'PUT', path, { message: 'no' })).status).toBe(403);
    expect((await world.rest('mona', 'PUT', path, { message: 'stale' })).body).toMatchObject({
      state: 'DISMISSED',
    });
    expect(column((await world.rest('rob', 'GET', `${pull}/reviews`)).body, 'state')).toEqual(['DISMISSED']);
    expect(await world.heard()).toEqual(
      expect.arrayContaining(['pull_request_review.submitted', 'pull_request_review.dismissed']),
    );
  });
});
