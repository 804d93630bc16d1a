import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createObjectReader } from '../../src/records/object-reader.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';

let host: GitHost;
let commit: string;
beforeAll(() => {
  host = createGitHost();
  commit = host.push(
    'main',
    new Map([
      ['small', Buffer.from('small')],
      ['large', Buffer.alloc(300_000, 'x')],
    ]),
  );
});
afterAll(() => host.close());

test('answers come in the order of the questions, whatever they are', async () => {
  const reader = createObjectReader(host.directory);
  const names = ['small', 'no', 'large', 'small\n', '', 'small'].map((path) => `${commit}:${path}`);
  const objects = await reader.read(names, 1_000);
  expect(objects.map((object) => (object.kind === 'blob' ? String(object.bytes) : object.kind))).toEqual([
    'small',
    'missing',
    'too-large',
    'missing',
    'other',
    'small',
  ]);
  const [large] = await reader.read([`${commit}:large`], 300_000);
  expect(large?.kind === 'blob' && large.bytes.byteLength).toBe(300_000);
  reader.close();
});

test('a reader that was closed opens again, and one without a repository fails', async () => {
  const reader = createObjectReader(host.directory);
  reader.close();
  expect(await reader.read([commit], 0)).toEqual([{ kind: 'other', type: 'commit' }]);
  reader.close();
  await expect(createObjectReader('/').read([commit], 0)).rejects.toThrow('cat-file');
  await expect(createObjectReader('/no/such/folder').read([commit], 0)).rejects.toThrow('cat-file');
});

test('a process waits for its answers, and for nothing else', () => {
  const module = fileURLToPath(new URL('../../src/records/object-reader.ts', import.meta.url));
  const code = `
    const { createObjectReader } = await import(${JSON.stringify(module)});
    const reader = createObjectReader(${JSON.stringify(host.directory)});
    const [object] = await reader.read([${JSON.stringify(`${commit}:small`)}], 100);
    process.stdout.write(String(object.bytes));`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  expect(String(execFileSync(process.execPath, args, { timeout: 30_000 }))).toBe('small');
});
