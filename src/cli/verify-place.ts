import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terminal } from '../core/messages/escape.ts';
import type { Verifying } from '../core/record/verify.ts';
import { cloneBranch } from '../records/mirror-directory.ts';
import { type VerifiedBranch, verifyBranch } from '../records/verify-branch.ts';

/** Verifies a records branch; a web address or `host:path` is copied to a temporary folder first. */
export async function verifyPlace(place: string, branch: string, how: Verifying): Promise<VerifiedBranch> {
  if (!/^([a-z][a-z0-9+.-]*:\/\/|[^/:]+@[^/:]+:)/i.test(place)) return verifyBranch(place, branch, how);
  const directory = await mkdtemp(join(tmpdir(), 'countersign-verify-'));
  try {
    await cloneBranch(place, branch, directory);
    return await verifyBranch(directory, branch, how);
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What is wrong with the keys that somebody trusts; undefined: nothing. */
export function keyProblem(keys: readonly string[]): string | undefined {
  const bad = keys.find((key) => !/^SHA256:[A-Za-z0-9+/]{43}$/.test(key));
  return bad === undefined ? undefined : `--key takes a fingerprint like SHA256:3q…, found ${terminal(bad)}.`;
}
