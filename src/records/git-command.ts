import { execFile } from 'node:child_process';
import { type GitEnvironment, gitEnvironment } from './git-environment.ts';

export type GitResult = { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

/** Broken I/O of git. The message never holds the environment, and web addresses in it lose their user part (T19). */
export class GitError extends Error {
  override readonly name = 'GitError';
}

type RunOptions = {
  readonly directory: string;
  readonly environment?: GitEnvironment;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
};

/** Largest output of one command: 1 GiB, a listing of some five million changes. */
const largestOutput = 1_073_741_824;

/** Runs git without a shell; a non-zero exit is an answer, a broken process throws a `GitError`. */
export function runGit(args: readonly string[], options: RunOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      {
        cwd: options.directory,
        env: options.environment ?? gitEnvironment(),
        encoding: 'buffer',
        maxBuffer: largestOutput,
        timeout: options.timeoutMs ?? 120_000,
        killSignal: 'SIGKILL',
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') resolve({ code, stdout, stderr: stderr.toString('utf8') });
        else reject(new GitError(`git ${args[0]} did not end: ${String(code ?? error?.signal)}`));
      },
    );
    // A process that ends before it has read everything says so by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** Runs git and gives its output; anything but success throws a `GitError`. */
export async function mustGit(args: readonly string[], options: RunOptions): Promise<Buffer> {
  const result = await runGit(args, options);
  if (result.code !== 0) throw gitFailure(args[0] ?? '', result.stderr);
  return result.stdout;
}

/** The error for a failed command, with git's own last words. */
export function gitFailure(verb: string, stderr: string): GitError {
  const words = stderr.trim().split('\n').slice(-3).join(' ').slice(0, 500);
  return new GitError(`git ${verb} failed: ${words.replace(/(\w+:\/\/)[^/@\s]*@/g, '$1')}`);
}
