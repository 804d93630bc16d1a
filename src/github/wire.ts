/** The answers of GitHub's GraphQL API, as far as our documents ask for them. */

export type WireActor = {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
};

export type WirePage<T> = {
  /** Absent where only the newest were asked for. */
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes?: readonly (T | null)[] | null;
  /** Instead of nodes, where something is known of how they belong. */
  readonly edges?: readonly (T | null)[] | null;
};

export type WireComment = {
  readonly id: string;
  readonly databaseId: number | null;
  readonly url: string;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly createdViaEmail: boolean;
  readonly viewerDidAuthor: boolean;
  readonly author: WireActor | null;
  readonly reactionGroups: readonly { readonly content: string; readonly viewerHasReacted: boolean }[] | null;
};

export type WireDeletion = {
  readonly __typename: string;
  readonly databaseId: number | null;
  readonly createdAt: string;
  readonly deletedCommentAuthor: WireActor | null;
};

export type WireIssue = {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly createdAt: string;
  readonly viewerDidAuthor: boolean;
  readonly parent: { readonly number: number } | null;
  /** Not the repository that was asked, where the issue was transferred. */
  readonly repository: { readonly databaseId: number | null };
  readonly comments: WirePage<WireComment>;
  readonly timelineItems: WirePage<WireDeletion>;
};

export type WireCheckRun = {
  readonly id: string;
  readonly databaseId: number | null;
  readonly name: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly externalId: string | null;
};

export type WireCheckSuite = { readonly id: string; readonly checkRuns: WirePage<WireCheckRun> | null };

/** Null: no such commit; without suites: the object is no commit. */
export type WireCommitChecks = { readonly checkSuites?: WirePage<WireCheckSuite> | null } | null;

export type WireUser = { readonly databaseId: number | null; readonly login: string };

export type WireTeam = {
  readonly id: string;
  readonly databaseId: number | null;
  readonly all: WirePage<WireUser>;
  readonly immediate: WirePage<WireUser>;
};

export type WireCollaborator = { readonly permission: string; readonly node: WireUser };

export type WireRepository = {
  readonly id: string;
  readonly databaseId: number | null;
  readonly nameWithOwner: string;
  readonly isPrivate: boolean;
  readonly defaultBranchRef: {
    readonly name: string;
    readonly target: { readonly oid: string } | null;
  } | null;
  /** Null with an error: they may not be listed. */
  readonly collaborators?: WirePage<WireCollaborator> | null;
  readonly records: { readonly target: { readonly oid: string } | null } | null;
};
