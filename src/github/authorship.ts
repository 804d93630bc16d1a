import type { Attribution } from '../core/duties/hands.ts';
import type { Sha } from '../core/values.ts';
import { type Caller, type Connection, ownerAndName } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { given, nodesOf, writerOf } from './from-wire.ts';
import type { WireActor, WirePage, WireUser } from './wire.ts';

type WirePull = {
  readonly number: number;
  readonly author: WireActor | null;
  readonly mergedBy: WireActor | null;
};

type WireSignature = { readonly email: string | null; readonly user: WireUser | null };

type WireCommit = {
  readonly author?: WireSignature | null;
  readonly committer?: WireSignature | null;
  readonly authors?: WirePage<WireSignature> | null;
  readonly associatedPullRequests?: WirePage<WirePull> | null;
};

type Answer = { readonly repository: { readonly [alias: string]: WireCommit | null } | null };

/** Commits asked about in one call. */
const COMMITS_A_CALL = 100;

const ACTOR = '__typename login ... on User { databaseId }';
const SIGNATURE = 'email user { databaseId login }';

// GitHub reads the co-authors itself, which finds the people of addresses that only it knows.
const COMMIT = `... on Commit { author { ${SIGNATURE} } committer { ${SIGNATURE} }
  authors(first: 50) { pageInfo { hasNextPage endCursor } nodes { ${SIGNATURE} } }
  associatedPullRequests(first: 50) { pageInfo { hasNextPage endCursor }
    nodes { number author { ${ACTOR} } mergedBy { ${ACTOR} } } } }`;

const documentFor = (commits: readonly Sha[]): string => {
  const declarations = commits.map((_, index) => `, $c${index}: GitObjectID!`).join('');
  const fields = commits.map((_, index) => `c${index}: object(oid: $c${index}) { ...hands }`);
  return `query($owner: String!, $name: String!${declarations}) {
  repository(owner: $owner, name: $name) {\n${fields.join('\n')}\n} }
fragment hands on GitObject { ${COMMIT} }`;
};

/**
 * Who had a hand in commits, as far as GitHub knows (T16): who opened and merged their pull requests is proven by GitHub;
 * the accounts of their e-mail addresses are a claim that anyone can make. One call a hundred commits.
 */
export const readAuthorship = async (
  connection: Connection,
  repository: string,
  commits: readonly Sha[],
): Promise<ReadonlyMap<Sha, Attribution>> => {
  const caller = await connection.on(repository);
  const found = new Map<Sha, Attribution>();
  for (let from = 0; from < commits.length; from += COMMITS_A_CALL) {
    const asked = commits.slice(from, from + COMMITS_A_CALL);
    for (const [commit, attribution] of await readSome(caller, repository, asked))
      found.set(commit, attribution);
  }
  return found;
};

async function readSome(
  caller: Caller,
  repository: string,
  commits: readonly Sha[],
): Promise<readonly (readonly [Sha, Attribution])[]> {
  const variables = {
    ...ownerAndName(repository),
    ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
  };
  const { data, errors } = await caller.graphql<Answer>(documentFor(commits), variables, 'read');
  if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
  return commits.map((commit, index) => [
    commit,
    attributionOf(given(data.repository?.[`c${index}`], `the commit ${commit}`)),
  ]);
}

const attributionOf = ({ author, committer, authors, associatedPullRequests }: WireCommit): Attribution => ({
  pulls: nodesOf(associatedPullRequests).map((pull) => ({
    number: pull.number,
    openedBy: writerOf(pull.author),
    mergedBy: writerOf(pull.mergedBy),
  })),
  accounts: [author, committer, ...nodesOf(authors)].flatMap((signature) => {
    const id = signature?.user?.databaseId;
    if (!signature?.user || id === null || id === undefined) return [];
    return [{ email: signature.email ?? '', account: { id, login: signature.user.login } }];
  }),
  whole: ![authors, associatedPullRequests].some((page) => page?.pageInfo?.hasNextPage === true),
});
