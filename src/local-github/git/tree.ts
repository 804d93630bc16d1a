import type { GitEntry, GitObject, TreeEdit } from './git-repository.ts';

export type TreeStore = {
  readonly read: (revision: string) => Promise<GitObject | null>;
  readonly write: (type: 'blob' | 'tree', content: Buffer) => Promise<string>;
};

const typeOf = (mode: string): GitEntry['type'] =>
  mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';

/** The entries of a tree object, modes padded to six digits as the API shows them. */
export function parseTree(content: Buffer): GitEntry[] {
  const entries: GitEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const mode = content.subarray(at, space).toString('ascii').padStart(6, '0');
    const path = content.subarray(space + 1, end).toString('utf8');
    entries.push({
      mode,
      type: typeOf(mode),
      sha: content.subarray(end + 1, end + 21).toString('hex'),
      path,
    });
    at = end + 21;
  }
  return entries;
}

/** A tree object's bytes: sorted by bytes, folders as if their name ended in a slash. */
export function treeContent(entries: readonly GitEntry[]): Buffer {
  const key = (entry: GitEntry) => Buffer.from(entry.type === 'tree' ? `${entry.path}/` : entry.path);
  const sorted = [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    sorted.flatMap((entry) => [
      Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
      Buffer.from(entry.sha, 'hex'),
    ]),
  );
}

async function entriesOf(store: TreeStore, sha: string | null): Promise<GitEntry[]> {
  const tree = sha === null ? null : await store.read(sha);
  return tree === null ? [] : parseTree(tree.content);
}

/** Every entry below a tree, folders before what they hold. */
export async function listTree(
  store: TreeStore,
  sha: string,
  recursive: boolean,
  prefix = '',
): Promise<GitEntry[]> {
  const listed: GitEntry[] = [];
  for (const entry of await entriesOf(store, sha)) {
    const path = `${prefix}${entry.path}`;
    listed.push({ ...entry, path });
    if (recursive && entry.type === 'tree')
      listed.push(...(await listTree(store, entry.sha, true, `${path}/`)));
  }
  return listed;
}

/** Sets and removes files in a tree and returns the new tree; folders that become empty disappear. */
export async function editTree(
  store: TreeStore,
  sha: string | null,
  edits: readonly TreeEdit[],
): Promise<string> {
  const entries = new Map((await entriesOf(store, sha)).map((entry) => [entry.path, entry]));
  const below = new Map<string, TreeEdit[]>();
  for (const edit of edits) {
    const slash = edit.path.indexOf('/');
    if (slash >= 0) {
      const folder = edit.path.slice(0, slash);
      below.set(folder, [...(below.get(folder) ?? []), { ...edit, path: edit.path.slice(slash + 1) }]);
    } else if (edit.content === null) entries.delete(edit.path);
    else {
      const known = entries.get(edit.path);
      const mode = edit.mode ?? (known?.type === 'blob' ? known.mode : '100644');
      entries.set(edit.path, {
        mode,
        type: 'blob',
        sha: await store.write('blob', edit.content),
        path: edit.path,
      });
    }
  }
  for (const [folder, inner] of below) {
    const known = entries.get(folder);
    const child = await editTree(store, known?.type === 'tree' ? known.sha : null, inner);
    if (child === emptyTree) entries.delete(folder);
    else entries.set(folder, { mode: '040000', type: 'tree', sha: child, path: folder });
  }
  return store.write('tree', treeContent([...entries.values()]));
}

export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export type TreeDifference = {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed';
  readonly sha: string;
};

/** Files that differ between two trees; equal subtrees are never read. */
export async function compareTrees(
  store: TreeStore,
  from: string | null,
  to: string | null,
  prefix = '',
): Promise<TreeDifference[]> {
  if (from === to) return [];
  const before = new Map((await entriesOf(store, from)).map((entry) => [entry.path, entry]));
  const after = new Map((await entriesOf(store, to)).map((entry) => [entry.path, entry]));
  const found: TreeDifference[] = [];
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const old = before.get(name);
    const now = after.get(name);
    if (old?.sha === now?.sha && old?.mode === now?.mode) continue;
    const path = `${prefix}${name}`;
    const folders = [old, now].map((entry) => (entry?.type === 'tree' ? entry.sha : null));
    if (folders.some((sha) => sha !== null))
      found.push(...(await compareTrees(store, folders[0] ?? null, folders[1] ?? null, `${path}/`)));
    const [oldFile, newFile] = [old, now].map((entry) => (entry && entry.type !== 'tree' ? entry : null));
    if (newFile) found.push({ path, status: oldFile ? 'modified' : 'added', sha: newFile.sha });
    else if (oldFile) found.push({ path, status: 'removed', sha: oldFile.sha });
  }
  return found;
}
