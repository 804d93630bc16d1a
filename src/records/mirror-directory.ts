import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { simpleGit } from 'simple-git';
import type { GitAccess } from '../ports/git-credentials.ts';
import { GitError, gitFailure, mustGit } from './git-command.ts';
import { gitEnvironment } from './git-environment.ts';

/** What a mirror follows. Records remember their newest commit under `refs/countersign/`, which no fetch prunes. */
const followed = [
  '+refs/heads/*:refs/heads/*',
  '+refs/tags/*:refs/tags/*',
  '+refs/pull/*/head:refs/pull/*/head',
];

/**
 * The folder of a repository's mirror. Names are `owner/name` of letters, digits, `-`, `_` and `.`; as hosts ignore
 * case, so does the folder. Throws a `GitError` for any other name.
 */
export function mirrorDirectory(root: string, repository: string): string {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*\/[A-Za-z0-9._-]+$/.test(repository) || /\/\.{1,2}$/.test(repository)) {
    throw new GitError('the repository has no name that could be a folder');
  }
  const [owner = '', name = ''] = repository.toLowerCase().split('/');
  return join(root, owner, `${name}.git`);
}

/**
 * Makes the bare repository where there is none yet. It is made beside its place and then moved there, so that two who
 * come at once, or one that is cut off, never leave half of it.
 */
export async function initializeMirror(directory: string): Promise<void> {
  if (await isThere(directory)) return;
  await mkdir(dirname(directory), { recursive: true });
  const draft = await mkdtemp(`${directory}-`);
  try {
    const args = ['init', '--quiet', '--bare', '--initial-branch=main', '--template=', '.'];
    await mustGit(args, { directory: draft });
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await isThere(directory))) throw error;
  }
}

async function isThere(directory: string): Promise<boolean> {
  return (await stat(join(directory, 'HEAD')).catch(() => undefined)) !== undefined;
}

/** Fetches everything a mirror follows. The address and the credentials come from `access` (T19). */
export async function fetchInto(directory: string, access: GitAccess): Promise<void> {
  await quietly('fetch', () =>
    gitIn(directory, access).raw([
      'fetch',
      '--quiet',
      '--force',
      '--prune',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--',
      access.url,
      ...followed,
    ]),
  );
}

/** Copies one branch of a repository into a new bare repository: `verify` needs no more. */
export async function cloneBranch(url: string, branch: string, directory: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  await initializeMirror(directory);
  await quietly('fetch', () =>
    gitIn(directory).raw([
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--',
      url,
      `+${ref}:${ref}`,
    ]),
  );
}

function gitIn(directory: string, access?: GitAccess) {
  const environment = gitEnvironment(access);
  return simpleGit({
    baseDir: directory,
    // Silence for five minutes is a hang.
    timeout: { block: 300_000 },
    allowEnvironment: Object.keys(environment),
    // These are our own settings in the environment, where no process list shows them (T19).
    unsafe: {
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeProtocolOverride: true,
    },
  }).env(environment);
}

async function quietly(verb: string, run: () => PromiseLike<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw gitFailure(verb, error instanceof Error ? error.message : String(error));
  }
}
