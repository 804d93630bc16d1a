import type { Thread } from '../core/release/facts.ts';
import type { ReleaseQuestion, ReleaseView } from '../ports/forge.ts';
import { gatherChecks } from './checks.ts';
import { type Connection, ownerAndName, type Variables } from './connection.ts';
import { errorOfGraphql, type GraphqlError } from './forge-error-of.ts';
import { COMMIT_CHECKS, HEADS, issueWith } from './fragments.ts';
import { given, headsOf } from './from-wire.ts';
import { askInherited, type InheritedAnswer, inheritedIn, isAboutInherited } from './inherited.ts';
import { ownIssuesPage, readOwnIssues } from './own-issues.ts';
import { readOn } from './pages.ts';
import { askPrincipals, type PrincipalAnswer, type PrincipalQuestion, resolutionsIn } from './principals.ts';
import { gatherThread } from './threads.ts';
import type { WireCommitChecks, WireIssue, WirePage, WireRepository } from './wire.ts';

type Answer = PrincipalAnswer &
  InheritedAnswer & {
    readonly repository: WireRepository & {
      readonly target?: WireCommitChecks;
      readonly own?: WirePage<WireIssue>;
      readonly [alias: string]: unknown;
    };
    readonly [alias: string]: unknown;
  };

/** One document for the whole question; parts that were not asked for are left out. */
const documentFor = (
  question: ReleaseQuestion,
  principals: PrincipalQuestion,
): { readonly document: string; readonly variables: Variables } => {
  const { target, ownIssuesSince: since } = question;
  const above = askInherited(question.inheritedRecords);
  const issues = question.threads.map(
    ({ comments }, index) => `i${index}: issue(number: $n${index}) { ${issueWith(comments)} }`,
  );
  const declarations = [
    '$owner: String!, $name: String!, $records: String!',
    ...(target === undefined ? [] : ['$app: Int!, $target: GitObjectID!']),
    ...(since === undefined ? [] : ['$since: DateTime!']),
    ...question.threads.map((_, index) => `$n${index}: Int!`),
    ...principals.declarations,
    ...above.declarations,
  ];
  const fields = [
    HEADS,
    ...(target === undefined ? [] : [`target: object(oid: $target) { ${COMMIT_CHECKS} }`]),
    ...issues,
    ...(since === undefined ? [] : [`own: ${ownIssuesPage()}`]),
    ...principals.repositoryFields,
  ];
  const document = `query(${declarations.join(', ')}) {
    repository(owner: $owner, name: $name) { ${fields.join('\n')} }
    ${[...principals.fields, ...above.fields].join('\n')} }`;
  const numbers = question.threads.map(({ issue }, index) => [`n${index}`, issue]);
  const variables = {
    ...Object.fromEntries(numbers),
    ...principals.variables,
    ...above.variables,
    ...ownerAndName(question.repository),
    records: `refs/heads/${question.recordsBranch}`,
    ...(target === undefined ? {} : { target }),
    ...(since === undefined ? {} : { since }),
  };
  return { document, variables };
};

/** Only an issue that is gone may be missing; whatever else fails below the repository leaves the answer worthless. */
const refuseFailures = (errors: readonly GraphqlError[], principals: PrincipalQuestion): void => {
  const excused = (error: GraphqlError): boolean => {
    const [first, second] = error.path ?? [];
    if (isAboutInherited(error)) return true;
    if (first === 'organization') return principals.teams.length > 0;
    if (typeof first === 'string' && /^u\d+$/.test(first)) return true;
    if (first === 'repository' && second === 'collaborators') return principals.permissions.length > 0;
    return first === 'repository' && /^i\d+$/.test(String(second)) && error.type === 'NOT_FOUND';
  };
  const fatal = errors.filter((error) => !excused(error));
  if (fatal.length > 0) throw errorOfGraphql(fatal, {}, 0);
};

/** One read of everything a release's decision looks at; further calls only where something has further pages. */
export const observeRelease = async (
  connection: Connection,
  question: ReleaseQuestion,
): Promise<ReleaseView> => {
  const caller = await connection.on(question.repository);
  const principals = askPrincipals(question.principals);
  const { document, variables } = documentFor(question, principals);
  const asked = question.target === undefined ? variables : { ...variables, app: connection.appId };
  const { data, errors, at } = await caller.graphql<Answer>(document, asked, 'read');
  refuseFailures(errors, principals);
  const repository = given(data.repository, `the repository ${question.repository}`);

  const checks = gatherChecks(repository.target);
  const resolutions = resolutionsIn(principals, data, errors);
  const issues = question.threads.flatMap((_, index) => {
    const issue = (repository[`i${index}`] ?? null) as WireIssue | null;
    // A transferred issue may still answer to its old number, from another repository.
    return issue === null || issue.repository.databaseId !== repository.databaseId
      ? []
      : [gatherThread(issue)];
  });
  const own = await readOwnIssues(caller, question, repository.own);
  await readOn(
    caller,
    [checks, resolutions, ...issues, ...own].flatMap(({ open }) => open),
  );
  const threads = new Map<number, Thread>();
  for (const thread of issues.map(({ read }) => read())) threads.set(thread.issue.number, thread);
  return {
    ...headsOf(repository, at),
    ...inheritedIn(data, question.inheritedRecords),
    checks: checks.read(),
    threads,
    resolutions: resolutions.read(),
    ownIssues: own.map(({ read }) => read()),
  };
};
