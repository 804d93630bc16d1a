import type { TreeEdit } from '../../git/git-repository.ts';
import { isSha } from '../../git/sha.ts';
import { commitOnBranch } from '../../state/commits.ts';
import { needs, permit } from '../../state/permissions.ts';
import type { Repository } from '../../state/types.ts';
import { commitAt } from './commits.ts';
import type { Context } from './context.ts';
import { failure, orRefuse } from './failure.ts';
import { mutation } from './mutation.ts';
import { nodeOf } from './nodes.ts';
import { repositoryNamed } from './query.ts';
import type { Fields } from './resolver.ts';
import type { RefSource } from './sources.ts';

type BranchInput = {
  readonly id?: string | null;
  readonly repositoryNameWithOwner?: string | null;
  readonly branchName?: string | null;
};

type CommitInput = {
  readonly branch: BranchInput;
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
};

type Target = { readonly repository: Repository; readonly branch: string };

/** A branch is named by its ref's node id, or by repository and name. */
async function targetOf(input: BranchInput, context: Context): Promise<Target> {
  if (input.id) {
    const ref = await nodeOf(context, input.id, 'Ref');
    return { repository: ref.repository, branch: ref.name.replace(/^refs\/heads\//, '') };
  }
  const [owner = '', name = ''] = (input.repositoryNameWithOwner ?? '').split('/');
  if (!input.branchName)
    throw failure('UNPROCESSABLE', 'A branch needs an id, or a repository and a branch name');
  const branch = input.branchName.replace(/^refs\/heads\//, '');
  return { repository: repositoryNamed(context, owner, name).row, branch };
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decode(path: string, contents: string): Buffer {
  const compact = contents.replace(/\s/g, '');
  if (!base64.test(compact)) throw failure('UNPROCESSABLE', `The contents of ${path} are not valid base64`);
  return Buffer.from(compact, 'base64');
}

function edits({ fileChanges }: CommitInput): TreeEdit[] {
  const additions = (fileChanges?.additions ?? []).map(({ path, contents }) => ({
    path,
    content: decode(path, contents),
  }));
  const deletions = (fileChanges?.deletions ?? []).map(({ path }) => ({ path, content: null }));
  const all = [...additions, ...deletions];
  const bad = all.find(({ path }) =>
    path.split('/').some((part) => ['', '.', '..', '.git'].includes(part.toLowerCase())),
  );
  if (bad)
    throw failure('UNPROCESSABLE', `A path was requested for change that is not a valid path: ${bad.path}`);
  return all;
}

/** A file that is not there cannot be deleted: GitHub refuses the whole commit. */
async function checkDeletions(
  { repository, branch }: Target,
  input: CommitInput,
  { host }: Context,
): Promise<void> {
  const deletions = input.fileChanges?.deletions ?? [];
  if (deletions.length === 0) return;
  const git = host.git(repository);
  // A stale head is the caller's first news; what it lacks or not is then beside the point.
  if ((await git.readRef(`refs/heads/${branch}`)) !== input.expectedHeadOid) return;
  for (const { path } of deletions) {
    if ((await git.entryAt(input.expectedHeadOid, path)) === null) {
      throw failure(
        'UNPROCESSABLE',
        `A path was requested for deletion which does not exist as of commit oid \`${input.expectedHeadOid}\`: ${path}`,
      );
    }
  }
}

async function commit(input: CommitInput, context: Context) {
  const target = await targetOf(input.branch, context);
  const { repository, branch } = target;
  if (!isSha(input.expectedHeadOid))
    throw failure('UNPROCESSABLE', 'expectedHeadOid is not a full object id');
  orRefuse(permit(context.host, context.viewer, repository, needs.writeContents));
  const changes = edits(input);
  await checkDeletions(target, input, context);
  const { headline, body } = input.message;
  const made = await commitOnBranch(context.host, context.viewer, repository, {
    branch,
    expectedHead: input.expectedHeadOid,
    message: body ? `${headline}\n\n${body}` : headline,
    edits: changes,
  });
  const { sha } = orRefuse(made);
  const ref: RefSource = { kind: 'Ref', repository, name: `refs/heads/${branch}`, oid: sha };
  return { commit: await commitAt(context, repository, sha), ref };
}

export const commitMutations: Fields = { createCommitOnBranch: mutation(commit) };
