import type { FileChange } from './git-repository.ts';
import { mustGit } from './run-git.ts';
import { emptyTree } from './tree.ts';

const statuses: Record<string, FileChange['status']> = { A: 'added', D: 'removed', R: 'renamed' };

/** Changed files with line counts and patches, renames recognised, in git's order. */
export async function diffFiles(directory: string, from: string | null, to: string): Promise<FileChange[]> {
  const range = [from ?? emptyTree, to];
  const run = (format: string[]) =>
    mustGit(directory, ['diff', '--no-color', '-M', ...format, ...range, '--']);
  const [raw, counts, patches] = await Promise.all([
    run(['--raw', '--no-abbrev', '-z']),
    run(['--numstat', '-z']),
    run(['-p']),
  ]);
  const numbers = readCounts(counts.toString('utf8'));
  const texts = patches.toString('utf8').split(/^(?=diff --git )/m);
  return readRaw(raw.toString('utf8')).map((file, index) => ({
    ...file,
    additions: numbers[index]?.[0] ?? 0,
    deletions: numbers[index]?.[1] ?? 0,
    patch: hunks(texts[index]),
  }));
}

function hunks(text: string | undefined): string | null {
  const start = text === undefined ? -1 : text.search(/^@@ /m);
  return text === undefined || start < 0 ? null : text.slice(start).trimEnd();
}

type RawFile = Pick<FileChange, 'path' | 'previousPath' | 'status' | 'sha'>;

function readRaw(text: string): RawFile[] {
  const fields = text.split('\0');
  const files: RawFile[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , oldSha = '', newSha = '', letter = ''] = (fields[at] ?? '').split(' ');
    const status = statuses[letter.charAt(0)] ?? 'modified';
    const renamed = /^[RC]/.test(letter);
    const path = fields[at + (renamed ? 2 : 1)] ?? '';
    const previousPath = renamed ? (fields[at + 1] ?? null) : null;
    files.push({ path, previousPath, status, sha: status === 'removed' ? oldSha : newSha });
    at += renamed ? 3 : 2;
  }
  return files;
}

/** `added TAB removed TAB path NUL`, or with an empty path and two more fields for a rename. */
function readCounts(text: string): [number, number][] {
  const fields = text.split('\0');
  const counts: [number, number][] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [added = '', removed = '', path = ''] = (fields[at] ?? '').split('\t');
    counts.push([Number(added) || 0, Number(removed) || 0]);
    at += path === '' ? 3 : 1;
  }
  return counts;
}
