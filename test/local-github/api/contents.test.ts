import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, headOf, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const repo = '/repos/acme/payments';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('contents', () => {
  it('shows folders, files and raw bytes', async () => {
    expect(column((await world.rest('rob', 'GET', `${repo}/contents`)).body, 'name')).toEqual([
      'README.md',
      'docs',
    ]);
    expect((await world.rest('rob', 'GET', `${repo}/contents/docs/plan.md`)).body).toMatchObject({
      path: 'docs/plan.md',
      content: base64('plan\n'),
      encoding: 'base64',
      size: 5,
    });
    const raw = await world.rest('rob', 'GET', `${repo}/contents/docs/plan.md?ref=main`, undefined, {
      accept: 'application/vnd.github.raw',
    });
    expect(raw.body).toBe('plan\n');
    expect((await world.rest('rob', 'GET', `${repo}/contents/none`)).status).toBe(404);
  });

  it('changes a file only over the version the caller saw', async () => {
    const path = `${repo}/contents/a/b.txt`;
    const first = await world.rest('ada', 'PUT', path, { message: 'One', content: base64('1') });
    expect(first.status).toBe(201);
    expect((await world.rest('ada', 'PUT', path, { message: 'Two', content: base64('2') })).status).toBe(422);
    const wrong = { message: 'Two', content: base64('2'), sha: '0'.repeat(40) };
    expect((await world.rest('ada', 'PUT', path, wrong)).status).toBe(409);
    const sha = at(first.body, 'content.sha');
    expect((await world.rest('ada', 'DELETE', path, { message: 'Gone', sha })).status).toBe(200);
    expect((await world.rest('ada', 'GET', path)).status).toBe(404);
    expect(
      column((await world.rest('rob', 'GET', `${repo}/commits?path=a/b.txt`)).body, 'commit.message'),
    ).toEqual(['Gone', 'One']);
  });

  it.each(['../x', 'a/../b', '.git/config', 'a//b'])('refuses the path %s', async (path) => {
    const answer = await world.rest('ada', 'PUT', `${repo}/contents/${encodeURIComponent(path)}`, {
      message: 'x',
      content: '',
    });
    expect(answer.status).toBe(422);
  });
});

describe('the git data endpoints', () => {
  it('start an orphan branch that git can clone, signed as the App', async () => {
    const tree = await world.rest('gate', 'POST', `${repo}/git/trees`, {
      tree: [{ path: 'x/README.md', content: 'records\n' }],
    });
    const commit = await world.rest('gate', 'POST', `${repo}/git/commits`, {
      message: 'Begin',
      tree: at(tree.body, 'sha'),
      parents: [],
    });
    expect(commit.body).toMatchObject({
      parents: [],
      verification: { verified: true },
      author: {
        name: 'gate[bot]',
        email: expect.stringMatching(/^\d+\+gate\[bot\]@users\.noreply\.github\.com$/),
      },
      committer: { name: 'GitHub' },
    });
    const ref = { ref: 'refs/heads/records', sha: at(commit.body, 'sha') };
    expect((await world.rest('gate', 'POST', `${repo}/git/refs`, ref)).status).toBe(201);
    expect((await world.rest('gate', 'POST', `${repo}/git/refs`, ref)).status).toBe(422);
    const clone = await world.git(
      'rob',
      world.root,
      'clone',
      '--quiet',
      '--branch',
      'records',
      `${world.url()}/acme/payments`,
      'orphan',
    );
    expect(clone).toMatchObject({ code: 0 });
    expect((await world.git('rob', `${world.root}/orphan`, 'log', '--format=%an|%cn|%s')).out).toBe(
      'gate[bot]|GitHub|Begin\n',
    );
    expect((await world.git('rob', `${world.root}/orphan`, 'fsck', '--strict')).code).toBe(0);
  });

  it('work in a repository without any commit', async () => {
    const tree = await world.rest('mona', 'POST', '/repos/acme/empty/git/trees', {
      tree: [{ path: 'a', content: 'a' }],
    });
    const commit = await world.rest('mona', 'POST', '/repos/acme/empty/git/commits', {
      message: 'a',
      tree: at(tree.body, 'sha'),
    });
    await world.rest('mona', 'POST', '/repos/acme/empty/git/refs', {
      ref: 'refs/heads/main',
      sha: at(commit.body, 'sha'),
    });
    expect(column((await world.rest('mona', 'GET', '/repos/acme/empty/branches')).body, 'name')).toEqual([
      'main',
    ]);
  });

  it('do not verify a commit whose author the caller made up', async () => {
    const head = await headOf(world, 'acme/payments');
    const known = await world.rest('rob', 'GET', `${repo}/git/commits/${head}`);
    const forged = {
      message: 'x',
      tree: at(known.body, 'tree.sha'),
      parents: [head],
      author: { name: 'Mona', email: 'mona@example.com' },
    };
    expect((await world.rest('ada', 'POST', `${repo}/git/commits`, forged)).body).toMatchObject({
      verification: { verified: false },
    });
  });

  it('move a branch back only by force, and delete it, but never the default branch', async () => {
    const [main, old] = column((await world.rest('rob', 'GET', `${repo}/commits`)).body, 'sha');
    await world.rest('ada', 'POST', `${repo}/git/refs`, { ref: 'refs/heads/side', sha: main });
    const side = `${repo}/git/refs/heads/side`;
    const back = await world.rest('ada', 'PATCH', side, { sha: old });
    expect([back.status, at(back.body, 'message')]).toEqual([422, 'Update is not a fast forward']);
    expect((await world.rest('ada', 'PATCH', side, { sha: old, force: true })).status).toBe(200);
    expect((await world.rest('ada', 'DELETE', side)).status).toBe(204);
    expect((await world.rest('ada', 'DELETE', `${repo}/git/refs/heads/main`)).status).toBe(422);
  });

  it('list trees as deep as asked', async () => {
    const paths = async (query: string) =>
      column(at((await world.rest('rob', 'GET', `${repo}/git/trees/main${query}`)).body, 'tree'), 'path');
    expect(await paths('')).toEqual(['README.md', 'docs']);
    expect(await paths('?recursive=1')).toEqual(['README.md', 'docs', 'docs/plan.md']);
  });

  it('compare two revisions', async () => {
    const [newest, older] = column((await world.rest('rob', 'GET', `${repo}/commits`)).body, 'sha');
    const { body } = await world.rest('rob', 'GET', `${repo}/compare/${older}...${newest}`);
    expect(body).toMatchObject({
      status: 'ahead',
      ahead_by: 1,
      behind_by: 0,
      files: [{ filename: 'a/b.txt', status: 'removed' }],
    });
  });
});

describe('two writers on one head', () => {
  const mutation = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;
  const commit = (head: string, name: string) =>
    world.graphql('gate', mutation, {
      input: {
        branch: { repositoryNameWithOwner: 'acme/payments', branchName: 'main' },
        expectedHeadOid: head,
        message: { headline: name },
        fileChanges: { additions: [{ path: `${name}.txt`, contents: base64(name) }] },
      },
    });

  it('have one winner in every round; the others are told the head is stale', async () => {
    for (let round = 0; round < 5; round += 1) {
      const head = await headOf(world, 'acme/payments');
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => commit(head, `${round}${name}`)));
      const won = answers.filter((answer) => at(answer, 'errors') === undefined);
      expect(won).toHaveLength(1);
      expect(await headOf(world, 'acme/payments')).toBe(
        textAt(won[0], 'data.createCommitOnBranch.commit.oid'),
      );
      const lost = answers.find((answer) => at(answer, 'errors') !== undefined);
      expect(at(lost, 'errors.0')).toMatchObject({
        type: 'STALE_DATA',
        message: expect.stringContaining(head),
      });
    }
  });
});
