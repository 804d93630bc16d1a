import type { Sha } from '../../src/core/values.ts';
import type { Mirror } from '../../src/ports/mirror.ts';
import type { History } from '../../src/records/history.ts';
import type { MemoryGit } from './memory-git.ts';

export type LocalCopy = Mirror & History;

/** What a folder of local copies holds: it outlives the process, unless somebody loses the disk. */
export type Disk = {
  readonly refs: Map<string, Sha>;
  readonly commits: Set<Sha>;
  readonly known: Map<string, Sha>;
};

export const emptyDisk = (): Disk => ({ refs: new Map(), commits: new Set(), known: new Map() });

/**
 * The App's local copy of one repository: it knows what was fetched and nothing else. `transfer` stands for the exchange
 * with the host; it runs `copy` when that takes place, and throws where it does not.
 */
export function createLocalCopy(
  git: MemoryGit,
  disk: Disk,
  transfer: (copy: () => void) => Promise<void>,
): LocalCopy {
  const copy = (): void => {
    disk.refs.clear();
    for (const [ref, sha] of git.allRefs()) {
      disk.refs.set(ref, sha);
      const open = [sha];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (disk.commits.has(next)) continue;
        disk.commits.add(next);
        open.push(...(git.commitAt(next)?.parents ?? []));
      }
    }
  };
  const commitOf = (sha: Sha) => (disk.commits.has(sha) ? git.commitAt(sha) : null);
  const filesAt = (sha: Sha): ReadonlyMap<string, Sha> => git.filesOf(commitOf(sha)?.treeSha ?? '');
  const contentAt = (sha: Sha, path: string): Uint8Array | undefined =>
    git.objectAt(filesAt(sha).get(path) ?? '')?.content;
  const parentFiles = (sha: Sha): ReadonlyMap<string, Sha> => {
    const parent = commitOf(sha)?.parents[0];
    return parent === undefined ? new Map() : filesAt(parent);
  };
  /** All commits back from one, parents after their children. */
  const back = (head: Sha): readonly Sha[] => {
    const seen = new Set<Sha>();
    for (const sha of head === '' ? [] : [head]) visit(sha);
    function visit(sha: Sha): void {
      if (seen.has(sha)) return;
      seen.add(sha);
      for (const parent of commitOf(sha)?.parents ?? []) visit(parent);
    }
    return [...seen];
  };
  const line = (head: Sha): readonly Sha[] => {
    const found: Sha[] = [];
    for (let at: Sha | undefined = head; at !== undefined && commitOf(at); at = commitOf(at)?.parents[0])
      found.push(at);
    return found;
  };
  /** All commits back from several, children before their parents. */
  const inOrder = (heads: readonly Sha[], firstParent: boolean): readonly Sha[] => {
    const seen = new Set<Sha>();
    const done: Sha[] = [];
    function visit(sha: Sha): void {
      if (seen.has(sha) || !disk.commits.has(sha)) return;
      seen.add(sha);
      const parents = commitOf(sha)?.parents ?? [];
      for (const parent of firstParent ? parents.slice(0, 1) : parents) visit(parent);
      done.push(sha);
    }
    for (const head of heads) visit(head);
    return done.reverse();
  };
  const changes = (sha: Sha, path: string, firstParent: boolean): boolean => {
    const parents = commitOf(sha)?.parents ?? [];
    const before = (firstParent ? parents.slice(0, 1) : parents).map((parent) => filesAt(parent).get(path));
    const now = filesAt(sha).get(path);
    return before.length === 0 ? now !== undefined : !before.includes(now);
  };
  const resolve = (ref: string): Sha | undefined =>
    disk.refs.get(ref) ?? (disk.commits.has(ref) ? ref : undefined);
  return {
    fetch: () => transfer(copy),
    resolve: async (_, ref) => resolve(ref),
    resolveAll: async (_, refs) =>
      new Map(
        refs.flatMap((ref) => {
          const commit = resolve(ref);
          return commit === undefined ? [] : [[ref, commit] as const];
        }),
      ),
    branches: async () => {
      const heads = [...disk.refs].filter(([ref]) => ref.startsWith('refs/heads/'));
      return new Map(heads.map(([ref, sha]) => [ref.slice('refs/heads/'.length), sha]));
    },
    has: async (_, commit) => disk.commits.has(commit),
    commitsNamed: async (_, digits) => [...disk.commits].filter((sha) => sha.startsWith(digits)),
    list: async (_, commit, folder) =>
      [...filesAt(commit).keys()].filter(
        (path) => folder === undefined || path.startsWith(`${folder.replace(/\/+$/, '')}/`),
      ),
    irregular: async () => new Set(),
    read: async (_, commit, paths) =>
      new Map(
        paths.flatMap((path) => {
          const content = contentAt(commit, path);
          return content === undefined ? [] : [[path, content] as const];
        }),
      ),
    sizes: async (_, commit, paths) =>
      new Map(
        paths.flatMap((path) => {
          const content = contentAt(commit, path);
          return content === undefined ? [] : [[path, content.byteLength] as const];
        }),
      ),
    changedSince: async (_, base, head) => {
      const known = new Set(back(base));
      const common = back(head).find((sha) => known.has(sha));
      const [before, after] = [
        common === undefined ? new Map<string, Sha>() : filesAt(common),
        filesAt(head),
      ];
      return [...new Set([...before.keys(), ...after.keys()])].filter(
        (path) => before.get(path) !== after.get(path),
      );
    },
    // As git itself simplifies history: a side that has the same content is followed alone.
    lastChange: async (_, commit, path) => {
      for (let at: Sha | undefined = commit; at !== undefined; ) {
        const blob: Sha | undefined = filesAt(at).get(path);
        const parents: readonly Sha[] = commitOf(at)?.parents ?? [];
        const same: Sha | undefined = parents.find((parent) => filesAt(parent).get(path) === blob);
        if (same === undefined) return parents.length === 0 && blob === undefined ? undefined : at;
        at = same;
      }
      return undefined;
    },
    commits: async (_, { until, since, path, firstParent = false, most }) => {
      const excluded = new Set(inOrder(since, false));
      const found = inOrder(until, firstParent).filter(
        (sha) => !excluded.has(sha) && (path === undefined || changes(sha, path, firstParent)),
      );
      return found.length > most ? undefined : found.flatMap((sha) => commitOf(sha) ?? []);
    },
    broughtBy: async (_, head, path) =>
      line(head).find((sha) => filesAt(sha).get(path) !== parentFiles(sha).get(path)),
    contains: async (_, ancestor, commit) => disk.commits.has(ancestor) && back(commit).includes(ancestor),
    tip: async (_, branch) => disk.refs.get(`refs/heads/${branch}`),
    line: async (_, since, head) => {
      if (!disk.commits.has(head)) return undefined;
      const shas = line(head);
      const end = since === undefined ? shas.length : shas.indexOf(since);
      if (end < 0) return undefined;
      return shas
        .slice(0, end)
        .reverse()
        .map((sha) => lineCommit(git, sha, parentFiles(sha), filesAt(sha)));
    },
    blobs: async (_, ids, limit) =>
      new Map(
        ids.flatMap((id) => {
          const object = git.objectAt(id);
          return object?.type === 'blob' && object.content.byteLength <= limit
            ? [[id, object.content] as const]
            : [];
        }),
      ),
    known: async (_, branch) => disk.known.get(branch),
    remember: async (_, branch, commit) => void disk.known.set(branch, commit),
  };
}

function lineCommit(
  git: MemoryGit,
  sha: Sha,
  before: ReadonlyMap<string, Sha>,
  after: ReadonlyMap<string, Sha>,
) {
  const commit = git.commitAt(sha);
  const changes = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => {
      const blob = after.get(path);
      return blob === undefined ? { path } : { path, blob };
    });
  const author = `${commit?.author.name} <${commit?.author.email}>`;
  return { sha, parents: commit?.parents ?? [], author, changes };
}
