import type { Sha } from '../core/values.ts';
import type { BranchCommit, BranchWriter, CommitResult } from '../ports/branch-writer.ts';
import type { Caller, Connection } from './connection.ts';
import { errorOfGraphql, type GraphqlError } from './forge-error-of.ts';
import { given } from './from-wire.ts';
import { startBranch } from './start-branch.ts';

const document = `mutation($input: CreateCommitOnBranchInput!) {
  commit: createCommitOnBranch(input: $input) { commit { oid } } }`;

type Answer = { readonly commit: { readonly commit: { readonly oid: Sha } | null } | null };

/** GitHub wants the subject and the body apart. */
const messageOf = (message: string) => {
  const [headline = '', ...rest] = message.split('\n');
  const body = rest.join('\n').replace(/^\n+/, '');
  return { headline, ...(body === '' ? {} : { body }) };
};

/** The branch is not where it was thought to be. GitHub documents no code for it, so the sentence is read too. */
const isStale = ({ type, message }: GraphqlError): boolean =>
  type === 'STALE_DATA' || /expected branch to point to|but it points to|stale/i.test(message);

const commitOnto = async (caller: Caller, request: BranchCommit, expected: Sha): Promise<CommitResult> => {
  const input = {
    branch: { repositoryNameWithOwner: request.repository, branchName: request.branch },
    expectedHeadOid: expected,
    message: messageOf(request.message),
    fileChanges: {
      additions: request.additions.map(({ path, content }) => ({
        path,
        contents: Buffer.from(content).toString('base64'),
      })),
      deletions: request.deletions.map((path) => ({ path })),
    },
  };
  const { data, errors } = await caller.graphql<Answer>(document, { input }, 'write');
  if (errors.some(isStale)) return { kind: 'lost-race' };
  if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
  return { kind: 'committed', head: given(data.commit?.commit, 'the commit it made').oid };
};

/**
 * Commits through GitHub's API: compare-and-swap by `createCommitOnBranch`, signed by GitHub and shown as verified. The
 * first commit makes the branch as an orphan, because that mutation needs a branch to start from.
 */
export const createBranchWriter = (connection: Connection): BranchWriter => ({
  commit: async (request) => {
    const caller = await connection.on(request.repository);
    const { expectedHead } = request;
    return expectedHead === undefined
      ? startBranch(caller, request)
      : commitOnto(caller, request, expectedHead);
  },
});
