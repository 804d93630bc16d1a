import { createHash } from 'node:crypto';
import { commitText, parseCommit } from '../../src/local-github/git/commit-text.ts';
import type {
  GitCommit,
  GitEntry,
  GitObject,
  GitRepository,
  RefUpdate,
} from '../../src/local-github/git/git-repository.ts';
import { isSha } from '../../src/local-github/git/sha.ts';
import {
  compareTrees,
  editTree,
  listTree,
  parseTree,
  type TreeStore,
  treeContent,
} from '../../src/local-github/git/tree.ts';

/** A repository in memory with the object names of git, so that nothing of a simulation needs a process or a disk. */
export type MemoryGit = GitRepository & {
  readonly commitAt: (revision: string) => GitCommit | null;
  readonly objectAt: (sha: string) => GitObject | null;
  readonly allRefs: () => ReadonlyMap<string, string>;
  /** Every file below a tree: blob by path. Remembered by the tree's name. */
  readonly filesOf: (treeSha: string) => ReadonlyMap<string, string>;
};

export function createMemoryGit(): MemoryGit {
  const objects = new Map<string, GitObject>();
  const commits = new Map<string, GitCommit>();
  const refs = new Map<string, string>();
  const flat = new Map<string, ReadonlyMap<string, string>>();
  const put = (type: string, content: Buffer): string => {
    const sha = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
    if (!objects.has(sha)) objects.set(sha, { sha, type, content });
    return sha;
  };
  const named = (revision: string): string => refs.get(revision) ?? revision;
  const commitAt = (revision: string): GitCommit | null => {
    const sha = named(revision.replace(/\^\{commit\}$/, ''));
    const known = commits.get(sha);
    if (known !== undefined) return known;
    const object = objects.get(sha);
    if (object?.type !== 'commit') return null;
    const commit = parseCommit(sha, object.content);
    commits.set(sha, commit);
    return commit;
  };
  const treeSha = (revision: string): string | null => {
    const commit = commitAt(revision);
    if (commit !== null) return commit.treeSha;
    return objects.get(revision)?.type === 'tree' ? revision : null;
  };
  const objectAt = (revision: string): GitObject | null => objects.get(named(revision)) ?? null;
  const store: TreeStore = {
    read: async (sha) => objects.get(sha) ?? null,
    write: async (type, content) => put(type, content),
  };
  const filesOf = (tree: string): ReadonlyMap<string, string> => {
    const known = flat.get(tree);
    if (known !== undefined) return known;
    const files = new Map<string, string>();
    for (const entry of parseTree(objects.get(tree)?.content ?? Buffer.alloc(0))) {
      if (entry.type !== 'tree') files.set(entry.path, entry.sha);
      else for (const [path, sha] of filesOf(entry.sha)) files.set(`${entry.path}/${path}`, sha);
    }
    flat.set(tree, files);
    return files;
  };
  const behind = (tip: string): Set<string> => {
    const seen = new Set<string>();
    const open = [tip];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const commit = seen.has(sha) ? null : commitAt(sha);
      if (commit === null) continue;
      seen.add(commit.sha);
      open.push(...commit.parents);
    }
    return seen;
  };
  const isAncestor = (ancestor: string, descendant: string): boolean =>
    ancestor === descendant ||
    commitAt(descendant)?.parents.includes(ancestor) ||
    behind(descendant).has(ancestor);
  const mergeBase = (a: string, b: string): string | null => {
    const common = behind(a);
    return [...behind(b)].find((sha) => common.has(sha)) ?? null;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    path: 'memory',
    commitAt,
    objectAt,
    filesOf,
    allRefs: () => refs,
    exclusive: (work) => {
      const next = last.then(work, work);
      last = next.catch(() => undefined);
      return next;
    },
    refs: async (prefix = 'refs/') =>
      [...refs].filter(([ref]) => ref.startsWith(prefix)).map(([ref, sha]) => ({ ref, sha })),
    readRef: async (ref) => refs.get(ref) ?? null,
    readObject: async (revision) => objectAt(revision),
    readCommit: async (revision) => commitAt(revision),
    readTree: async (revision, recursive) => {
      const tree = treeSha(revision);
      return tree === null ? null : listTree(store, tree, recursive);
    },
    entryAt: async (revision, path) => {
      const tree = treeSha(revision);
      const sha = tree === null ? undefined : filesOf(tree).get(path);
      return sha === undefined ? null : { mode: '100644', type: 'blob', sha, path };
    },
    isAncestor: async (ancestor, descendant) => isAncestor(ancestor, descendant),
    commitsBetween: async (from, to, { limit = Number.POSITIVE_INFINITY, skip = 0 } = {}) => {
      const tip = commitAt(to);
      const known = from === null ? new Set<string>() : behind(from);
      const found = tip === null ? [] : [...behind(tip.sha)].filter((sha) => !known.has(sha));
      return found.slice(skip, skip + limit).flatMap((sha) => commitAt(sha) ?? []);
    },
    changedFiles: async (from, to) => {
      const found = await compareTrees(store, from === null ? null : treeSha(from), treeSha(to));
      return found.map((file) => ({ ...file, previousPath: null, additions: 0, deletions: 0, patch: null }));
    },
    mergeBase: async (a, b) => mergeBase(a, b),
    mergeTree: async (base, head) => {
      const common = mergeBase(base, head);
      const [before, ours, theirs] = [common, base, head].map((sha) =>
        filesOf((sha === null ? null : treeSha(sha)) ?? ''),
      );
      const edits = [];
      for (const path of new Set([...(before?.keys() ?? []), ...(theirs?.keys() ?? [])])) {
        const [was, here, there] = [before?.get(path), ours?.get(path), theirs?.get(path)];
        if (there === was || there === here) continue;
        if (here !== was) return null;
        edits.push({ path, content: there === undefined ? null : (objects.get(there)?.content ?? null) });
      }
      return editTree(store, treeSha(base), edits);
    },
    writeBlob: async (content) => put('blob', content),
    writeTree: async (entries: readonly GitEntry[]) => put('tree', treeContent(entries)),
    editTree: (tree, edits) => editTree(store, tree, edits),
    writeCommit: async (commit) => put('commit', Buffer.from(commitText(commit))),
    updateRefs: async (updates) => {
      if (!updates.every((update) => fits(refs, update))) return false;
      for (const { ref, after } of updates) {
        if (after === null) refs.delete(ref);
        else refs.set(ref, after);
      }
      return true;
    },
    close: () => undefined,
  };
}

const fits = (refs: ReadonlyMap<string, string>, { ref, before, after }: RefUpdate): boolean =>
  (refs.get(ref) ?? null) === before && (after === null || isSha(after));
