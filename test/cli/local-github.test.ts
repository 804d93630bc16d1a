import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localGithub } from '../../src/cli/local-github.ts';
import { recordIo } from '../support/record-io.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-github-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function refused(seed: string) {
  const io = recordIo();
  const file = join(folder, 'seed.yml');
  writeFileSync(file, seed);
  const code = await localGithub(['--data', join(folder, 'data'), '--seed', file], io);
  return { code, out: io.out, err: io.err.join('\n') };
}

describe('a wrong seed ends with what is wrong in it, and no stack', () => {
  it.each([
    ['a mistyped key', 'usres: { mona: {} }', /seed\.yml is not a seed:\n {2}\(top\): .*usres/],
    ['no YAML', 'a: [1', /seed\.yml: .*line 1/],
    ['an alias of nothing', 'users: *who', /seed\.yml: .*alias/i],
    ['a name of nobody', 'repositories: { acme/x: {} }', /repositories\.acme\/x: expected an owner/],
  ])('%s', async (_case, seed, message) => {
    const { code, out, err } = await refused(seed);
    expect([code, out]).toEqual([2, []]);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('a fault of the local GitHub', () => {
  it('is told on standard error', async () => {
    const file = join(folder, 'seed.yml');
    writeFileSync(file, 'organizations: { acme: {} }\nusers: { mona: {} }\nrepositories: { acme/x: {} }\n');
    const io = recordIo();
    const ask = async (line: string) => {
      rmSync(join(folder, 'data', 'repositories'), { recursive: true });
      const { url } = JSON.parse(line) as { url: string };
      expect((await fetch(`${url}/repos/acme/x/branches`)).status).toBe(500);
      process.emit('SIGTERM');
    };
    const code = await new Promise<number>((resolve, reject) => {
      const args = ['--data', join(folder, 'data'), '--seed', file, '--json'];
      localGithub(args, { ...io, stdout: (line) => void ask(line).catch(reject) }).then(resolve, reject);
    });
    expect(code).toBe(0);
    expect(io.err).toEqual([expect.stringMatching(/^bug: /)]);
  });
});
