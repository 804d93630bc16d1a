import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, startWorld, text, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const commit = `mutation($head: GitObjectID!, $changes: FileChanges, $branch: String!) {
  createCommitOnBranch(input: {
    branch: { repositoryNameWithOwner: "acme/payments", branchName: $branch },
    expectedHeadOid: $head, message: { headline: "Record", body: "Why" }, fileChanges: $changes
  }) { commit { oid url message signature { isValid wasSignedByGitHub } author { name email user { login } } committer { name email } } ref { name target { oid } } }
}`;

const add = (path: string, contents: string) => ({
  additions: [{ path, contents: Buffer.from(contents).toString('base64') }],
});

const write = (who: string, head: string, changes: object, branch = 'main') =>
  world.ask(who, commit, { head, changes, branch });

async function headOf(branch: string): Promise<string> {
  const ref = await world.rest('mona', 'GET', `/repos/acme/payments/git/ref/heads/${branch}`);
  return text(ref.body, 'object.sha');
}

async function newBranch(name: string): Promise<string> {
  const sha = await headOf('main');
  const made = await world.rest('mona', 'POST', '/repos/acme/payments/git/refs', {
    ref: `refs/heads/${name}`,
    sha,
  });
  expect(made.status).toBe(201);
  return sha;
}

const read = (expression: string) =>
  world.ask(
    'gate',
    'query($e: String!) { repository(owner: "acme", name: "payments") { object(expression: $e) { ... on Blob { text } } } }',
    { e: expression },
  );

describe('createCommitOnBranch', () => {
  it('adds one signed commit by the App and moves the branch', async () => {
    const head = await newBranch('one');
    const answer = await write('gate', head, add('deep/er/file.txt', 'hello'), 'one');
    const made = at(answer, 'data.createCommitOnBranch.commit');
    expect(made).toMatchObject({
      message: 'Record\n\nWhy',
      signature: { isValid: true, wasSignedByGitHub: true },
      author: {
        name: 'gate[bot]',
        email: expect.stringMatching(/^\d+\+gate\[bot\]@users\.noreply\.github\.com$/),
      },
      committer: { name: 'GitHub', email: 'noreply@github.com' },
    });
    expect(text(made, 'url')).toBe(`${world.host.url}/acme/payments/commit/${text(made, 'oid')}`);
    expect(await headOf('one')).toBe(text(made, 'oid'));
    expect(at(await read('one:deep/er/file.txt'), 'data.repository.object.text')).toBe('hello');
    expect(at(await read('one:README.md'), 'data.repository.object.text')).toBe('payments\n');
  });

  it('refuses a head that has moved, says so, and leaves the branch alone', async () => {
    const head = await newBranch('two');
    await write('gate', head, add('a', '1'), 'two');
    const now = await headOf('two');
    expect(await write('gate', head, add('b', '2'), 'two')).toMatchObject({
      data: { createCommitOnBranch: null },
      errors: [
        {
          type: 'STALE_DATA',
          path: ['createCommitOnBranch'],
          message: `Expected branch to point to "${head}" but it did not. Pull and try again.`,
        },
      ],
    });
    expect(await headOf('two')).toBe(now);
  });

  it('lets exactly one of many writers win', async () => {
    const head = await newBranch('race');
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((each) => write('gate', head, add(`${each}`, `${each}`), 'race')),
    );
    const winners = answers.filter((each) => at(each, 'errors') === undefined);
    const losers = answers.filter((each) => at(each, 'errors.0.type') === 'STALE_DATA');
    expect([winners.length, losers.length]).toEqual([1, 5]);
    expect(await headOf('race')).toBe(text(winners[0], 'data.createCommitOnBranch.commit.oid'));
  });

  it('deletes files, and refuses to delete one that is not there', async () => {
    const head = await newBranch('three');
    const answer = await write('gate', head, { deletions: [{ path: 'releases/one.yml' }] }, 'three');
    const next = text(answer, 'data.createCommitOnBranch.commit.oid');
    expect(at(await read('three:releases/one.yml'), 'data.repository.object')).toBeNull();
    const again = await write('gate', next, { deletions: [{ path: 'releases/one.yml' }] }, 'three');
    expect(at(again, 'errors.0.type')).toBe('UNPROCESSABLE');
    expect(await headOf('three')).toBe(next);
  });

  it.each(['', '/etc/passwd', 'a//b', '../up', '.git/config', 'a/.GIT/hooks'])(
    'refuses the path %j',
    async (path) => {
      const head = await headOf('main');
      expect(at(await write('gate', head, add(path, 'x')), 'errors.0.type')).toBe('UNPROCESSABLE');
      expect(await headOf('main')).toBe(head);
    },
  );

  it('refuses contents that are not base64', async () => {
    const changes = { additions: [{ path: 'x', contents: 'not base64!' }] };
    expect(at(await write('gate', await headOf('main'), changes), 'errors.0.type')).toBe('UNPROCESSABLE');
  });

  it('needs permission to write contents', async () => {
    const head = await headOf('main');
    expect(at(await write('visitor', head, add('x', 'x')), 'errors.0.type')).toBe('FORBIDDEN');
    expect(at(await write('eve', head, add('x', 'x')), 'errors.0.type')).toBe('NOT_FOUND');
    expect(at(await write('gate', head, add('x', 'x'), 'no-such-branch'), 'errors.0.type')).toBe('NOT_FOUND');
    expect(await headOf('main')).toBe(head);
  });

  it('takes the branch by its node id too', async () => {
    const head = await newBranch('by-id');
    const found = await world.ask(
      'gate',
      '{ repository(owner: "acme", name: "payments") { ref(qualifiedName: "refs/heads/by-id") { id name prefix } } }',
    );
    expect(at(found, 'data.repository.ref')).toMatchObject({ name: 'by-id', prefix: 'refs/heads/' });
    const answer = await world.ask(
      'gate',
      'mutation($id: ID!, $head: GitObjectID!) { createCommitOnBranch(input: { clientMutationId: "m1", branch: { id: $id }, expectedHeadOid: $head, message: { headline: "Empty" } }) { clientMutationId commit { messageBody parents(first: 1) { nodes { oid } } } } }',
      { id: text(found, 'data.repository.ref.id'), head },
    );
    expect(at(answer, 'data.createCommitOnBranch')).toEqual({
      clientMutationId: 'm1',
      commit: { messageBody: '', parents: { nodes: [{ oid: head }] } },
    });
  });
});

describe('a pull request', () => {
  it('is shown with its merge, and its commits know it', async () => {
    const head = await newBranch('feature');
    await write('gate', head, add('feature.txt', 'new'), 'feature');
    const opened = await world.rest('ada', 'POST', '/repos/acme/payments/pulls', {
      title: 'Feature',
      head: 'feature',
      base: 'main',
    });
    const number = at(opened.body, 'number');
    const review = await world.rest('mona', 'POST', `/repos/acme/payments/pulls/${number}/reviews`, {
      event: 'APPROVE',
      body: 'fine',
    });
    expect(review.status).toBe(200);
    const merged = await world.rest('mona', 'PUT', `/repos/acme/payments/pulls/${number}/merge`, {});
    const answer = await world.ask(
      'gate',
      `query($number: Int!) { repository(owner: "acme", name: "payments") { pullRequest(number: $number) {
        id databaseId state merged mergedBy { login } mergeCommit { oid signature { isValid } associatedPullRequests(first: 5) { nodes { number } } }
        headRefName headRefOid baseRefName isCrossRepository changedFiles author { __typename login } url
        reviews(first: 5) { nodes { state body author { login } commit { oid } } }
      } pullRequests(first: 5, states: [MERGED]) { nodes { number } } } }`,
      { number },
    );
    expect(at(answer, 'errors')).toBeUndefined();
    expect(at(answer, 'data.repository.pullRequest')).toMatchObject({
      id: at(opened.body, 'node_id'),
      databaseId: at(opened.body, 'id'),
      state: 'MERGED',
      merged: true,
      mergedBy: { login: 'mona' },
      mergeCommit: {
        oid: at(merged.body, 'sha'),
        signature: { isValid: true },
        associatedPullRequests: { nodes: [{ number }] },
      },
      headRefName: 'feature',
      baseRefName: 'main',
      isCrossRepository: false,
      changedFiles: 1,
      author: { __typename: 'User', login: 'ada' },
      reviews: { nodes: [{ state: 'APPROVED', body: 'fine', author: { login: 'mona' } }] },
    });
    expect(at(answer, 'data.repository.pullRequests.nodes')).toEqual([{ number }]);
  });
});

describe('the authors of a commit', () => {
  it('are its author and its co-authors, each with the account of the address', async () => {
    const content = Buffer.from('x').toString('base64');
    const message =
      'Add y\n\nCo-authored-by: Mona <MONA@example.com>\nCo-authored-by: Nobody <nobody@nowhere.example>';
    const made = await world.rest('ada', 'PUT', '/repos/acme/payments/contents/y.txt', { message, content });
    const answer = await world.ask(
      'gate',
      `query($oid: GitObjectID!) { repository(owner: "acme", name: "payments") { object(oid: $oid) {
        ... on Commit { authors(first: 10) { totalCount nodes { email user { login } } } } } } }`,
      { oid: text(made.body, 'commit.sha') },
    );
    expect(at(answer, 'data.repository.object.authors')).toMatchObject({
      totalCount: 3,
      nodes: [
        { user: { login: 'ada' } },
        { email: 'MONA@example.com', user: { login: 'mona' } },
        { email: 'nobody@nowhere.example', user: null },
      ],
    });
  });
});
