import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/core/record/digest.ts';
import type { Sha } from '../../src/core/values.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import type { Mirror } from '../../src/ports/mirror.ts';
import { lookUpFiles, storedIn } from '../../src/reconcile/evidence.ts';
import { evidenceOf, rollback, voteWith } from '../support/evidence.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';
import { vote } from '../support/happenings.ts';

const repository = 'acme/payments';
const large = Buffer.alloc(1_048_577, 'x');
let host: GitHost;
let mirror: ReturnType<GitHost['mirror']>;
let commit: Sha;

beforeAll(async () => {
  host = createGitHost();
  host.push('main', new Map([['README.md', Buffer.from('x')]]));
  mirror = host.mirror();
  await mirror.fetch(repository);
  commit = host.push(
    'later',
    new Map([
      ['docs/rollback.md', rollback],
      ['docs/large.txt', large],
    ]),
  );
});
afterAll(() => host.close());

const lookUp = async (path: string, digits: string, how: Mirror = mirror) => {
  const found = await lookUpFiles(how, repository, [{ path, commit: digits }]);
  return { fact: found.files.get(`${path}@${digits}`), bytes: found.bytes };
};

describe('G-22: a file of the repository', () => {
  test('is read at its commit, which is fetched for where it is not there yet', async () => {
    const { fact, bytes } = await lookUp('docs/rollback.md', commit.slice(0, 9));
    const { name, kind, stored, ...rest } = evidenceOf(rollback, { commit });
    expect(fact).toEqual({ kind: 'known', value: { kind: 'file', ...rest } });
    expect([...bytes]).toEqual([[digestOf(rollback), rollback]]);
  });

  test('that is too large to be stored has a digest only', async () => {
    const { fact, bytes } = await lookUp('docs/large.txt', commit);
    expect(fact).toMatchObject({ value: { kind: 'file', size: large.byteLength, sha256: digestOf(large) } });
    expect(bytes.size).toBe(0);
  });

  test('that is larger than anything that is read is not read (T17)', async () => {
    const sizes = new Map([['docs/large.txt', 30_000_000]]);
    const never = () => Promise.reject(new Error('read'));
    const { fact } = await lookUp('docs/large.txt', commit, {
      ...mirror,
      sizes: async () => sizes,
      read: never,
    });
    expect(fact).toEqual({ kind: 'known', value: { kind: 'too-large', size: 30_000_000 } });
  });

  test('that is not there is known not to be', async () => {
    const absent = (what: string) => ({ kind: 'known', value: { kind: 'absent', what } });
    expect((await lookUp('docs/no.md', commit)).fact).toEqual(absent('path'));
    expect((await lookUp('docs', commit)).fact).toEqual(absent('path'));
    expect((await lookUp('docs/rollback.md', 'f'.repeat(40))).fact).toEqual(absent('commit'));
    const gone = { ...mirror, read: async () => new Map() };
    expect((await lookUp('docs/rollback.md', commit, gone)).fact).toEqual(absent('path'));
    const twins = { ...mirror, commitsNamed: async () => [commit, commit] };
    expect((await lookUp('docs/rollback.md', '1234567', twins)).fact).toEqual(absent('one-commit'));
  });

  test('T18: behind a symbolic link is none, wherever the link leads', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', [...args], { cwd: host.directory })
        .toString()
        .trim();
    const target = { cwd: host.directory, input: '/etc/passwd' };
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], target).toString().trim();
    const tree = execFileSync('git', ['mktree'], {
      cwd: host.directory,
      input: `120000 blob ${blob}\tlink\n`,
    });
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
    const linked = git(...identity, 'commit-tree', tree.toString().trim(), '-m', 'link');
    git('update-ref', 'refs/heads/linked', linked);
    expect((await lookUp('link', linked)).fact).toEqual({
      kind: 'known',
      value: { kind: 'absent', what: 'plain-file' },
    });
  });

  test('T13: a branch that is named like a commit is not looked at', async () => {
    host.move('abcdef1', commit);
    expect((await lookUp('docs/rollback.md', 'abcdef1')).fact).toMatchObject({ value: { what: 'commit' } });
    expect(await mirror.commitsNamed(repository, 'main')).toEqual([]);
  });

  test('whose host is away is unknown, and a bug is not', async () => {
    const away = { ...mirror, fetch: () => Promise.reject(new ForgeError('unavailable', '503')) };
    expect((await lookUp('a', '1234567', away)).fact).toMatchObject({ kind: 'unknown' });
    const broken = { ...mirror, fetch: () => Promise.reject(new TypeError('bug')) };
    await expect(lookUp('a', '1234567', broken)).rejects.toThrow('bug');
  });

  test('is looked up once, however often it is named', async () => {
    let reads = 0;
    const counting: Mirror = {
      ...mirror,
      read: (...args) => {
        reads += 1;
        return mirror.read(...args);
      },
    };
    const name = { path: 'docs/rollback.md', commit };
    await lookUpFiles(counting, repository, [name, name]);
    expect(reads).toBe(1);
  });
});

test('G-24: only what an event says is stored goes on the record', () => {
  const plan = evidenceOf(rollback);
  const bytes = new Map([
    [plan.sha256, rollback],
    ['0'.repeat(64), large],
  ]);
  expect([...storedIn([voteWith({ plan, again: plan }), vote('fine')], bytes)]).toEqual([
    [plan.sha256, rollback],
  ]);
  expect(storedIn([voteWith({ plan: { ...plan, stored: false } })], bytes).size).toBe(0);
  expect(storedIn([voteWith({ plan })], new Map()).size).toBe(0);
});
