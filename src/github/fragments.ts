/** The parts that GraphQL documents are built from. People's text never enters a document: it travels in variables. */

const ACTOR = '__typename login ... on User { databaseId } ... on Bot { databaseId }';

const REACTIONS = 'reactionGroups { content viewerHasReacted }';

export const CHECK_RUN = 'id databaseId name conclusion title summary externalId';

export const COMMENT = `
  id databaseId url body createdAt lastEditedAt createdViaEmail viewerDidAuthor
  author { ${ACTOR} } ${REACTIONS}`;

export const PAGE = 'pageInfo { hasNextPage endCursor }';

/** Everything of an issue but its comments and what is left of deleted ones. */
const ISSUE = `id number url title body state createdAt viewerDidAuthor
  parent { number } repository { databaseId }`;

const DELETION = `... on CommentDeletedEvent { databaseId createdAt deletedCommentAuthor { ${ACTOR} } }`;

/** Pages hold 100, GitHub's maximum; `after` is the name of a variable. */
const pageOf = (after?: string): string => `first: 100${after === undefined ? '' : `, after: ${after}`}`;

export const comments = (after?: string): string =>
  `comments(${pageOf(after)}) { ${PAGE} nodes { ${COMMENT} } }`;

export const deletions = (after?: string): string =>
  `timelineItems(${pageOf(after)}, itemTypes: [COMMENT_DELETED_EVENT]) { ${PAGE} nodes { __typename ${DELETION} } }`;

/** An issue with all its comments, or with the newest 20. */
export const issueWith = (which: 'all' | 'recent'): string =>
  which === 'all'
    ? `${ISSUE} ${comments()} ${deletions()}`
    : `${ISSUE} comments(last: 20) { nodes { ${COMMENT} } } ${deletions()}`;

/** The newest check runs of one App, by name; needs the variable `$app`. */
export const checkRuns = (after?: string): string =>
  `checkRuns(${pageOf(after)}, filterBy: {checkType: LATEST}) { ${PAGE} nodes { ${CHECK_RUN} } }`;

/** Suites of one App on a commit: one for each branch that was pushed with it. */
export const COMMIT_CHECKS = `
  ... on Commit { checkSuites(first: 20, filterBy: {appId: $app}) { nodes { id ${checkRuns()} } } }`;

export const members = (membership: 'ALL' | 'IMMEDIATE', after?: string): string =>
  `members(${pageOf(after)}, membership: ${membership}) { ${PAGE} nodes { databaseId login } }`;

export const TEAM = `id databaseId all: ${members('ALL')} immediate: ${members('IMMEDIATE')}`;

/** Everybody with a permission on the repository; which one stands beside the person. */
export const collaborators = (after?: string): string =>
  `collaborators(${pageOf(after)}) { ${PAGE} edges { permission node { databaseId login } } }`;

/** Identity and heads; needs `$records`, the full name of the records ref. */
export const HEADS = `
  id databaseId nameWithOwner isPrivate
  defaultBranchRef { name target { oid } }
  records: ref(qualifiedName: $records) { target { oid } }`;
