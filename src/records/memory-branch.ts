import { createHash } from 'node:crypto';
import { blobIdOf } from '../core/record/digest.ts';
import type { Change, LineCommit } from '../core/record/line.ts';
import type { Sha } from '../core/values.ts';
import type { BranchCommit, BranchWriter, CommitResult } from '../ports/branch-writer.ts';
import type { History } from './history.ts';

type Tree = ReadonlyMap<string, Sha>;
type Commit = LineCommit & { readonly tree: Tree };

/** A host and its local copy in memory: the in-memory twin of a mirror and a branch writer. */
export type MemoryBranch = BranchWriter &
  History & {
    /** What somebody with write access can do: commit anything on top of any commit, and move the branch anywhere. */
    push(
      repository: string,
      branch: string,
      files: ReadonlyMap<string, Uint8Array | undefined>,
      options?: { readonly parent?: Sha | 'none'; readonly author?: string },
    ): Sha;
    move(repository: string, branch: string, commit: Sha | undefined): void;
    /** Where the branch is at the host. */
    head(repository: string, branch: string): Sha | undefined;
    /** The local copy of another process: it shares the host, and knows nothing yet. */
    replica(): MemoryBranch;
  };

type Host = {
  readonly heads: Map<string, Sha>;
  readonly commits: Map<Sha, Commit>;
  readonly blobs: Map<Sha, Uint8Array>;
};

export function createMemoryBranch(): MemoryBranch {
  return onHost({ heads: new Map(), commits: new Map(), blobs: new Map() });
}

function onHost(host: Host): MemoryBranch {
  const fetched = new Map<string, Sha>();
  const local = new Set<Sha>();
  const known = new Map<string, Sha>();
  const refOf = (repository: string, branch: string): string => `${repository} ${branch}`;
  return {
    commit: async (request) => commitTo(host, request),
    push: (repository, branch, files, options = {}) => {
      const ref = refOf(repository, branch);
      const parent = options.parent === 'none' ? undefined : (options.parent ?? host.heads.get(ref));
      const commit = addCommit(host, parent, files, options.author ?? 'Mallory <mallory@example.com>');
      host.heads.set(ref, commit);
      return commit;
    },
    move: (repository, branch, commit) => {
      if (commit === undefined) host.heads.delete(refOf(repository, branch));
      else host.heads.set(refOf(repository, branch), commit);
    },
    head: (repository, branch) => host.heads.get(refOf(repository, branch)),
    replica: () => onHost(host),
    fetch: async () => {
      fetched.clear();
      for (const [ref, head] of host.heads) {
        fetched.set(ref, head);
        for (const commit of back(host, head)) local.add(commit.sha);
      }
    },
    has: async (_repository, commit) => local.has(commit),
    tip: async (repository, branch) => fetched.get(refOf(repository, branch)),
    line: async (_repository, since, head) => (local.has(head) ? lineTo(host, since, head) : undefined),
    blobs: async (_repository, ids, limit) =>
      new Map(
        ids.flatMap((id) => {
          const bytes = host.blobs.get(id);
          return bytes !== undefined && bytes.byteLength <= limit ? [[id, bytes] as const] : [];
        }),
      ),
    known: async (repository, branch) => known.get(refOf(repository, branch)),
    remember: async (repository, branch, commit) => {
      known.set(refOf(repository, branch), commit);
    },
  };
}

function commitTo(host: Host, request: BranchCommit): CommitResult {
  const ref = `${request.repository} ${request.branch}`;
  if (host.heads.get(ref) !== request.expectedHead) return { kind: 'lost-race' };
  const files = new Map<string, Uint8Array | undefined>(request.deletions.map((path) => [path, undefined]));
  for (const { path, content } of request.additions) files.set(path, content);
  const head = addCommit(host, request.expectedHead, files, 'countersign[bot] <bot@example.com>');
  host.heads.set(ref, head);
  return { kind: 'committed', head };
}

function addCommit(
  host: Host,
  parent: Sha | undefined,
  files: ReadonlyMap<string, Uint8Array | undefined>,
  author: string,
): Sha {
  const before =
    parent === undefined ? new Map<string, Sha>() : (host.commits.get(parent)?.tree ?? new Map());
  const tree = new Map(before);
  const changes: Change[] = [];
  for (const [path, content] of files) {
    const blob = content === undefined ? undefined : blobIdOf(content);
    if (blob === before.get(path)) continue;
    changes.push(blob === undefined ? { path } : { path, blob });
    if (content === undefined || blob === undefined) tree.delete(path);
    else {
      tree.set(path, blob);
      host.blobs.set(blob, content);
    }
  }
  const parents = parent === undefined ? [] : [parent];
  // The count stands in for the time in a commit: the same change twice is two commits.
  const name = JSON.stringify([host.commits.size, parents, author, [...tree]]);
  const sha = createHash('sha1').update(name).digest('hex');
  host.commits.set(sha, { sha, parents, author, changes, tree });
  return sha;
}

function* back(host: Host, head: Sha): Generator<Commit> {
  for (let at: Sha | undefined = head; at !== undefined; ) {
    const commit = host.commits.get(at);
    if (commit === undefined) return;
    yield commit;
    at = commit.parents[0];
  }
}

function lineTo(host: Host, since: Sha | undefined, head: Sha): readonly LineCommit[] | undefined {
  const commits: LineCommit[] = [];
  for (const { tree: _, ...commit } of back(host, head)) {
    if (commit.sha === since) return commits.reverse();
    commits.push(commit);
  }
  return since === undefined ? commits.reverse() : undefined;
}
