import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitRepository, TreeEdit } from '../../../src/local-github/git/git-repository.ts';
import { createBareRepository, openRepository } from '../../../src/local-github/git/open-repository.ts';
import { runGit } from '../../../src/local-github/git/run-git.ts';

let folder = '';
let git: GitRepository;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bare-'));
  await createBareRepository(folder, join(folder, 'r.git'), 'main');
  git = openRepository(join(folder, 'r.git'));
});
afterAll(() => {
  git.close();
  rmSync(folder, { recursive: true, force: true });
});

const person = { name: 'Ada', email: 'ada@example.com', date: '2026-11-23T09:00:00Z' };
const file = (path: string, text: string | null): TreeEdit => ({
  path,
  content: text === null ? null : Buffer.from(text),
});

async function commit(edits: readonly TreeEdit[], parent: string | null = null): Promise<string> {
  const before = parent === null ? null : ((await git.readCommit(parent))?.treeSha ?? null);
  const treeSha = await git.editTree(before, edits);
  const parents = parent === null ? [] : [parent];
  return git.writeCommit({ treeSha, parents, author: person, committer: person, message: 'Change\n' });
}

const paths = async (revision: string) =>
  (await git.readTree(revision, true))?.filter((row) => row.type === 'blob').map((row) => row.path);

describe('objects written without git', () => {
  it('are what git itself would have written', async () => {
    const sha = await commit([file('b/c.txt', 'c'), file('a.txt', 'ä'), file('b.txt', 'b'), file('b-', 'x')]);
    await git.updateRefs([{ ref: 'refs/heads/strict', before: null, after: sha }]);
    const check = await runGit(git.path, ['fsck', '--strict', '--full']);
    expect([check.code, check.stderr.replace(/^notice: .*\n/gm, '')]).toEqual([0, '']);
    expect((await runGit(git.path, ['ls-tree', '-r', '--name-only', sha])).stdout.toString()).toBe(
      'a.txt\nb-\nb.txt\nb/c.txt\n',
    );
    expect(await git.readCommit(sha)).toMatchObject({
      sha,
      parents: [],
      author: person,
      message: 'Change\n',
    });
  });

  it('keep names free of what would end a header', async () => {
    const treeSha = await git.editTree(null, []);
    const author = { ...person, name: 'Eve\nparent <x>', email: 'e>\n@x' };
    const sha = await git.writeCommit({ treeSha, parents: [], author, committer: person, message: 'x' });
    expect(await git.readCommit(sha)).toMatchObject({
      parents: [],
      author: { name: 'Eveparent x', email: 'e@x' },
    });
  });
});

describe('a tree', () => {
  it('forgets folders that became empty, and lets a folder take the place of a file', async () => {
    const first = await commit([file('a/b/c', '1'), file('x', '1')]);
    expect(await paths(await commit([file('a/b/c', null)], first))).toEqual(['x']);
    expect(await paths(await commit([file('x', null), file('x/y', '2')], first))).toEqual(['a/b/c', 'x/y']);
    expect(await paths(await commit([file('x/y', '2')], first))).toEqual(['a/b/c', 'x/y']);
  });

  it('holds after any series of edits what the edits leave', async () => {
    const path = fc.constantFrom('a', 'b', 'c/a', 'c/b', 'd/e/f', 'd/e/g');
    const edit = fc.record({ path, text: fc.option(fc.constantFrom('1', '2')) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(edit, { selector: (row) => row.path }), { maxLength: 4 }),
        async (rounds) => {
          const model = new Map<string, string>();
          let sha: string | null = null;
          for (const round of rounds) {
            for (const { path: name, text } of round)
              text === null ? model.delete(name) : model.set(name, text);
            sha = await commit(
              round.map((row) => file(row.path, row.text)),
              sha,
            );
          }
          if (sha !== null) expect(await paths(sha)).toEqual([...model.keys()].sort());
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a comparison', () => {
  it('finds added, changed, removed and renamed files', async () => {
    const long = 'line\n'.repeat(20);
    const before = await commit([
      file('old.txt', long),
      file('same', '1'),
      file('gone', '1'),
      file('dir/x', '1'),
    ]);
    const after = await commit(
      [
        file('old.txt', null),
        file('new.txt', long),
        file('gone', null),
        file('dir/x', '2'),
        file('add', 'a\nb\n'),
      ],
      before,
    );
    const quick = await git.changedFiles(before, after, false);
    expect(quick.map((row) => `${row.status} ${row.path}`)).toEqual([
      'added add',
      'modified dir/x',
      'removed gone',
      'added new.txt',
      'removed old.txt',
    ]);
    const full = await git.changedFiles(before, after, true);
    expect(full.map((row) => [row.status, row.path, row.previousPath, row.additions, row.deletions])).toEqual(
      [
        ['added', 'add', null, 2, 0],
        ['modified', 'dir/x', null, 1, 1],
        ['removed', 'gone', null, 0, 1],
        ['renamed', 'new.txt', 'old.txt', 0, 0],
      ],
    );
    expect(full[0]?.patch).toBe('@@ -0,0 +1,2 @@\n+a\n+b');
  });
});

describe('a ref', () => {
  it('moves for exactly one of many at once', async () => {
    const base = await commit([file('r', '0')]);
    const ref = 'refs/heads/race';
    await git.updateRefs([{ ref, before: null, after: base }]);
    const heads = await Promise.all([1, 2, 3, 4, 5].map((n) => commit([file('r', String(n))], base)));
    const won = await Promise.all(heads.map((after) => git.updateRefs([{ ref, before: base, after }])));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await git.readRef(ref)).toBe(heads[won.indexOf(true)]);
  });

  it('is created once, and all of several or none', async () => {
    const sha = await commit([file('r', 'x')]);
    const create = (name: string) => ({ ref: `refs/heads/${name}`, before: null, after: sha });
    expect(await git.updateRefs([create('once')])).toBe(true);
    expect(await git.updateRefs([create('other'), create('once')])).toBe(false);
    expect(await git.readRef('refs/heads/other')).toBeNull();
  });

  it.each([
    'refs/heads/a..b',
    'refs/heads/a b',
    'refs/heads/a.lock',
    'refs/heads/',
    'HEAD',
    'refs/heads/a\n',
    'refs/heads/x^{tree}',
  ])('cannot be called %j', async (ref) => {
    const sha = await commit([file('r', 'x')]);
    expect(await git.updateRefs([{ ref, before: null, after: sha }])).toBe(false);
    expect(await git.readRef(ref)).toBeNull();
  });
});

describe('reading', () => {
  it('keeps many answers apart, whatever their size and order', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `${index}\n`.repeat((index * 997) % 40_000));
    const shas = await Promise.all(texts.map((text) => git.writeBlob(Buffer.from(text))));
    const read = await Promise.all(
      shas.flatMap((sha) => [git.readObject(sha), git.readObject('refs/heads/none')]),
    );
    expect(read.map((row) => row?.content.toString() ?? null)).toEqual(texts.flatMap((text) => [text, null]));
  });

  it('takes no second command in a revision', async () => {
    expect(await git.readObject('HEAD\nrefs/heads/strict')).toBeNull();
    expect(await git.readObject('')).toBeNull();
  });
});
