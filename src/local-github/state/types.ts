import type { Workflow } from '../actions/workflow.ts';
import type { Ruleset } from '../rules/ruleset.ts';

export type {
  Annotation,
  CheckAction,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  CheckSuite,
  CommitSummary,
  SettableStatus,
} from './check-rows.ts';

// The rows of the local GitHub. A row is plain JSON, so that one snapshot holds them all; fields that
// never change after creation are readonly. Times are ISO strings with GitHub's one-second resolution.

export type Time = string;
export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';
export type Level = 'read' | 'write' | 'admin';

/** People, bots and organizations share one id space and one name space, as on GitHub. */
export type Account = {
  readonly id: number;
  readonly kind: 'User' | 'Bot' | 'Organization';
  login: string;
  name: string | null;
  /** A verified address besides GitHub's own: commits that name it are attributed to the account. */
  readonly email?: string;
  readonly createdAt: Time;
};

export type TeamMember = {
  readonly userId: number;
  role: 'member' | 'maintainer';
  state: 'active' | 'pending';
};

export type Team = {
  readonly id: number;
  readonly organizationId: number;
  slug: string;
  name: string;
  description: string | null;
  privacy: 'closed' | 'secret';
  parentId: number | null;
  members: TeamMember[];
  readonly createdAt: Time;
  updatedAt: Time;
};

/** Who belongs to an organization; `id` is the organization's account id. */
export type Membership = { readonly id: number; userIds: number[] };

export type Grant = { readonly id: number; role: Role };
export type Label = { readonly id: number; name: string; color: string; description: string | null };

/** One line of a repository's activity list: who moved which ref, when. */
export type Activity = {
  readonly id: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly kind: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge';
  readonly actorId: number;
  readonly at: Time;
};

export type Repository = {
  readonly id: number;
  readonly ownerId: number;
  name: string;
  description: string | null;
  isPrivate: boolean;
  defaultBranch: string;
  userGrants: Grant[];
  teamGrants: Grant[];
  labels: Label[];
  environments: Record<
    string,
    {
      readonly id: number;
      readonly protectionRules: readonly string[];
      readonly branches: 'any' | 'protected';
      readonly adminsBypass: boolean;
    }
  >;
  nextNumber: number;
  activity: Activity[];
  /** Commits made through the API without a custom author: shown as verified, like those GitHub signs. */
  verifiedCommits: string[];
  /** What can be dispatched, by file name; missing where there is nothing. */
  workflows?: Record<string, Workflow>;
  /** Missing where there never were any. */
  rulesets?: Ruleset[];
  readonly createdAt: Time;
  updatedAt: Time;
  pushedAt: Time;
};

export type App = {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  name: string;
  readonly ownerId: number;
  readonly botId: number;
  readonly publicKey: string;
  webhook: { readonly id: number; url: string; secret: string } | null;
  permissions: Record<string, Level>;
  events: string[];
  /** How the App signs people in; missing where it does not. */
  readonly oauth?: { readonly clientSecret: string; readonly callbackUrls: readonly string[] };
  readonly createdAt: Time;
};

export type Installation = {
  readonly id: number;
  readonly appId: number;
  readonly accountId: number;
  readonly createdAt: Time;
};

/** A minted token; `id` is the SHA-256 of its text, so a snapshot does not hold usable tokens. */
export type Token = { readonly id: string; readonly expiresAt: Time } & (
  | {
      readonly kind: 'installation';
      readonly installationId: number;
      readonly permissions: Readonly<Record<string, Level>>;
      readonly repositoryIds: readonly number[] | null;
    }
  | { readonly kind: 'user-to-server'; readonly userId: number; readonly appId: number }
);

export type ReactionContent = '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
export type Reaction = {
  readonly id: number;
  readonly userId: number;
  readonly content: ReactionContent;
  readonly createdAt: Time;
};

export type Pull = {
  readonly id: number;
  readonly headRepositoryId: number;
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  mergedAt: Time | null;
  mergedById: number | null;
  mergeSha: string | null;
  /** Measured when the head moves, so that webhooks can tell it without asking git. */
  size: PullSize;
};

export type PullSize = {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
};

/** An issue, or a pull request when `pull` is set: they share numbers, comments and labels. */
export type Issue = {
  readonly id: number;
  readonly repositoryId: number;
  readonly number: number;
  readonly authorId: number;
  readonly viaAppId: number | null;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  labels: string[];
  assigneeIds: number[];
  locked: boolean;
  readonly createdAt: Time;
  updatedAt: Time;
  closedAt: Time | null;
  closedById: number | null;
  lastEditedAt: Time | null;
  editorId: number | null;
  parentId: number | null;
  subIssueIds: number[];
  reactions: Reaction[];
  readonly pull: Pull | null;
};

export type PullIssue = Issue & { readonly pull: Pull };

export type Comment = {
  readonly id: number;
  readonly repositoryId: number;
  readonly issueId: number;
  readonly authorId: number;
  readonly viaAppId: number | null;
  readonly createdViaEmail: boolean;
  body: string;
  readonly createdAt: Time;
  updatedAt: Time;
  lastEditedAt: Time | null;
  editorId: number | null;
  /** Why it is hidden, in the words of the schema; absent or null while it is shown. */
  minimizedAs?: string | null;
  reactions: Reaction[];
};

/** What stays visible in an issue's timeline when a comment is gone. */
export type TimelineEvent = {
  readonly id: number;
  readonly kind: 'comment_deleted';
  readonly issueId: number;
  readonly actorId: number;
  readonly deletedCommentId: number;
  readonly deletedCommentAuthorId: number;
  readonly createdAt: Time;
};

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
export type Review = {
  readonly id: number;
  readonly issueId: number;
  readonly authorId: number;
  readonly viaAppId: number | null;
  state: ReviewState;
  body: string;
  readonly commitSha: string;
  readonly submittedAt: Time;
};

export type Delivery = {
  readonly id: number;
  readonly appId: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly deliveredAt: Time;
  duration: number;
  status: string;
  statusCode: number;
  readonly url: string;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  response: { headers: Readonly<Record<string, string>>; body: string };
};
