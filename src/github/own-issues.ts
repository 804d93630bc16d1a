import type { ReleaseQuestion } from '../ports/forge.ts';
import { type Caller, ownerAndName } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { issueWith, PAGE } from './fragments.ts';
import { nodesOf } from './from-wire.ts';
import { gatherThread } from './threads.ts';
import type { WireIssue, WirePage } from './wire.ts';

/**
 * Issues since a moment, newest first; needs `$since`. GitHub's filter `createdBy` does not name Apps dependably, so
 * ours are picked from the answer by `viewerDidAuthor`.
 */
export const ownIssuesPage = (after?: string): string =>
  `issues(first: 30${after === undefined ? '' : `, after: ${after}`}, filterBy: {since: $since},
    orderBy: {field: CREATED_AT, direction: DESC}) { ${PAGE} nodes { ${issueWith('all')} } }`;

const document = `query($owner: String!, $name: String!, $since: DateTime!, $after: String!) {
  repository(owner: $owner, name: $name) { own: ${ownIssuesPage('$after')} } }`;

type Answer = { readonly repository: { readonly own: WirePage<WireIssue> } | null };

/** The page after `page`, or undefined: `since` is about changes, so older issues may follow that are not wanted. */
const nextPage = async (
  caller: Caller,
  question: ReleaseQuestion,
  page: WirePage<WireIssue>,
): Promise<WirePage<WireIssue> | undefined> => {
  const since = question.ownIssuesSince;
  const oldest = nodesOf(page).at(-1);
  if (since === undefined || oldest === undefined || page.pageInfo?.hasNextPage !== true) return undefined;
  if (Date.parse(oldest.createdAt) < Date.parse(since)) return undefined;
  const variables = { ...ownerAndName(question.repository), since, after: page.pageInfo.endCursor };
  const { data, errors } = await caller.graphql<Answer>(document, variables, 'read');
  if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
  return data.repository?.own;
};

/** The issues of our own App that were created since the moment in question; `first` is the page that came first. */
export const readOwnIssues = async (
  caller: Caller,
  question: ReleaseQuestion,
  first: WirePage<WireIssue> | undefined,
): Promise<readonly ReturnType<typeof gatherThread>[]> => {
  const own: WireIssue[] = [];
  const since = Date.parse(question.ownIssuesSince ?? '');
  for (let page = first; page !== undefined; page = await nextPage(caller, question, page)) {
    own.push(
      ...nodesOf(page).filter((issue) => issue.viewerDidAuthor && Date.parse(issue.createdAt) >= since),
    );
  }
  return own.map(gatherThread);
};
