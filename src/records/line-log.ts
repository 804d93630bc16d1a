import type { Change, LineCommit } from '../core/record/line.ts';
import type { Sha } from '../core/values.ts';
import { runGit } from './git-command.ts';

const startOfCommit = '\u0001';
const absent = /^0+$/;

/**
 * The commits of the first-parent line of `head` that are not reachable from `since`, oldest first, each with its
 * changes against its first parent. Undefined where the line does not lead back to `since`, or git lacks a commit.
 */
export async function readLine(
  directory: string,
  since: Sha | undefined,
  head: Sha,
): Promise<readonly LineCommit[] | undefined> {
  const result = await runGit(
    [
      'log',
      '--first-parent',
      '--diff-merges=first-parent',
      '--reverse',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--no-show-signature',
      '-z',
      '--format=%x01%H %P%x00%an <%ae>',
      ...(since === undefined ? [] : [`^${since}`]),
      head,
      '--',
    ],
    { directory },
  );
  if (result.code !== 0) return undefined;
  const commits = parseLog(result.stdout.toString('utf8'));
  const joins =
    commits.length === 0 ? head === since : since === undefined || commits[0]?.parents[0] === since;
  return joins ? commits : undefined;
}

/** Fields end with NUL; a commit begins with U+0001 where a change would begin with a colon. */
function parseLog(output: string): readonly LineCommit[] {
  const commits: LineCommit[] = [];
  const fields = output.split('\0');
  let changes: Change[] = [];
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? '';
    if (field.startsWith(startOfCommit)) {
      const [sha = '', ...parents] = field.slice(1).split(' ');
      changes = [];
      index += 1;
      const author = (fields[index] ?? '').trim();
      commits.push({ sha, parents: parents.filter((parent) => parent !== ''), author, changes });
    } else if (field.trimStart().startsWith(':')) {
      const [, , , blob = ''] = field.trimStart().split(' ');
      index += 1;
      const path = fields[index] ?? '';
      changes.push(absent.test(blob) ? { path } : { path, blob });
    }
  }
  return commits;
}
