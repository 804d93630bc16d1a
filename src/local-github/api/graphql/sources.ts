// What resolvers pass to each other: a row and the name of the GraphQL type it is shown as.

import type { WorkflowRun } from '../../actions/workflow.ts';
import { accountById, isPull } from '../../state/lookup.ts';
import type { State } from '../../state/state.ts';
import type {
  Account,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Issue,
  Label,
  PullIssue,
  Reaction,
  Repository,
  Review,
  Team,
  TimelineEvent,
} from '../../state/types.ts';

type Shown<Kind> = Kind extends string ? { readonly kind: Kind; readonly row: Account } : never;
export type AccountSource = Shown<Account['kind']>;
export type TeamSource = { readonly kind: 'Team'; readonly row: Team };
export type AppSource = { readonly kind: 'App'; readonly row: App };
export type RepositorySource = { readonly kind: 'Repository'; readonly row: Repository };
export type RefSource = {
  readonly kind: 'Ref';
  readonly repository: Repository;
  /** Fully qualified, e.g. `refs/heads/main`. */
  readonly name: string;
  readonly oid: string;
};
export type IssueSource = { readonly kind: 'Issue'; readonly row: Issue };
export type PullSource = { readonly kind: 'PullRequest'; readonly row: PullIssue };
export type CommentSource = { readonly kind: 'IssueComment'; readonly row: Comment };
export type ReviewSource = { readonly kind: 'PullRequestReview'; readonly row: Review };
export type EventSource = { readonly kind: 'CommentDeletedEvent'; readonly row: TimelineEvent };
export type LabelSource = { readonly kind: 'Label'; readonly row: Label };
export type ReactionSource = { readonly kind: 'Reaction'; readonly row: Reaction };
export type SuiteSource = { readonly kind: 'CheckSuite'; readonly row: CheckSuite };
export type WorkflowRunSource = { readonly kind: 'WorkflowRun'; readonly row: WorkflowRun };
export type RunSource = { readonly kind: 'CheckRun'; readonly row: CheckRun };

export const account = (state: State, id: number): AccountSource => {
  const row = accountById(state, id);
  return { kind: row.kind, row };
};

export const accountOrNull = (state: State, id: number | null): AccountSource | null =>
  id === null ? null : account(state, id);

/** Where the schema says User, GitHub shows a bot user as one too. */
export const user = (row: Account): AccountSource => ({ kind: 'User', row });
export const team = (row: Team): TeamSource => ({ kind: 'Team', row });
export const app = (row: App): AppSource => ({ kind: 'App', row });
export const repository = (row: Repository): RepositorySource => ({ kind: 'Repository', row });
export const comment = (row: Comment): CommentSource => ({ kind: 'IssueComment', row });
export const review = (row: Review): ReviewSource => ({ kind: 'PullRequestReview', row });
export const event = (row: TimelineEvent): EventSource => ({ kind: 'CommentDeletedEvent', row });
export const label = (row: Label): LabelSource => ({ kind: 'Label', row });
export const reaction = (row: Reaction): ReactionSource => ({ kind: 'Reaction', row });
export const suite = (row: CheckSuite): SuiteSource => ({ kind: 'CheckSuite', row });
export const run = (row: CheckRun): RunSource => ({ kind: 'CheckRun', row });

/** An issue row as what it is: an issue or a pull request. */
export const issueOrPull = (row: Issue): IssueSource | PullSource =>
  isPull(row) ? { kind: 'PullRequest', row } : { kind: 'Issue', row };
