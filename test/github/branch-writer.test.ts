import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createBranchWriter } from '../../src/github/branch-writer.ts';
import type { BranchCommit } from '../../src/ports/branch-writer.ts';
import { date, useFakeHost } from './fake-host.ts';
import { head, tip } from './wire-samples.ts';

const fake = useFakeHost();

const request: BranchCommit = {
  repository: 'acme/payments',
  branch: 'countersign-records',
  additions: [{ path: 'a.txt', content: new TextEncoder().encode('\u{feff}hällo') }],
  deletions: ['old.txt'],
  message: 'Approve go-no-go\n\nRelease: payments\n\nApproved-by: ada',
};

const commit = (answer: object, expectedHead = head) =>
  createBranchWriter(fake.start({ graphql: () => answer as never })).commit({ ...request, expectedHead });

describe('on a branch', () => {
  it('commits in one call, with the head it must still have (pitfall 20)', async () => {
    expect(await commit({ data: { commit: { commit: { oid: tip } } } })).toEqual({
      kind: 'committed',
      head: tip,
    });
    expect(fake.calls).toEqual(['graphql']);
    expect(fake.queries[0]?.variables).toEqual({
      input: {
        branch: { repositoryNameWithOwner: 'acme/payments', branchName: 'countersign-records' },
        expectedHeadOid: head,
        message: { headline: 'Approve go-no-go', body: 'Release: payments\n\nApproved-by: ada' },
        fileChanges: {
          additions: [{ path: 'a.txt', contents: Buffer.from('\u{feff}hällo').toString('base64') }],
          deletions: [{ path: 'old.txt' }],
        },
      },
    });
  });

  it.each([
    { type: 'STALE_DATA', message: 'x' },
    { message: `Expected branch to point to "${head}" but it points to "${tip}".` },
  ])('loses the race when it has moved: %o', async (error) => {
    const answer = { data: { commit: null }, errors: [{ ...error, path: ['commit'] }] };
    expect(await commit(answer)).toEqual({ kind: 'lost-race' });
  });

  it('throws on any other refusal', async () => {
    const answer = { data: { commit: null }, errors: [{ type: 'FORBIDDEN', message: 'no' }] };
    await expect(commit(answer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(commit({ data: { commit: { commit: null } } })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('without a branch', () => {
  const start = (refs: () => object, additions = request.additions) => {
    const bodies: { [route: string]: unknown } = {};
    const note = (route: string, answer: () => object) => ({
      [`POST /repos/acme/payments/git/${route}`]: (body: unknown) => {
        bodies[route] = body;
        return answer() as never;
      },
    });
    const rest = {
      ...note('blobs', () => ({ sha: 'b1' })),
      ...note('trees', () => ({ sha: 't1' })),
      ...note('commits', () => ({ sha: tip })),
      ...note('refs', refs),
    };
    const done = createBranchWriter(fake.start({ rest })).commit({ ...request, additions, deletions: [] });
    return { done, bodies };
  };
  const refused = (message: string) => () =>
    HttpResponse.json({ message }, { status: 422, headers: { date } });

  it('makes one with a first commit that has no parent', async () => {
    const { done, bodies } = start(() => ({ ref: 'refs/heads/countersign-records' }));
    expect(await done).toEqual({ kind: 'committed', head: tip });
    expect(bodies).toEqual({
      trees: { tree: [{ path: 'a.txt', mode: '100644', type: 'blob', content: '\u{feff}hällo' }] },
      commits: { message: request.message, tree: 't1', parents: [] },
      refs: { ref: 'refs/heads/countersign-records', sha: tip },
    });
  });

  it('sends what is no text as a blob', async () => {
    const { done, bodies } = start(() => ({}), [{ path: 'b.bin', content: Uint8Array.of(0xff, 0xfe, 0) }]);
    await done;
    expect(bodies['blobs']).toEqual({ content: '//4A', encoding: 'base64' });
    expect(bodies['trees']).toEqual({ tree: [{ path: 'b.bin', mode: '100644', type: 'blob', sha: 'b1' }] });
  });

  it('loses the race to whoever made it first', async () => {
    expect(await start(refused('Reference already exists')).done).toEqual({ kind: 'lost-race' });
  });

  it('throws on any other refusal', async () => {
    await expect(start(refused('Reference is not valid')).done).rejects.toMatchObject({ code: 'invalid' });
  });
});
