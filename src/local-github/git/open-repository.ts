import { openCatFile } from './cat-file.ts';
import { commitText, parseCommit } from './commit-text.ts';
import { diffFiles } from './diff.ts';
import type { GitCommit, GitEntry, GitRef, GitRepository, RefUpdate } from './git-repository.ts';
import { writeLooseObject } from './loose-object.ts';
import { isRefName } from './ref-name.ts';
import { mustGit, runGit } from './run-git.ts';
import { isSha, zeroSha } from './sha.ts';
import { compareTrees, editTree, listTree, parseTree, type TreeStore, treeContent } from './tree.ts';

/** Creates an empty bare repository whose default branch is `branch`. */
export async function createBareRepository(parent: string, path: string, branch: string): Promise<void> {
  await mustGit(parent, ['init', '--quiet', '--bare', `--initial-branch=${branch}`, path]);
}

/** Opens a bare repository. Close it to end its `cat-file` process. */
export function openRepository(path: string): GitRepository {
  const objects = openCatFile(path);
  const store: TreeStore = {
    read: objects.read,
    write: (type, content) => writeLooseObject(path, type, content),
  };
  const readCommit = async (revision: string): Promise<GitCommit | null> => {
    const object = await objects.read(`${revision}^{commit}`);
    return object?.type === 'commit' ? parseCommit(object.sha, object.content) : null;
  };
  const treeOf = async (revision: string) => {
    const object = await objects.read(`${revision}^{tree}`);
    return object?.type === 'tree' ? object : null;
  };
  return {
    path,
    exclusive: oneAtATime(),
    refs: (prefix = 'refs/') => listRefs(path, prefix),
    readRef: async (ref) => (isRefName(ref) ? ((await objects.read(ref))?.sha ?? null) : null),
    readObject: objects.read,
    readCommit,
    readTree: async (revision, recursive) => {
      const tree = await treeOf(revision);
      return tree === null ? null : listTree(store, tree.sha, recursive);
    },
    entryAt: async (revision, wanted) => {
      const root = await treeOf(revision);
      return root === null ? null : walk(store, root.sha, wanted);
    },
    isAncestor: (ancestor, descendant) => isAncestor(path, readCommit, ancestor, descendant),
    commitsBetween: async (from, to, options = {}) => {
      const { path: file, limit, skip } = options;
      const tip = await readCommit(to);
      if (tip === null) return [];
      const single = from !== null && tip.parents.length === 1 && tip.parents[0] === from;
      if (single && file === undefined && !skip) return [tip];
      const range = from === null ? [tip.sha] : [tip.sha, `^${from}`];
      const bounds = [...(limit ? [`--max-count=${limit}`] : []), ...(skip ? [`--skip=${skip}`] : [])];
      const paths = file === undefined ? [] : [file];
      const out = await mustGit(path, ['rev-list', ...bounds, ...range, '--', ...paths]);
      const shas = out.toString('utf8').split('\n').filter(isSha);
      return (await Promise.all(shas.map(readCommit))).filter((commit) => commit !== null);
    },
    changedFiles: async (from, to, withPatch) => {
      if (withPatch) return diffFiles(path, from, to);
      const before = from === null ? null : await treeOf(from);
      const after = await treeOf(to);
      const found = await compareTrees(store, before?.sha ?? null, after?.sha ?? null);
      return found.map((file) => ({ ...file, previousPath: null, additions: 0, deletions: 0, patch: null }));
    },
    mergeBase: async (a, b) => {
      const result = await runGit(path, ['merge-base', a, b]);
      return result.code === 0 ? result.stdout.toString('utf8').trim() : null;
    },
    mergeTree: async (base, head) => {
      const result = await runGit(path, ['merge-tree', '--write-tree', base, head]);
      const tree = result.stdout.toString('utf8').split('\n')[0] ?? '';
      return result.code === 0 && isSha(tree) ? tree : null;
    },
    writeBlob: (content) => store.write('blob', content),
    writeTree: (entries) => store.write('tree', treeContent(entries)),
    editTree: (treeSha, edits) => editTree(store, treeSha, edits),
    writeCommit: (commit) => writeLooseObject(path, 'commit', Buffer.from(commitText(commit))),
    updateRefs: (updates) => updateRefs(path, updates),
    close: objects.close,
  };
}

function oneAtATime(): GitRepository['exclusive'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

async function listRefs(path: string, prefix: string): Promise<GitRef[]> {
  const out = await mustGit(path, ['for-each-ref', '--format=%(objectname) %(refname)', prefix]);
  const lines = out.toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => ({ sha: line.slice(0, 40), ref: line.slice(41) }));
}

async function walk(store: TreeStore, root: string, wanted: string): Promise<GitEntry | null> {
  const parts = wanted.split('/').filter((part) => part !== '');
  let entry: GitEntry = { mode: '040000', type: 'tree', sha: root, path: '' };
  for (const part of parts) {
    const tree = entry.type === 'tree' ? await store.read(entry.sha) : null;
    const next = tree === null ? undefined : parseTree(tree.content).find((row) => row.path === part);
    if (next === undefined) return null;
    entry = next;
  }
  return { ...entry, path: parts.join('/') };
}

/** The usual case, a direct parent, is answered without a process. */
async function isAncestor(
  path: string,
  readCommit: (revision: string) => Promise<GitCommit | null>,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  if (ancestor === descendant) return true;
  if ((await readCommit(descendant))?.parents.includes(ancestor)) return true;
  return (await runGit(path, ['merge-base', '--is-ancestor', ancestor, descendant])).code === 0;
}

async function updateRefs(path: string, updates: readonly RefUpdate[]): Promise<boolean> {
  if (!updates.every((update) => isRefName(update.ref))) return false;
  const lines = updates.map(({ ref, before, after }) =>
    after === null ? `delete ${ref}\0${before ?? ''}\0` : `update ${ref}\0${after}\0${before ?? zeroSha}\0`,
  );
  const result = await runGit(path, ['update-ref', '--stdin', '-z'], { input: lines.join('') });
  return result.code === 0;
}
