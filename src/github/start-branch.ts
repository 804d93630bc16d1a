import type { Sha } from '../core/values.ts';
import type { BranchCommit, CommitResult, FileAddition } from '../ports/branch-writer.ts';
import { ForgeError } from '../ports/forge.ts';
import { type Caller, ownerAndName } from './connection.ts';

type Made = { readonly sha: Sha };

type Place = { readonly owner: string; readonly repo: string };

/** The content as text where it is text: then it needs no call of its own. */
const textOf = (content: Uint8Array): string | undefined => {
  try {
    // A byte order mark is kept, or the blob would differ from what was asked for.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
};

const entryOf = async (caller: Caller, place: Place, { path, content }: FileAddition) => {
  const entry = { path, mode: '100644', type: 'blob' };
  const text = textOf(content);
  if (text !== undefined) return { ...entry, content: text };
  const blob = { content: Buffer.from(content).toString('base64'), encoding: 'base64' };
  const { data } = await caller.rest<Made>(
    'POST /repos/{owner}/{repo}/git/blobs',
    { ...place, ...blob },
    'write',
  );
  return { ...entry, sha: data.sha };
};

/** Creates a branch whose first commit has no parent. Whoever was faster keeps the branch: that is a lost race. */
export const startBranch = async (caller: Caller, request: BranchCommit): Promise<CommitResult> => {
  const { owner, name } = ownerAndName(request.repository);
  const place = { owner, repo: name };
  const tree: unknown[] = [];
  for (const addition of request.additions) tree.push(await entryOf(caller, place, addition));
  const made = await caller.rest<Made>('POST /repos/{owner}/{repo}/git/trees', { ...place, tree }, 'write');
  const commit = await caller.rest<Made>(
    'POST /repos/{owner}/{repo}/git/commits',
    { ...place, message: request.message, tree: made.data.sha, parents: [] },
    'write',
  );
  const head = commit.data.sha;
  try {
    const ref = `refs/heads/${request.branch}`;
    await caller.rest('POST /repos/{owner}/{repo}/git/refs', { ...place, ref, sha: head }, 'write');
  } catch (error) {
    if (error instanceof ForgeError && /already exists/i.test(error.message)) return { kind: 'lost-race' };
    throw error;
  }
  return { kind: 'committed', head };
};
