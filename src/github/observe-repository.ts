import type { CheckView } from '../core/release/facts.ts';
import type { PullView, RepositoryView } from '../ports/forge.ts';
import { checksAt, gatherChecks } from './checks.ts';
import { type Caller, type Connection, ownerAndName } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { COMMIT_CHECKS, HEADS, PAGE } from './fragments.ts';
import { given, headsOf, nodesOf } from './from-wire.ts';
import { askInherited, type InheritedAnswer, inheritedIn, isAboutInherited } from './inherited.ts';
import { readOn } from './pages.ts';
import type { WireCommitChecks, WirePage, WireRepository } from './wire.ts';

type WirePull = {
  readonly number: number;
  readonly url: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly isCrossRepository: boolean;
  readonly headRef: { readonly target: (WireCommitChecks & { readonly oid: string }) | null } | null;
};

type Answer = InheritedAnswer & {
  readonly repository: WireRepository & {
    readonly main: { readonly target: WireCommitChecks } | null;
    readonly pulls: WirePage<WirePull>;
  };
};

/**
 * 300 pull requests, those that changed last: whoever may open them must not be able to spend everybody's time (T17). One
 * that is left out has no check, which is never a success, and comes back by its next change.
 */
const mostPages = 6;

const pullsPage = (after?: string): string => `pulls: pullRequests(first: 50${after ?? ''}, states: [OPEN],
    orderBy: {field: UPDATED_AT, direction: DESC}) { ${PAGE} nodes {
      number url headRefOid baseRefName isCrossRepository headRef { target { oid ${COMMIT_CHECKS} } } } }`;

const firstDocument = ({ declarations, fields }: ReturnType<typeof askInherited>): string =>
  `query(${['$owner: String!, $name: String!, $records: String!, $app: Int!', ...declarations].join(', ')}) {
  repository(owner: $owner, name: $name) { ${HEADS}
    main: defaultBranchRef { target { ${COMMIT_CHECKS} } }
    ${pullsPage()} } ${fields.join(' ')} }`;

const nextDocument = `query($owner: String!, $name: String!, $app: Int!, $after: String!) {
  repository(owner: $owner, name: $name) { ${pullsPage(', after: $after')} } }`;

type Variables = { readonly owner: string; readonly name: string; readonly app: number };

const readAnswer = async <T>(caller: Caller, document: string, variables: Variables) => {
  const { data, errors, at } = await caller.graphql<InheritedAnswer & { readonly repository: T | null }>(
    document,
    variables,
    'read',
  );
  const fatal = errors.filter((error) => !isAboutInherited(error));
  if (fatal.length > 0) throw errorOfGraphql(fatal, {}, 0);
  return { repository: given(data.repository, `the repository ${variables.name}`), at, data };
};

const readPulls = async (
  caller: Caller,
  variables: Variables,
  first: WirePage<WirePull>,
): Promise<readonly WirePull[]> => {
  const pulls = [...nodesOf(first)];
  let read = 1;
  for (let page = first; page.pageInfo?.hasNextPage === true && read < mostPages; read += 1) {
    const asked = { ...variables, after: page.pageInfo.endCursor };
    page = (await readAnswer<{ readonly pulls: WirePage<WirePull> }>(caller, nextDocument, asked)).repository
      .pulls;
    pulls.push(...nodesOf(page));
  }
  return pulls;
};

/** A fork's branch shows the fork's checks; ours are on the same commit in this repository. */
const elsewhere = (pull: WirePull): boolean =>
  pull.isCrossRepository || pull.headRef?.target?.oid !== pull.headRefOid;

const viewOf = (pull: WirePull, checks: readonly CheckView[]): PullView => ({
  number: pull.number,
  url: pull.url,
  head: pull.headRefOid,
  base: pull.baseRefName,
  fromFork: pull.isCrossRepository,
  checks,
});

/** Heads and open pull requests with our checks, and what is inherited from; one call, and one more where a head is not in this repository. */
export const observeRepository = async (
  connection: Connection,
  repository: string,
  recordsBranch: string,
  inheritedRecords?: string,
): Promise<RepositoryView> => {
  const caller = await connection.on(repository);
  const variables = { ...ownerAndName(repository), app: connection.appId };
  const above = askInherited(inheritedRecords);
  const first = await readAnswer<Answer['repository']>(caller, firstDocument(above), {
    ...variables,
    ...above.variables,
    ...{ records: `refs/heads/${recordsBranch}` },
  });
  const pulls = await readPulls(caller, variables, first.repository.pulls);
  const main = gatherChecks(first.repository.main?.target);
  const near = pulls.map((pull) => ({
    pull,
    ...gatherChecks(elsewhere(pull) ? null : pull.headRef?.target),
  }));
  await readOn(
    caller,
    [main, ...near].flatMap(({ open }) => open),
  );
  const far = [...new Set(pulls.filter(elsewhere).map(({ headRefOid }) => headRefOid))];
  const farChecks = await checksAt(caller, connection.appId, repository, far);
  return {
    ...headsOf(first.repository, first.at),
    ...inheritedIn(first.data, inheritedRecords),
    checks: main.read(),
    pulls: near.map(({ pull, read }) =>
      viewOf(pull, elsewhere(pull) ? (farChecks[far.indexOf(pull.headRefOid)] ?? []) : read()),
    ),
  };
};
