import type { BranchCommit, Committer } from '../ports/branch-writer.ts';
import { mustGit } from './git-command.ts';

/** A name inside one run: a reset empties it before the end, so that no ref is written and nothing is locked. */
const scratch = 'refs/countersign/scratch';

/**
 * Makes a commit in a bare repository, without an index and without a work tree, and gives its id. No ref keeps it: it is
 * there to be pushed. Throws a `GitError`, also where the parent is not there.
 */
export async function makeCommit(
  directory: string,
  request: BranchCommit,
  committer: Committer,
): Promise<string> {
  const args = ['fast-import', '--quiet', '--done', '--date-format=now'];
  const output = await mustGit(args, { directory, input: streamOf(request, committer) });
  return output.toString('utf8').trim();
}

function streamOf(request: BranchCommit, { name, email }: Committer): Buffer {
  const parts: Uint8Array[] = [];
  const line = (text: string): void => void parts.push(Buffer.from(`${text}\n`));
  const data = (bytes: Uint8Array): void => {
    line(`data ${bytes.byteLength}`);
    parts.push(bytes);
    line('');
  };
  line('feature done');
  line(`commit ${scratch}`);
  line('mark :1');
  line(`committer ${withoutBrackets(name)} <${withoutBrackets(email)}> now`);
  data(Buffer.from(request.message));
  if (request.expectedHead !== undefined) line(`from ${request.expectedHead}`);
  // Deletions come first: one of them may be the file that stands where a folder has to be.
  for (const path of request.deletions) if (isNameable(path)) line(`D ${quotedPath(path)}`);
  for (const { path, content } of request.additions) {
    line(`M 100644 inline ${quotedPath(path)}`);
    data(content);
  }
  line('get-mark :1');
  line(`reset ${scratch}`);
  line('');
  line('done');
  return Buffer.concat(parts);
}

/** Git takes no name with one of these in it. */
function withoutBrackets(text: string): string {
  return text.replaceAll(/[<>\n\0]/g, '');
}

/** A folder that git itself refuses to name can only have come from a hostile push; it means nothing and stays (T17). */
function isNameable(path: string): boolean {
  return path.split('/').every((part) => part !== '' && !/^(\.{1,2}|\.git)$/i.test(part));
}

/** As git reads it back, whatever is in it (T18). */
function quotedPath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
