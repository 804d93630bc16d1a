import { Readable } from 'node:stream';
import type { Authenticated } from '../core/record/authenticate.ts';
import type { Contents } from '../core/record/covered-events.ts';
import type { LineCommit } from '../core/record/line.ts';
import {
  authenticateForVerifying,
  beginVerifying,
  pageBlobs,
  type Verification,
  type Verifying,
  verifyRecord,
} from '../core/record/verify.ts';
import type { Sha } from '../core/values.ts';
import { runGit } from './git-command.ts';
import type { History } from './history.ts';
import { readContents } from './line-contents.ts';
import { type LineStream, readLine, streamLine } from './line-log.ts';
import { isRevision } from './mirror.ts';
import { createObjectReader, type ObjectReader } from './object-reader.ts';

export type VerifiedBranch =
  | {
      readonly kind: 'verified';
      /** The ref that was read. */
      readonly ref: string;
      readonly head: Sha;
      readonly commits: number;
      readonly verification: Verification;
    }
  | { readonly kind: 'unreadable'; readonly why: string };

const largestPage = 26_214_400;

/** Verifies a records branch of a repository on this machine, bare or not; a clone's copy of it will do. */
export async function verifyBranch(
  directory: string,
  branch: string,
  how: Verifying,
): Promise<VerifiedBranch> {
  const found = await findBranch(directory, branch);
  if (found.kind === 'unreadable') return found;
  const { ref, head } = found;
  const reader = createObjectReader(directory);
  try {
    const result = await authenticateBranch(directory, head, blobsOf(reader), how);
    if (result === undefined) return { kind: 'unreadable', why: `the history of ${ref} cannot be read` };
    const { commits, authenticated } = result;
    const pages = await blobsOf(reader)('', pageBlobs(authenticated), largestPage);
    const verification = verifyRecord(authenticated, (blob) => pages.get(blob), how);
    return { kind: 'verified', ref, head, commits, verification };
  } finally {
    reader.close();
  }
}

type Blobs = History['blobs'];

const blobsOf =
  (reader: ObjectReader): Blobs =>
  async (_, ids, limit) => {
    const objects = await reader.read(ids, limit);
    const found = new Map<Sha, Uint8Array>();
    for (const object of objects) if (object.kind === 'blob') found.set(object.id, object.bytes);
    return found;
  };

/** Undefined where the history cannot be read. */
async function authenticateBranch(
  directory: string,
  head: Sha,
  blobs: Blobs,
  how: Verifying,
): Promise<{ readonly commits: number; readonly authenticated: Authenticated } | undefined> {
  const authentication = beginVerifying(how);
  const log = streamLine(directory, undefined, head);
  let commits = 0;
  let earlier: ReadonlyMap<Sha, Uint8Array> = new Map();
  for await (const { commit, reading } of readAhead(log.commits, blobs)) {
    const contents = await reading;
    const known: Contents = (blob) => contents(blob) ?? earlier.get(blob);
    authentication.follow([commit], known);
    earlier = keep(authentication.unsettled(), known);
    commits += 1;
  }
  if (!(await log.isWhole())) return undefined;
  const authenticated = authentication.end();
  if (authenticated !== undefined) return { commits, authenticated };
  const all = (await readLine(directory, undefined, head)) ?? [];
  const contents = await readContents({ blobs }, '', all);
  return {
    commits,
    authenticated: authenticateForVerifying(all, contents, { ...how, everySignature: true }),
  };
}

type Ahead = { readonly commit: LineCommit; readonly reading: Promise<Contents> };

/** Commits whose files are asked for before those of earlier ones are judged: git goes on reading meanwhile. */
const mostAhead = 64;

const readAhead = (commits: LineStream['commits'], blobs: Blobs): AsyncIterable<Ahead> =>
  Readable.from(asked(commits, blobs), { highWaterMark: mostAhead });

async function* asked(commits: LineStream['commits'], blobs: Blobs): AsyncGenerator<Ahead> {
  for await (const some of commits) {
    for (const commit of some) {
      const reading = readContents({ blobs }, '', [commit]);
      // It is waited for when its turn comes; until then nobody is there to hear that it failed.
      reading.catch(() => undefined);
      yield { commit, reading };
    }
  }
}

function keep(blobs: readonly Sha[], contents: Contents): ReadonlyMap<Sha, Uint8Array> {
  const kept = new Map<Sha, Uint8Array>();
  for (const blob of blobs) {
    const bytes = contents(blob);
    if (bytes !== undefined) kept.set(blob, bytes);
  }
  return kept;
}

type Found =
  | { readonly kind: 'found'; readonly ref: string; readonly head: Sha }
  | { readonly kind: 'unreadable'; readonly why: string };

async function findBranch(directory: string, branch: string): Promise<Found> {
  if (!isRevision(branch))
    return { kind: 'unreadable', why: `${JSON.stringify(branch)} is no name of a branch` };
  for (const ref of [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`]) {
    const args = ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`];
    const result = await runGit(args, { directory }).catch(() => undefined);
    if (result === undefined)
      return { kind: 'unreadable', why: 'there is no such folder, or git is not installed' };
    if (result.code === 0) return { kind: 'found', ref, head: result.stdout.toString('utf8').trim() };
    const words = result.stderr.trim().split('\n')[0] ?? '';
    if (!/needed a single revision/i.test(words)) return { kind: 'unreadable', why: words };
  }
  return { kind: 'unreadable', why: `there is no branch ${branch}` };
}
