import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Ground } from './ground.ts';

/** The local GitHub in a process of its own, as people reach it. */
export type Hub = {
  readonly port: number;
  ask<T>(login: string, method: string, path: string, body?: unknown): Promise<T>;
  /** Commits manifests to the default branch with one push of ada's, and tags a commit of its own for each, by name. */
  bring(repository: string, manifests: ReadonlyMap<string, string>): Promise<void>;
  close(): Promise<void>;
};

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const run = promisify(execFile);

export async function startHub(root: string, ground: Ground): Promise<Hub> {
  const child = spawn(
    process.execPath,
    [program, 'local-github', '--data', join(root, 'github'), '--seed', ground.seed, '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { url, port } = await addressOf(child);
  return {
    port,
    ask: async <T>(login: string, method: string, path: string, body?: unknown) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ghp_local_${login}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    bring: async (repository, manifests) => {
      const folder = mkdtempSync(join(root, 'clone-'));
      const git = (...args: string[]) => run('git', args, { cwd: folder, env: environmentOf(folder) });
      await git('clone', '--quiet', `${url}/${repository}`, '.');
      mkdirSync(join(folder, 'releases'));
      for (const [name, text] of manifests) {
        const { stdout } = await git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', name);
        await git('update-ref', `refs/tags/${name}`, stdout.trim());
        writeFileSync(join(folder, 'releases', `${name}.yml`), text);
      }
      await git('push', '--quiet', 'origin', '--tags');
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'Bring releases in');
      await git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
      rmSync(folder, { recursive: true, force: true });
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<{ readonly url: string; readonly port: number }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the local GitHub ended with exit code ${code}`)));
    child.stdout?.once('data', (line: Buffer) => resolve(JSON.parse(line.toString())));
  });
}

const environmentOf = (home: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'http.extraheader',
  GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from('x-access-token:ghp_local_ada').toString('base64')}`,
  GIT_AUTHOR_NAME: 'ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
});
