import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Change, LineCommit } from '../core/record/line.ts';
import type { Sha } from '../core/values.ts';
import { GitError } from './git-command.ts';
import { gitEnvironment } from './git-environment.ts';

/**
 * The commits of the first-parent line of `head` that are not reachable from `since`, oldest first, each with its
 * changes against its first parent. Undefined where the line does not lead back to `since`, or git lacks a commit.
 */
export async function readLine(
  directory: string,
  since: Sha | undefined,
  head: Sha,
): Promise<readonly LineCommit[] | undefined> {
  const log = streamLine(directory, since, head, { timeout: 120_000, killSignal: 'SIGKILL' });
  const commits: LineCommit[] = [];
  for await (const some of log.commits) commits.push(...some);
  if (!(await log.isWhole())) return undefined;
  const joins =
    commits.length === 0 ? head === since : since === undefined || commits[0]?.parents[0] === since;
  return joins ? commits : undefined;
}

/** A line that git is still listing; whoever reads slowly lets git wait. */
export type LineStream = {
  readonly commits: AsyncIterable<readonly LineCommit[]>;
  /** Once all commits are read: false where git lacks one of them. A git that does not end throws a `GitError`. */
  readonly isWhole: () => Promise<boolean>;
};

type Limits = { readonly timeout?: number; readonly killSignal?: 'SIGKILL' };

/** Lists a line as `readLine` does, some commits at a time. */
export function streamLine(
  directory: string,
  since: Sha | undefined,
  head: Sha,
  limits: Limits = {},
): LineStream {
  const args = [
    ...['log', '--first-parent', '--diff-merges=first-parent', '--reverse', '--raw', '--no-abbrev'],
    ...['--no-renames', '--no-show-signature', '-z', '--format=%x01%H %P%x00%an <%ae>'],
    ...(since === undefined ? [] : [`^${since}`]),
    head,
    '--',
  ];
  const git = spawn('git', args, {
    cwd: directory,
    env: gitEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
    ...limits,
  });
  const ended = once(git, 'close').then(
    ([code, signal]: readonly unknown[]): boolean => {
      if (typeof code !== 'number') throw new GitError(`git log did not end: ${String(signal)}`);
      return code === 0;
    },
    (error: Error) => {
      throw new GitError(`git log did not begin: ${error.message}`);
    },
  );
  // Asked for when everything is read: until then nobody is there to hear of it.
  ended.catch(() => undefined);
  const chunks: AsyncIterable<string> = git.stdout.setEncoding('utf8');
  return { commits: parsed(chunks), isWhole: () => ended };
}

async function* parsed(chunks: AsyncIterable<string>): AsyncGenerator<readonly LineCommit[]> {
  const parser = createLogParser();
  for await (const chunk of chunks) {
    const commits = parser.take(chunk);
    if (commits.length > 0) yield commits;
  }
  yield parser.end();
}

const startOfCommit = '\u0001';
const absent = /^0+$/;

/** The commit whose fields are being read. */
type Open = Omit<LineCommit, 'author' | 'changes'> & { author: string; readonly changes: Change[] };

type LogParser = {
  /** Commits that are complete by now. */
  readonly take: (text: string) => readonly LineCommit[];
  readonly end: () => readonly LineCommit[];
};

/** Fields end with NUL; a commit begins with U+0001 where a change would begin with a colon. */
function createLogParser(): LogParser {
  let rest = '';
  let open: Open | undefined;
  /** What the next field belongs to, where the one before it tells. */
  let expected: ((field: string) => void) | undefined;
  const read = (field: string): LineCommit | undefined => {
    const before = open;
    if (expected !== undefined) {
      expected(field);
      expected = undefined;
      return undefined;
    }
    if (field.startsWith(startOfCommit)) {
      const [sha = '', ...parents] = field.slice(1).split(' ');
      const commit: Open = { sha, parents: parents.filter((one) => one !== ''), author: '', changes: [] };
      open = commit;
      expected = (author) => {
        commit.author = author.trim();
      };
      return before;
    }
    if (before !== undefined && field.trimStart().startsWith(':')) {
      const [, , , blob = ''] = field.trimStart().split(' ');
      expected = (path) => before.changes.push(absent.test(blob) ? { path } : { path, blob });
    }
    return undefined;
  };
  return {
    take: (text) => {
      const fields = (rest + text).split('\0');
      rest = fields.pop() ?? '';
      return fields.flatMap((field) => read(field) ?? []);
    },
    end: () => {
      if (rest !== '') read(rest);
      return open ? [open] : [];
    },
  };
}
