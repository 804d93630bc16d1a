// What the local GitHub answers of GitHub's GraphQL schema: per type its fields, per field its arguments.
// Scalars and enums are listed without fields; an enum without values keeps all of them.
const PAGE = 'first after last before';

const connection = (edge = '') => `totalCount nodes pageInfo ${edge}`;

const COMMENT =
  'id author authorAssociation body createdAt createdViaEmail editor includesCreatedEdit lastEditedAt publishedAt updatedAt viewerDidAuthor';

const INPUT = 'clientMutationId';

const ENTRY_POINTS = {
  Query: 'id node(id) nodes(ids) organization(login) rateLimit repository(owner name) user(login) viewer',
  Mutation:
    'addComment(input) addReaction(input) addSubIssue(input) closeIssue(input) createCheckRun(input) createCommitOnBranch(input) createIssue(input) deleteIssueComment(input) dequeuePullRequest(input) enqueuePullRequest(input) minimizeComment(input) reopenIssue(input) unminimizeComment(input) updateCheckRun(input) updateIssue(input) updateIssueComment(input)',
  RateLimit: 'cost limit nodeCount remaining resetAt used',
};

const SHARED = {
  Node: 'id',
  Comment: COMMENT,
  Reactable: 'id databaseId reactionGroups',
  PageInfo: 'endCursor hasNextPage hasPreviousPage startCursor',
  Base64String: '',
  DateTime: '',
  GitObjectID: '',
  GitTimestamp: '',
  URI: '',
  OrderDirection: '',
};

const ACCOUNTS = {
  Actor: 'login url',
  RepositoryOwner: 'id login url',
  User: 'id databaseId login name url isViewer',
  Bot: 'id databaseId login url',
  Organization: `id databaseId login name url team(slug) teams(${PAGE})`,
  Team: `id databaseId slug name combinedSlug privacy organization parentTeam url members(${PAGE} membership)`,
  TeamConnection: connection(),
  TeamMemberConnection: connection('edges'),
  TeamMemberEdge: 'cursor node role',
  TeamMemberRole: '',
  TeamMembershipType: '',
  TeamPrivacy: '',
  UserConnection: connection(),
  App: 'id databaseId slug name',
};

const REPOSITORIES = {
  Repository: `id databaseId name nameWithOwner isPrivate owner url defaultBranchRef viewerPermission ref(qualifiedName) object(oid expression) collaborators(${PAGE}) issue(number) issues(${PAGE} filterBy labels states orderBy) pullRequest(number) pullRequests(${PAGE} states baseRefName headRefName orderBy)`,
  RepositoryCollaboratorConnection: connection('edges'),
  RepositoryCollaboratorEdge: 'cursor node permission',
  RepositoryPermission: '',
  Ref: 'id name prefix target repository',
  GitObject: 'id oid abbreviatedOid repository',
  Blob: 'id oid abbreviatedOid repository byteSize isBinary text',
  Tree: 'id oid abbreviatedOid repository entries',
  TreeEntry: 'name path mode type oid object',
  Commit: `id oid abbreviatedOid repository url message messageHeadline messageBody committedDate authoredDate author committer authors(${PAGE}) tree parents(${PAGE}) signature associatedPullRequests(${PAGE}) checkSuites(${PAGE} filterBy)`,
  CommitConnection: connection(),
  GitActor: 'date email name user',
  GitActorConnection: 'totalCount nodes pageInfo',
  GitSignature: 'isValid state wasSignedByGitHub',
  GpgSignature: 'isValid state wasSignedByGitHub',
  GitSignatureState: '',
};

const CHECKS = {
  CheckSuite: `id databaseId app commit repository status conclusion createdAt updatedAt workflowRun checkRuns(${PAGE} filterBy)`,
  WorkflowRun: 'id databaseId event file url',
  WorkflowRunFile: 'id path repositoryName',
  CheckSuiteConnection: connection(),
  CheckSuiteFilter: 'appId checkName',
  CheckRun: `id databaseId name status conclusion title summary text externalId detailsUrl startedAt completedAt url permalink repository checkSuite annotations(${PAGE})`,
  CheckRunConnection: connection(),
  CheckRunFilter: 'appId checkName checkType conclusions status statuses',
  CheckRunType: '',
  CheckStatusState: '',
  CheckConclusionState: '',
  CheckAnnotation: 'annotationLevel location message path rawDetails title',
  CheckAnnotationConnection: connection(),
  CheckAnnotationLevel: '',
  CheckAnnotationSpan: 'start end',
  CheckAnnotationPosition: 'line column',
};

const ISSUES = {
  Issue: `${COMMENT} databaseId number title state stateReason closed closedAt locked url repository assignees(${PAGE}) labels(${PAGE}) comments(${PAGE}) reactionGroups timelineItems(${PAGE} itemTypes) parent subIssues(${PAGE})`,
  IssueConnection: connection(),
  IssueFilters: 'createdBy labels since states',
  IssueOrder: 'direction field',
  IssueOrderField: 'CREATED_AT UPDATED_AT',
  IssueState: '',
  IssueStateReason: '',
  IssueClosedStateReason: '',
  IssueComment: `${COMMENT} databaseId isMinimized minimizedReason url repository issue pullRequest reactionGroups`,
  IssueCommentConnection: connection('edges'),
  IssueCommentEdge: 'cursor node',
  Minimizable: 'isMinimized minimizedReason',
  ReportedContentClassifiers: '',
  CommentAuthorAssociation: '',
  CommentDeletedEvent: 'id databaseId actor createdAt deletedCommentAuthor',
  IssueTimelineItems: '',
  IssueTimelineItemsConnection: connection('filteredCount'),
  IssueTimelineItemsItemType: 'COMMENT_DELETED_EVENT ISSUE_COMMENT',
  Label: 'id name color description',
  LabelConnection: connection(),
  Reaction: 'id databaseId content createdAt user',
  ReactionContent: '',
  ReactionGroup: `content viewerHasReacted reactors(${PAGE})`,
  Reactor: '',
  ReactorConnection: connection(),
};

const PULL_REQUESTS = {
  PullRequest: `${COMMENT} databaseId number title state closed closedAt isDraft locked url repository headRefName headRefOid headRef headRepository baseRefName baseRefOid baseRef isCrossRepository merged mergedAt mergedBy mergeCommit mergeable changedFiles labels(${PAGE}) comments(${PAGE}) reactionGroups reviews(${PAGE} states)`,
  PullRequestConnection: connection(),
  PullRequestState: '',
  MergeableState: '',
  PullRequestReview: `${COMMENT} databaseId isMinimized minimizedReason state submittedAt commit url repository pullRequest reactionGroups`,
  PullRequestReviewConnection: connection(),
  PullRequestReviewState: '',
};

const INPUTS = {
  AddCommentInput: `${INPUT} subjectId body`,
  AddCommentPayload: `${INPUT} commentEdge subject`,
  AddReactionInput: `${INPUT} subjectId content`,
  AddReactionPayload: `${INPUT} reaction reactionGroups subject`,
  AddSubIssueInput: `${INPUT} issueId subIssueId replaceParent`,
  AddSubIssuePayload: `${INPUT} issue subIssue`,
  CloseIssueInput: `${INPUT} issueId stateReason`,
  CloseIssuePayload: `${INPUT} issue`,
  ReopenIssueInput: `${INPUT} issueId`,
  ReopenIssuePayload: `${INPUT} issue`,
  CreateIssueInput: `${INPUT} repositoryId title body assigneeIds labelIds parentIssueId`,
  CreateIssuePayload: `${INPUT} issue`,
  UpdateIssueInput: `${INPUT} id title body state assigneeIds labelIds`,
  UpdateIssuePayload: `${INPUT} actor issue`,
  UpdateIssueCommentInput: `${INPUT} id body`,
  UpdateIssueCommentPayload: `${INPUT} issueComment`,
  MinimizeCommentInput: `${INPUT} subjectId classifier`,
  MinimizeCommentPayload: `${INPUT} minimizedComment`,
  UnminimizeCommentInput: `${INPUT} subjectId`,
  UnminimizeCommentPayload: `${INPUT} unminimizedComment`,
  EnqueuePullRequestInput: `${INPUT} pullRequestId expectedHeadOid`,
  EnqueuePullRequestPayload: `${INPUT} mergeQueueEntry`,
  DequeuePullRequestInput: `${INPUT} id`,
  DequeuePullRequestPayload: `${INPUT} mergeQueueEntry`,
  MergeQueueEntry: 'id position state enqueuedAt pullRequest',
  MergeQueueEntryState: '',
  DeleteIssueCommentInput: `${INPUT} id`,
  DeleteIssueCommentPayload: INPUT,
  CreateCheckRunInput: `${INPUT} repositoryId headSha name detailsUrl externalId status startedAt conclusion completedAt output actions`,
  CreateCheckRunPayload: `${INPUT} checkRun`,
  UpdateCheckRunInput: `${INPUT} repositoryId checkRunId name detailsUrl externalId status startedAt conclusion completedAt output actions`,
  UpdateCheckRunPayload: `${INPUT} checkRun`,
  RequestableCheckStatusState: '',
  CheckRunOutput: 'title summary text annotations',
  CheckRunAction: 'label description identifier',
  CheckAnnotationData: 'path location annotationLevel message title rawDetails',
  CheckAnnotationRange: 'startLine startColumn endLine endColumn',
  CreateCommitOnBranchInput: `${INPUT} branch expectedHeadOid message fileChanges`,
  CreateCommitOnBranchPayload: `${INPUT} commit ref`,
  CommittableBranch: 'id repositoryNameWithOwner branchName',
  CommitMessage: 'headline body',
  FileChanges: 'additions deletions',
  FileAddition: 'path contents',
  FileDeletion: 'path',
};

export const SELECTION = {
  ...ENTRY_POINTS,
  ...SHARED,
  ...ACCOUNTS,
  ...REPOSITORIES,
  ...CHECKS,
  ...ISSUES,
  ...PULL_REQUESTS,
  ...INPUTS,
};
