import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sha } from '../../src/core/values.ts';
import type { BranchCommit, BranchWriter } from '../../src/ports/branch-writer.ts';
import { createPushWriter } from '../../src/records/push-writer.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';

const branch = 'records';
const bytes = (content: string): Uint8Array => Buffer.from(content);
let host: GitHost;
let writer: BranchWriter;
beforeEach(() => {
  host = createGitHost();
  writer = host.pushWriter();
});
afterEach(() => host.close());

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: host.directory, encoding: 'utf8' }).trim();
const request = (expectedHead: Sha | undefined, more: Partial<BranchCommit> = {}): BranchCommit => ({
  repository: 'acme/payments',
  branch,
  additions: [{ path: 'a/b.txt', content: bytes('hello\n') }],
  deletions: [],
  message: 'Approve\n\nRelease: x',
  ...(expectedHead === undefined ? {} : { expectedHead }),
  ...more,
});
const committed = async (asked: BranchCommit): Promise<Sha> => {
  const result = await writer.commit(asked);
  if (result.kind !== 'committed') throw new Error(result.kind);
  return result.head;
};

describe('a commit', () => {
  test('begins an orphan branch, under the name it was given', async () => {
    const head = await committed(request(undefined));
    expect(host.head(branch)).toBe(head);
    expect(git('log', '--format=%P|%an|%ae|%cn|%B', head)).toBe(
      '|countersign[bot]|bot@example.com|countersign[bot]|Approve\n\nRelease: x',
    );
  });

  test('holds bytes exactly as they are', async () => {
    const every = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
    const additions = [
      { path: 'bytes', content: every },
      { path: 'empty', content: new Uint8Array() },
      { path: 'crlf', content: bytes('a\r\nb\r\n') },
    ];
    const head = await committed(request(undefined, { additions }));
    for (const { path, content } of additions) {
      const found = execFileSync('git', ['cat-file', 'blob', `${head}:${path}`], { cwd: host.directory });
      expect(found.equals(content)).toBe(true);
    }
  });

  test('changes what it names and leaves the rest', async () => {
    const odd = 'odd "name"\n\\ and ä';
    const first = host.push(
      branch,
      new Map([
        ['keep', bytes('k')],
        ['gone', bytes('g')],
        [odd, bytes('o')],
        ['a', bytes('a file where a folder has to be')],
      ]),
    );
    const head = await committed(request(first, { deletions: ['gone', odd, 'a', 'never-there', '../out'] }));
    expect(git('rev-parse', `${head}^`)).toBe(first);
    expect(git('ls-tree', '-r', '-z', '--name-only', head)).toBe('a/b.txt\0keep\0');
    expect(git('fsck', '--strict')).toBe('');
  });
});

describe('a lost race', () => {
  test('is answered where the branch has moved, was there already, or is gone', async () => {
    const first = await committed(request(undefined));
    const theirs = host.push(branch, new Map([['theirs', bytes('t')]]));
    expect(await writer.commit(request(first))).toEqual({ kind: 'lost-race' });
    expect(await writer.commit(request(undefined))).toEqual({ kind: 'lost-race' });
    expect(host.head(branch)).toBe(theirs);
    host.move(branch, undefined);
    expect(await writer.commit(request(theirs))).toEqual({ kind: 'lost-race' });
    expect(host.head(branch)).toBeUndefined();
  });

  test('is answered where the branch was rolled back, although a plain push would move it on', async () => {
    const first = await committed(request(undefined));
    const second = await committed(request(first, { message: 'second' }));
    host.move(branch, first);
    expect(await writer.commit(request(second, { message: 'third' }))).toEqual({ kind: 'lost-race' });
    expect(host.head(branch)).toBe(first);
  });

  test('is answered where the host never had the parent', async () => {
    expect(await writer.commit(request('f'.repeat(40)))).toEqual({ kind: 'lost-race' });
  });
});

test('a host that declines is no lost race: somebody is told what it said', async () => {
  const first = await committed(request(undefined));
  const hook = join(host.directory, 'hooks', 'update');
  writeFileSync(hook, '#!/bin/sh\nexit 1\n');
  chmodSync(hook, 0o755);
  await expect(writer.commit(request(first, { message: 'next' }))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(`${branch}: [remote rejected] (hook declined)`),
  });
  expect(host.head(branch)).toBe(first);
});

test('a branch that somebody else has locked and not moved yet is asked again', async () => {
  const first = await committed(request(undefined));
  const hook = join(host.directory, 'hooks', 'update');
  const mark = join(host.directory, 'declined-once');
  writeFileSync(hook, `#!/bin/sh\ntest -e '${mark}' && exit 0\ntouch '${mark}'\nexit 1\n`);
  chmodSync(hook, 0o755);
  expect(await committed(request(first, { message: 'next' }))).toBe(host.head(branch));
});

/** Command lines and environments of all processes that may be looked at, as the system lists them. */
function processes(what: 'cmdline' | 'environ'): string {
  const read = (id: string): string => {
    try {
      return readFileSync(`/proc/${id}/${what}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(read)
    .join('\n');
}

test.runIf(process.platform === 'linux')('while a push waits, no process list shows the token', async () => {
  const root = mkdtempSync(join(tmpdir(), 'push-'));
  const password = `token-${process.pid}-that-nobody-sees`;
  const basic = Buffer.from(`x-access-token:${password}`).toString('base64');
  const seen: { cmdline: string; environ: string; authorization: string | undefined }[] = [];
  const server = createServer((incoming, response) => {
    // The push waits for this answer, so git and its helper are alive right now.
    const { authorization } = incoming.headers;
    seen.push({ cmdline: processes('cmdline'), environ: processes('environ'), authorization });
    response.writeHead(500).end(`wrong: ${authorization}`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/payments.git`;
  const slow = createPushWriter({
    directory: root,
    history: { has: async () => true, fetch: async () => undefined },
    credentials: { accessTo: async () => ({ url, username: 'x-access-token', password }) },
    committer: async () => ({ name: 'countersign[bot]', email: 'bot@example.com' }),
  });
  const error = await slow.commit(request(undefined)).then(String, String);
  server.close();
  rmSync(root, { recursive: true, force: true });
  expect(seen[0]?.authorization).toBe(`Basic ${basic}`);
  for (const { cmdline, environ } of seen) {
    expect(cmdline).toContain(url);
    expect(environ).toContain(basic);
    for (const secret of [password, basic]) expect(cmdline).not.toContain(secret);
  }
  expect(error).toContain('git push failed');
  for (const secret of [password, basic]) expect(error).not.toContain(secret);
});
