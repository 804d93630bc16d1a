import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sha } from '../../src/core/values.ts';
import { createMirror, type GitMirror, isRevision } from '../../src/records/mirror.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';

const repository = 'acme/payments';
const text = (content: string): Uint8Array => Buffer.from(content);
let host: GitHost;
let mirror: GitMirror;
let first: Sha;
let second: Sha;
let side: Sha;

beforeAll(async () => {
  host = createGitHost();
  first = host.push(
    'main',
    new Map([
      ['releases/a.yml', text('a')],
      ['releases/deep/b.yml', text('bb')],
      ['README.md', text('ccc')],
    ]),
  );
  second = host.push('main', new Map([['README.md', text('changed')]]));
  side = host.push('topic', new Map([['releases/ä\n".yml', text('d')]]), { parent: first });
  execFileSync('git', ['update-ref', 'refs/pull/7/head', side], { cwd: host.directory });
  execFileSync('git', ['update-ref', 'refs/tags/v1', first], { cwd: host.directory });
  execFileSync('git', ['update-ref', 'refs/tags/v2-gabcdef0', side], { cwd: host.directory });
  mirror = host.mirror();
  await mirror.fetch(repository);
});
afterAll(() => host.close());

describe('refs', () => {
  test('branches, tags, pull requests and commits resolve', async () => {
    expect(await mirror.resolve(repository, 'refs/heads/main')).toBe(second);
    expect(await mirror.resolve(repository, 'main')).toBe(second);
    expect(await mirror.resolve(repository, 'v1')).toBe(first);
    expect(await mirror.resolve(repository, 'refs/pull/7/head')).toBe(side);
    expect(await mirror.resolve(repository, second)).toBe(second);
  });

  test('what git describes a commit as is no ref, unless somebody made one of that name (T2)', async () => {
    for (const name of ['v1-1-g', 'refs/tags/v1-1-g', 'refs/heads/x-g'].map((it) => it + second.slice(0, 8)))
      expect(await mirror.resolve(repository, name)).toBeUndefined();
    expect(await mirror.resolve(repository, 'refs/tags/v2-gabcdef0')).toBe(side);
    expect(await mirror.resolve(repository, 'v2-gabcdef0')).toBe(side);
  });

  test.each([
    'no-such-ref',
    '--all',
    '-x',
    'main..topic',
    'main^',
    'main~1',
    ':/changed',
    'main:README.md',
    '@{u}',
    'main@{1}',
    'a b',
    '',
    'x'.repeat(300),
    'f'.repeat(40),
  ])('%j means nothing', async (ref) => {
    expect(await mirror.resolve(repository, ref)).toBeUndefined();
  });

  test('many resolve at once, and what stands for no commit is absent', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: host.directory });
    git('tag', '-a', '-m', 'One', 'annotated', first);
    git('tag', '-a', '-m', 'Two', 'nested', 'annotated');
    git('update-ref', 'refs/tags/tree', `${first}^{tree}`);
    await mirror.fetch(repository);
    const asked = ['refs/tags/v1', 'refs/tags/nested', 'refs/tags/tree', 'refs/tags/none', 'main~1', 'topic'];
    const found = async () => Object.fromEntries(await mirror.resolveAll(repository, asked));
    expect(await found()).toEqual({ 'refs/tags/v1': first, 'refs/tags/nested': first, topic: side });
    // A reader that stays open sees refs that move and go, too.
    git('update-ref', 'refs/tags/v1', second);
    git('tag', '-d', 'annotated', 'nested');
    git('pack-refs', '--all');
    await mirror.fetch(repository);
    expect(await found()).toEqual({ 'refs/tags/v1': second, topic: side });
    git('update-ref', 'refs/tags/v1', first);
    await mirror.fetch(repository);
    expect((await found())['refs/tags/v1']).toBe(first);
  });

  test('ordinary names are revisions', () => {
    expect(
      ['main', 'release/1.2', 'v2026.11.0', 'feature/x-y_z', 'refs/pull/1/head', 'a@b'].every(isRevision),
    ).toBe(true);
    expect(['a.lock', 'a.lock/b', 'a/', 'a.', 'a//b', 'a/.b', '@', 'a\nb'].filter(isRevision)).toEqual([]);
  });
});

describe('files', () => {
  test('are listed, all or below a folder', async () => {
    expect(await mirror.list(repository, second)).toEqual([
      'README.md',
      'releases/a.yml',
      'releases/deep/b.yml',
    ]);
    for (const folder of ['releases', 'releases/']) {
      expect(await mirror.list(repository, second, folder)).toEqual([
        'releases/a.yml',
        'releases/deep/b.yml',
      ]);
    }
    expect(await mirror.list(repository, side, 'releases')).toContain('releases/ä\n".yml');
    expect(await mirror.list(repository, 'f'.repeat(40))).toEqual([]);
  });

  test('are read; missing ones, folders and impossible names are absent', async () => {
    const read = await mirror.read(repository, first, [
      'README.md',
      'no',
      'releases',
      'a\nb',
      'releases/a.yml',
    ]);
    expect([...read].map(([path, bytes]) => [path, String(bytes)])).toEqual([
      ['README.md', 'ccc'],
      ['releases/a.yml', 'a'],
    ]);
    expect(await mirror.read(repository, 'main', ['README.md'])).toEqual(new Map());
  });

  test('have sizes', async () => {
    expect(await mirror.sizes(repository, first, ['README.md', 'releases/deep/b.yml', 'no'])).toEqual(
      new Map([
        ['README.md', 3],
        ['releases/deep/b.yml', 2],
      ]),
    );
  });

  test('that changed since the merge base are named', async () => {
    expect(await mirror.changedSince(repository, second, side)).toEqual(['releases/ä\n".yml']);
    expect(await mirror.changedSince(repository, 'main', 'topic')).toEqual([]);
  });

  test('know their last change', async () => {
    expect(await mirror.lastChange(repository, second, 'README.md')).toBe(second);
    expect(await mirror.lastChange(repository, second, 'releases/a.yml')).toBe(first);
    expect(await mirror.lastChange(repository, second, 'no')).toBeUndefined();
    expect(await mirror.lastChange(repository, second, '*')).toBeUndefined();
  });
});

describe('history', () => {
  test('knows ancestors', async () => {
    expect(await mirror.contains(repository, first, second)).toBe(true);
    expect(await mirror.contains(repository, second, side)).toBe(false);
    expect(await mirror.contains(repository, 'f'.repeat(40), side)).toBe(false);
    expect(await mirror.has(repository, first)).toBe(true);
    expect(await mirror.has(repository, 'f'.repeat(40))).toBe(false);
    expect(await mirror.has(repository, 'main')).toBe(false);
  });

  test('what was pushed later is there after a fetch, also for the reader that is open', async () => {
    const third = host.push('later', new Map([['late', text('later')]]), { parent: second });
    expect(await mirror.has(repository, third)).toBe(false);
    await mirror.fetch(repository);
    expect(String((await mirror.read(repository, third, ['late'])).get('late'))).toBe('later');
  });

  test('a branch that is gone is forgotten, what was remembered is not', async () => {
    const gone = host.push('gone', new Map([['x', text('x')]]), { parent: 'none' });
    await mirror.fetch(repository);
    await mirror.remember(repository, 'gone', gone);
    host.move('gone', undefined);
    await mirror.fetch(repository);
    expect(await mirror.tip(repository, 'gone')).toBeUndefined();
    expect(await mirror.known(repository, 'gone')).toBe(gone);
    expect(await mirror.known(repository, '../main')).toBeUndefined();
  });

  test('fetches at the same time share one run after the one that runs', async () => {
    let accesses = 0;
    const counting = createMirror({
      directory: join(host.directory, '..', 'counting'),
      credentials: {
        accessTo: async () => {
          accesses += 1;
          return { url: host.directory, username: 'x', password: 'y' };
        },
      },
    });
    await Promise.all(Array.from({ length: 10 }, () => counting.fetch(repository)));
    expect(accesses).toBe(2);
    await counting.fetch(repository);
    expect(accesses).toBe(3);
    counting.close();
  });
});

describe('names of repositories', () => {
  test.each(['', 'a', '../x', 'a/..', 'a/b/c', '/etc', 'a/b c', '-a/../b', 'a/.'])(
    '%j is refused',
    async (name) => {
      await expect(mirror.has(name, first)).rejects.toThrow('name');
    },
  );

  test('hosts ignore case, and so does a mirror', async () => {
    expect(await mirror.has('ACME/Payments', first)).toBe(true);
  });
});

describe('credentials (T19)', () => {
  const password = 'ghs_topsecret0123456789';
  const seen: (string | undefined)[] = [];
  const processes: string[] = [];
  let server: Server;
  let folder: string;
  let secret: GitMirror;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'secret-'));
    server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        processes.push(commandLine(id));
      }
      response.writeHead(403).end('no');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/acme/payments.git`;
    const credentials = { accessTo: async () => ({ url, username: 'x-access-token', password }) };
    secret = createMirror({ directory: folder, credentials });
  });
  afterAll(() => {
    secret.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('reach the server, and neither a process list nor a message nor a file', async () => {
    const error = await secret.fetch(repository).catch((reason: unknown) => reason);
    const encoded = Buffer.from(`x-access-token:${password}`).toString('base64');
    expect(seen).toContain(`Basic ${encoded}`);
    expect(String(error)).toContain('git fetch failed');
    const config = readFileSync(join(folder, 'acme', 'payments.git', 'config'), 'utf8');
    for (const place of [String(error), JSON.stringify(error), config, ...processes]) {
      expect(place).not.toContain(password);
      expect(place).not.toContain(encoded);
    }
    expect(processes.some((line) => line.includes('fetch'))).toBe(true);
  });
});

/** The arguments of a process, or nothing where it is gone or the system has no such list. */
function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

describe('commits of a range', () => {
  const changed = (letter: string) => new Map([['log.txt', text(letter)]]);

  test('are read with what they say of themselves, children before parents', async () => {
    const found = await mirror.commits(repository, { until: [second], since: [], most: 10 });
    expect(found?.map(({ sha, parents }) => [sha, parents])).toEqual([
      [second, [first]],
      [first, []],
    ]);
    expect(found?.[0]).toMatchObject({
      author: { email: expect.stringContaining('@') },
      message: expect.any(String),
    });
    expect(
      (await mirror.commits(repository, { until: [second, side], since: [first], most: 10 }))?.length,
    ).toBe(2);
  });

  test('are only those that changed a path, where one is given', async () => {
    const range = { until: [second], since: [], most: 10 };
    const named = async (path: string) =>
      (await mirror.commits(repository, { ...range, path }))?.map(({ sha }) => sha);
    expect(await named('README.md')).toEqual([second, first]);
    expect(await named('releases/a.yml')).toEqual([first]);
    expect(await named('*')).toEqual([]);
  });

  test('the 251st counts; one more than are wanted is unknown (T16)', async () => {
    let parent = second;
    for (let index = 0; index < 251; index += 1) parent = host.push('long', changed(`${index}`), { parent });
    await mirror.fetch(repository);
    const range = { until: [parent], since: [second] };
    expect(await mirror.commits(repository, { ...range, most: 251 })).toHaveLength(251);
    expect(await mirror.commits(repository, { ...range, most: 250 })).toBeUndefined();
  });

  test('a change that a merge set aside is found; the branch itself did not go through it', async () => {
    const ours = host.push('set-aside', changed('ours'), { parent: second });
    const theirs = host.push('other', changed('theirs'), { parent: second });
    const git = (...args: readonly string[]) =>
      execFileSync('git', args, { cwd: host.directory, encoding: 'utf8' }).trim();
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x.org'];
    const merge = git(...identity, 'commit-tree', `${ours}^{tree}`, '-p', ours, '-p', theirs, '-m', 'Merge');
    git('update-ref', 'refs/heads/set-aside', merge);
    await mirror.fetch(repository);
    const range = { until: [merge], since: [second], path: 'log.txt', most: 10 };
    const all = await mirror.commits(repository, range);
    expect(new Set(all?.map(({ sha }) => sha))).toEqual(new Set([ours, theirs]));
    const line = await mirror.commits(repository, { ...range, firstParent: true });
    expect(line?.map(({ sha }) => sha)).toEqual([ours]);
    const third = host.push('other', changed('both'), { parent: ours, second: theirs });
    await mirror.fetch(repository);
    const evil = await mirror.commits(repository, { ...range, until: [third] });
    expect(evil?.map(({ sha }) => sha)[0]).toBe(third);
    expect(evil).toHaveLength(3);
  });

  test.each([
    ['nothing', []],
    ['a commit that git lacks', ['f'.repeat(40)]],
    ['a word', ['main']],
  ])('unknown for %s', async (_what, until) => {
    expect(await mirror.commits(repository, { until, since: [], most: 10 })).toBeUndefined();
  });
});
