import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sha } from '../../src/core/values.ts';
import type { BranchWriter } from '../../src/ports/branch-writer.ts';
import { createMirror, type GitMirror } from '../../src/records/mirror.ts';
import { createPushWriter } from '../../src/records/push-writer.ts';

type Files = ReadonlyMap<string, Uint8Array | undefined>;

/** A bare repository that stands for a host, written with git plumbing, and mirrors that read it. */
export type GitHost = {
  readonly directory: string;
  readonly writer: BranchWriter;
  push(branch: string, files: Files, options?: { parent?: Sha | 'none'; author?: string; second?: Sha }): Sha;
  move(branch: string, commit: Sha | undefined): void;
  head(branch: string): Sha | undefined;
  mirror(): GitMirror;
  /** A writer that pushes, with a local copy of its own. */
  pushWriter(): BranchWriter;
  close(): void;
};

export function createGitHost(): GitHost {
  const root = mkdtempSync(join(tmpdir(), 'records-'));
  const directory = join(root, 'host.git');
  const mirrors: GitMirror[] = [];
  const git = (args: readonly string[], input?: Uint8Array | string, env: NodeJS.ProcessEnv = {}): string =>
    execFileSync('git', [...args], {
      cwd: directory,
      input: input ?? '',
      env: { ...identity, ...env },
      maxBuffer: 1e9,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
      .toString()
      .trim();
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', directory]);
  const head = (branch: string): Sha | undefined =>
    git(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]) || undefined;
  const commit = (parents: readonly Sha[], files: Files, message: string, author: string): Sha => {
    const index = { GIT_INDEX_FILE: join(root, `index-${Math.random()}`) };
    if (parents[0] !== undefined) git(['read-tree', parents[0]], '', index);
    for (const [path, content] of files) {
      const id = content === undefined ? undefined : git(['hash-object', '-w', '--stdin'], content);
      const line = id === undefined ? `0 ${'0'.repeat(40)}\t${path}` : `100644 ${id}\t${path}`;
      git(['update-index', '--add', '-z', '--index-info'], `${line}\0`, index);
    }
    const tree = git(['write-tree'], '', index);
    const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
    return git(args, message, { GIT_AUTHOR_NAME: author });
  };
  const swap = (branch: string, to: Sha, from: Sha | undefined): boolean => {
    try {
      git(['update-ref', `refs/heads/${branch}`, to, from ?? '0'.repeat(40)]);
      return true;
    } catch {
      return false;
    }
  };
  const credentials = { accessTo: async () => ({ url: directory, username: 'x', password: 'y' }) };
  const mirror = (): GitMirror & { readonly folder: string } => {
    const folder = join(root, `mirror-${mirrors.length}`);
    const made = { ...createMirror({ directory: folder, credentials }), folder };
    mirrors.push(made);
    return made;
  };
  return {
    directory,
    writer: {
      commit: async ({ branch, expectedHead, additions, deletions, message }) => {
        const files = new Map<string, Uint8Array | undefined>(deletions.map((path) => [path, undefined]));
        for (const { path, content } of additions) files.set(path, content);
        const parents = expectedHead === undefined ? [] : [expectedHead];
        const made = commit(parents, files, message, 'countersign[bot]');
        return swap(branch, made, expectedHead) ? { kind: 'committed', head: made } : { kind: 'lost-race' };
      },
    },
    push: (branch, files, options = {}) => {
      const parent = options.parent === 'none' ? undefined : (options.parent ?? head(branch));
      const parents = [parent, options.second].filter((sha) => sha !== undefined);
      const made = commit(parents, files, 'A push', options.author ?? 'Mallory');
      git(['update-ref', `refs/heads/${branch}`, made]);
      return made;
    },
    move: (branch, to) => {
      git(
        to === undefined
          ? ['update-ref', '-d', `refs/heads/${branch}`]
          : ['update-ref', `refs/heads/${branch}`, to],
      );
    },
    head,
    mirror,
    pushWriter: () => {
      const history = mirror();
      return createPushWriter({
        directory: history.folder,
        history,
        credentials,
        committer: async () => ({ name: 'countersign[bot]', email: 'bot@example.com' }),
      });
    },
    close: () => {
      for (const mirror of mirrors) mirror.close();
      // A fetch after the last append may still be under way.
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const identity: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'Host',
  GIT_COMMITTER_EMAIL: 'host@example.com',
};
