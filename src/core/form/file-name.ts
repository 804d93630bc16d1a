import { findDeceptions } from '../written/characters.ts';

/** A file as people name it: `docs/rollback.md@9fceb02`; the commit as 7 to 40 lower-case digits. */
export type FileName = { readonly path: string; readonly commit: string };

/** The last `@` parts the path from the commit. Undefined where that names no file that could be in a repository. */
export const parseFileName = (text: string): FileName | undefined => {
  const [, path = '', commit = ''] = /^(.+)@([0-9a-f]{7,40})$/is.exec(text) ?? [];
  const odd = path.split('/').some((part) => part === '' || part === '.' || part === '..');
  const unseen = findDeceptions(path).length > 0 || /[\t\\\uFFFD]/u.test(path);
  return odd || unseen ? undefined : { path, commit: commit.toLowerCase() };
};

/** One spelling for each file: what facts are kept under. */
export const fileKey = ({ path, commit }: FileName): string => `${path}@${commit}`;
