import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeEdit } from '../git/git-repository.ts';

/** Every file of a folder as it would be committed; `.git` is left out, links stay links. */
export async function folderEdits(folder: string, prefix = ''): Promise<TreeEdit[]> {
  const edits: TreeEdit[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (name === '.git') continue;
    const file = join(folder, name);
    const path = `${prefix}${name}`;
    const info = await lstat(file);
    if (info.isDirectory()) edits.push(...(await folderEdits(file, `${path}/`)));
    else if (info.isSymbolicLink())
      edits.push({ path, mode: '120000', content: Buffer.from(await readlink(file)) });
    else if (info.isFile())
      edits.push({ path, mode: info.mode & 0o100 ? '100755' : '100644', content: await readFile(file) });
  }
  return edits;
}
