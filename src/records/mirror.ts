import type { Sha } from '../core/values.ts';
import { ForgeError } from '../ports/forge.ts';
import type { GitCredentials } from '../ports/git-credentials.ts';
import type { Mirror } from '../ports/mirror.ts';
import { readCommits } from './commit-log.ts';
import { runGit } from './git-command.ts';
import type { History } from './history.ts';
import { readLine } from './line-log.ts';
import { fetchInto, initializeMirror, mirrorDirectory } from './mirror-directory.ts';
import { createObjectReader, type ObjectReader, type ReadObject } from './object-reader.ts';

export type MirrorOptions = {
  /** Folder of all mirrors; it may be kept from one run to the next, and should be. */
  readonly directory: string;
  readonly credentials: GitCredentials;
};

/** A mirror that the record store can read with, too. */
export type GitMirror = Mirror &
  History & {
    /** Resolves when no fetch is under way: the one after an append is waited for by nobody else. */
    settled(): Promise<void>;
    /** Ends its git processes. */
    close(): void;
  };

/** Largest file that is read as a file: 25 MiB. */
const largestFile = 26_214_400;

/** Readers kept open at once, one a repository; the least recently used closes first. */
const openReaders = 16;

/** Local bare copies of repositories, read by git. */
export function createMirror(options: MirrorOptions): GitMirror {
  const readers = new Map<string, ObjectReader>();
  const fetches = createCoalescing(async (repository) => {
    const directory = await prepared(repository);
    const access = await options.credentials.accessTo(repository);
    // The host may be away or refuse for a while: that is for the loop to wait out, not a bug.
    await fetchInto(directory, access).catch((error: unknown) => {
      throw new ForgeError('unavailable', error instanceof Error ? error.message : String(error));
    });
  });
  const prepared = async (repository: string): Promise<string> => {
    const directory = mirrorDirectory(options.directory, repository);
    await initializeMirror(directory);
    return directory;
  };
  const readerOf = async (repository: string): Promise<ObjectReader> => {
    const directory = await prepared(repository);
    const reader = readers.get(directory) ?? createObjectReader(directory);
    readers.delete(directory);
    readers.set(directory, reader);
    for (const [oldest, idle] of readers) {
      if (readers.size <= openReaders) break;
      readers.delete(oldest);
      idle.close();
    }
    return reader;
  };
  const git = async (repository: string, args: readonly string[]): Promise<string | undefined> => {
    const result = await runGit(args, { directory: await prepared(repository) });
    return result.code === 0 ? result.stdout.toString('utf8') : undefined;
  };
  return {
    ...createFileReading(readerOf, git),
    ...createHistoryReading(readerOf, git, prepared),
    fetch: fetches.ask,
    has: async (repository, commit) => {
      const [found] = isSha(commit) ? await (await readerOf(repository)).read([commit], 0) : [];
      return isCommit(found);
    },
    commitsNamed: async (repository, digits) => {
      if (!/^[0-9a-f]{7,40}$/.test(digits)) return [];
      const listed = await git(repository, ['rev-parse', `--disambiguate=${digits}`]);
      const ids = (listed ?? '').split('\n').filter(isSha);
      const objects = await (await readerOf(repository)).read(ids, 0);
      return ids.filter((_, place) => isCommit(objects[place]));
    },
    settled: fetches.settled,
    close: () => {
      for (const reader of readers.values()) reader.close();
      readers.clear();
    },
  };
}

/** What `git describe` says of a commit means that commit to git, though no tag has this name: nobody tagged it (T2). */
const isDescription = (name: string): boolean => /-g[0-9a-f]{4,}$/.test(name);

type ReaderOf = (repository: string) => Promise<ObjectReader>;
type Git = (repository: string, args: readonly string[]) => Promise<string | undefined>;

function createFileReading(readerOf: ReaderOf, git: Git): Omit<Mirror, 'fetch' | 'has' | 'commitsNamed'> {
  const objects = async (repository: string, commit: Sha, paths: readonly string[], limit: number) => {
    const asked = isSha(commit) ? paths : [];
    const found = await (await readerOf(repository)).read(
      asked.map((path) => `${commit}:${path}`),
      limit,
    );
    return found.map((object, index): readonly [string, ReadObject] => [asked[index] ?? '', object]);
  };
  const isRef = async (repository: string, name: string): Promise<boolean> =>
    isRevision(name) &&
    ((await git(repository, ['rev-parse', '--symbolic-full-name', name])) ?? '').trim() !== '';
  const resolveAll = async (
    repository: string,
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, Sha>> => {
    const known = await Promise.all(refs.map(async (ref) => !isDescription(ref) || isRef(repository, ref)));
    const asked = refs.filter((ref, place) => isRevision(ref) && known[place]);
    const names = asked.map((ref) => `${ref}^{commit}`);
    const found = await (await readerOf(repository)).read(names, 0);
    return new Map(
      found.flatMap((object, index) =>
        object.kind === 'other' ? [[asked[index] ?? '', object.id] as const] : [],
      ),
    );
  };
  return {
    resolve: async (repository, ref) => (await resolveAll(repository, [ref])).get(ref),
    resolveAll,
    branches: async (repository) => {
      const listed = await git(repository, [
        'for-each-ref',
        '--format=%(objectname) %(refname:lstrip=2)',
        'refs/heads/',
      ]);
      const lines = (listed ?? '').split('\n').filter((line) => line !== '');
      return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
    },
    list: async (repository, commit, folder) => {
      if (!isSha(commit)) return [];
      const within = folder === undefined ? [] : [`./${folder.replace(/\/+$/, '')}/`];
      const listed = await git(repository, ['ls-tree', '-r', '-z', '--name-only', commit, ...within]);
      return (listed ?? '').split('\0').filter((path) => path !== '');
    },
    irregular: async (repository, commit) => {
      const listed = isSha(commit) ? await git(repository, ['ls-tree', '-r', '-z', commit]) : '';
      const entries = (listed ?? '').split('\0').filter((entry) => /^1[26]/.test(entry));
      return new Set(entries.map((entry) => entry.slice(entry.indexOf('\t') + 1)));
    },
    read: async (repository, commit, paths) => {
      const found = await objects(repository, commit, paths, largestFile);
      return new Map(
        found.flatMap(([path, object]) => (object.kind === 'blob' ? [[path, object.bytes]] : [])),
      );
    },
    sizes: async (repository, commit, paths) => {
      const found = await objects(repository, commit, paths, 0);
      return new Map(found.flatMap(([path, object]) => sizeOf(path, object)));
    },
    changedSince: async (repository, base, head) => {
      if (!isSha(base) || !isSha(head)) return [];
      const range = `${base}...${head}`;
      const listed = await git(repository, ['diff', '--name-only', '--no-renames', '-z', range, '--']);
      return (listed ?? '').split('\0').filter((path) => path !== '');
    },
    contains: async (repository, ancestor, commit) =>
      isSha(ancestor) &&
      isSha(commit) &&
      (await git(repository, ['merge-base', '--is-ancestor', ancestor, commit])) !== undefined,
    commits: (repository, range) => readCommits(git, repository, range),
    lastChange: (repository, commit, path) => newestChange(git, repository, [commit], path),
    broughtBy: (repository, head, path) => newestChange(git, repository, [head, '--first-parent'], path),
  };
}

function createHistoryReading(
  readerOf: ReaderOf,
  git: Git,
  prepared: (repository: string) => Promise<string>,
): Omit<History, 'fetch' | 'has'> {
  const commitAt = async (repository: string, ref: string): Promise<Sha | undefined> =>
    (
      await git(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
    )?.trim();
  return {
    tip: (repository, branch) => commitAt(repository, `refs/heads/${branch}`),
    line: async (repository, since, head) => readLine(await prepared(repository), since, head),
    blobs: async (repository, ids, limit) => {
      const objects = await (await readerOf(repository)).read(ids, limit);
      return new Map(
        objects.flatMap((object) => (object.kind === 'blob' ? [[object.id, object.bytes]] : [])),
      );
    },
    known: (repository, branch) => commitAt(repository, `refs/countersign/known/${branch}`),
    remember: async (repository, branch, commit) => {
      await git(repository, ['update-ref', `refs/countersign/known/${branch}`, commit]);
    },
  };
}

function sizeOf(path: string, object: ReadObject): readonly (readonly [string, number])[] {
  if (object.kind === 'too-large') return [[path, object.size]];
  return object.kind === 'blob' ? [[path, object.bytes.byteLength]] : [];
}

const isCommit = (object: ReadObject | undefined): boolean =>
  object?.kind === 'other' && object.type === 'commit';

function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** A name of a ref or a commit, and none of the other things git understands: a manifest may hold anything (T18). */
export function isRevision(ref: string): boolean {
  if (ref.length > 255 || !/^[A-Za-z0-9_][A-Za-z0-9._/+@-]*$/.test(ref)) return false;
  return !/\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/.test(ref);
}

/** One run at a time a repository; requests that come meanwhile share the run after it. */
function createCoalescing(run: (repository: string) => Promise<void>): {
  readonly ask: (repository: string) => Promise<void>;
  /** Resolves when nothing runs and nothing is to run. */
  readonly settled: () => Promise<void>;
} {
  const running = new Map<string, Promise<void>>();
  const queued = new Map<string, Promise<void>>();
  const start = (repository: string): Promise<void> => {
    const started = run(repository).finally(() => {
      if (running.get(repository) === started) running.delete(repository);
    });
    running.set(repository, started);
    return started;
  };
  const ask = (repository: string): Promise<void> => {
    const current = running.get(repository);
    if (current === undefined) return start(repository);
    const waiting = queued.get(repository);
    if (waiting !== undefined) return waiting;
    const next = current
      .catch(() => undefined)
      .then(() => {
        queued.delete(repository);
        return start(repository);
      });
    queued.set(repository, next);
    return next;
  };
  const settled = async (): Promise<void> => {
    while (running.size + queued.size > 0)
      await Promise.allSettled([...running.values(), ...queued.values()]);
  };
  return { ask, settled };
}

async function newestChange(
  git: (repository: string, args: readonly string[]) => Promise<string | undefined>,
  repository: string,
  [commit, ...options]: readonly [Sha, ...string[]],
  path: string,
): Promise<Sha | undefined> {
  if (!isSha(commit)) return undefined;
  const found = await git(repository, [
    'log',
    '-1',
    '--format=%H',
    ...options,
    commit,
    '--',
    `:(top,literal)${path}`,
  ]);
  return found?.trim() || undefined;
}
