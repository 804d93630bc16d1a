import {
  authenticateForVerifying,
  pageBlobs,
  type Verification,
  type Verifying,
  verifyRecord,
} from '../core/record/verify.ts';
import type { Sha } from '../core/values.ts';
import { runGit } from './git-command.ts';
import { readContents } from './line-contents.ts';
import { readLine } from './line-log.ts';
import { isRevision } from './mirror.ts';
import { createObjectReader } from './object-reader.ts';

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
  const commits = await readLine(directory, undefined, head);
  if (commits === undefined) return { kind: 'unreadable', why: `the history of ${ref} cannot be read` };
  const reader = createObjectReader(directory);
  const blobs = async (
    _: string,
    ids: readonly Sha[],
    limit: number,
  ): Promise<ReadonlyMap<Sha, Uint8Array>> => {
    const objects = await reader.read(ids, limit);
    const found = new Map<Sha, Uint8Array>();
    for (const object of objects) if (object.kind === 'blob') found.set(object.id, object.bytes);
    return found;
  };
  try {
    const contents = await readContents({ blobs }, '', commits);
    const result = authenticateForVerifying(commits, contents, how);
    const pages = await blobs('', pageBlobs(result), largestPage);
    const verification = verifyRecord(result, (blob) => pages.get(blob), how);
    return { kind: 'verified', ref, head, commits: commits.length, verification };
  } finally {
    reader.close();
  }
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
