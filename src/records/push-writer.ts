import type { Sha } from '../core/values.ts';
import type { BranchCommit, BranchWriter, CommitResult, Committer } from '../ports/branch-writer.ts';
import { ForgeError } from '../ports/forge.ts';
import type { GitAccess, GitCredentials } from '../ports/git-credentials.ts';
import { makeCommit } from './fast-import.ts';
import { type GitResult, gitFailure, runGit } from './git-command.ts';
import { gitEnvironment } from './git-environment.ts';
import type { History } from './history.ts';
import { initializeMirror, mirrorDirectory } from './mirror-directory.ts';

export type PushWriterOptions = {
  /** Folder of all mirrors: commits are made where the branch is read, so that only new objects travel. */
  readonly directory: string;
  readonly history: Pick<History, 'fetch' | 'has'>;
  readonly credentials: GitCredentials;
  /** Under whose name commits stand in a repository. */
  readonly committer: (repository: string) => Promise<Committer>;
};

/**
 * Commits by git alone, for hosts without a call that commits: the objects are made in the mirror and pushed with
 * compare-and-swap. Signed by nobody but our checkpoints. Throws a `ForgeError` where the host cannot be reached or
 * declines.
 */
export function createPushWriter(options: PushWriterOptions): BranchWriter {
  return {
    commit: async (request) => {
      const directory = mirrorDirectory(options.directory, request.repository);
      await initializeMirror(directory);
      if (!(await hasParent(options.history, request))) return { kind: 'lost-race' };
      const head = await makeCommit(directory, request, await options.committer(request.repository));
      const access = await options.credentials.accessTo(request.repository);
      let outcome: Pushed = { kind: 'declined', why: '' };
      for (let attempt = 0; attempt < mostAttempts && outcome.kind === 'declined'; attempt += 1)
        outcome = await push(directory, request, head, access);
      if (outcome.kind !== 'declined') return outcome;
      throw unavailable(`The host does not take the push to ${request.branch}: ${outcome.why}`);
    },
  };
}

/** `declined`: the host refused, and the branch is where it was: nobody else has moved it, or not yet. */
type Pushed = CommitResult | { readonly kind: 'declined'; readonly why: string };

/** Somebody else's push that has locked the branch and not moved it yet looks like a host that declines. */
const mostAttempts = 3;

/** The parent may be a commit that another process has just made; where the host does not have it, somebody moved on. */
async function hasParent(history: PushWriterOptions['history'], request: BranchCommit): Promise<boolean> {
  const { repository, expectedHead } = request;
  if (expectedHead === undefined || (await history.has(repository, expectedHead))) return true;
  await history.fetch(repository);
  return history.has(repository, expectedHead);
}

async function push(
  directory: string,
  { branch, expectedHead }: BranchCommit,
  head: Sha,
  access: GitAccess,
): Promise<Pushed> {
  const ref = `refs/heads/${branch}`;
  const environment = gitEnvironment(access);
  const pushed = await runGit(
    [
      'push',
      '--porcelain',
      '--no-follow-tags',
      '--no-recurse-submodules',
      // With a full id, never without: git would compare with what it fetched last. Empty means that it must not exist.
      `--force-with-lease=${ref}:${expectedHead ?? ''}`,
      '--',
      access.url,
      `${head}:${ref}`,
    ],
    { directory, environment },
  ).catch(broken);
  if (pushed.code === 0) return { kind: 'committed', head };
  const refusal = refusalOf(pushed, ref);
  if (refusal === undefined) throw unavailable(gitFailure('push', pushed.stderr).message);
  // The reasons in brackets differ from host to host; where the branch is now does not.
  const listed = await runGit(['ls-remote', '--', access.url, ref], { directory, environment }).catch(broken);
  if (listed.code !== 0) throw unavailable(gitFailure('ls-remote', listed.stderr).message);
  const now = listed.stdout.toString('utf8').split('\t')[0] || undefined;
  if (now === head) return { kind: 'committed', head };
  return now === expectedHead ? { kind: 'declined', why: refusal } : { kind: 'lost-race' };
}

/** What the host says of the ref: the line that begins with `!`, its third field. */
function refusalOf({ stdout }: GitResult, ref: string): string | undefined {
  const fields = stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'));
  const line = fields.find(([flag, refs]) => flag === '!' && refs?.endsWith(`:${ref}`));
  return line?.slice(2).join(' ').slice(0, 200);
}

function broken(error: unknown): never {
  throw unavailable(error instanceof Error ? error.message : String(error));
}

function unavailable(why: string): ForgeError {
  return new ForgeError('unavailable', why);
}
