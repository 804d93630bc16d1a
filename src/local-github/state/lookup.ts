// Finding rows by the names people use. Names ignore case, as GitHub's do.

import type { WorkflowRun } from '../actions/workflow.ts';
import { runsByCommit } from './indexes.ts';
import type { State } from './state.ts';
import type {
  Account,
  App,
  CheckRun,
  Comment,
  Installation,
  Issue,
  PullIssue,
  Repository,
  Review,
  Team,
} from './types.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function find<T>(rows: Iterable<T>, matches: (row: T) => boolean): T | null {
  for (const row of rows) if (matches(row)) return row;
  return null;
}

export const accountByLogin = (state: State, login: string): Account | null =>
  find(state.accounts.values(), (row) => same(row.login, login));

/** An account that must exist because another row points at it; a missing one is a bug. */
export function accountById(state: State, id: number): Account {
  const account = state.accounts.get(id);
  if (account === undefined) throw new Error(`account ${id} is referred to but missing`);
  return account;
}

export function repositoryByName(state: State, owner: string, name: string): Repository | null {
  const account = accountByLogin(state, owner);
  if (account === null) return null;
  return find(state.repositories.values(), (row) => row.ownerId === account.id && same(row.name, name));
}

/** A repository that must exist because another row points at it. */
export function repositoryById(state: State, id: number): Repository {
  const repository = state.repositories.get(id);
  if (repository === undefined) throw new Error(`repository ${id} is referred to but missing`);
  return repository;
}

export const fullName = (state: State, repository: Repository): string =>
  `${accountById(state, repository.ownerId).login}/${repository.name}`;

export const teamBySlug = (state: State, organizationId: number, slug: string): Team | null =>
  find(state.teams.values(), (row) => row.organizationId === organizationId && same(row.slug, slug));

export const isPull = (issue: Issue): issue is PullIssue => issue.pull !== null;

/** An issue or a pull request by its number. */
export const issueByNumber = (state: State, repository: Repository, number: number): Issue | null =>
  find(state.issues.values(), (row) => row.repositoryId === repository.id && row.number === number);

export const pullByNumber = (state: State, repository: Repository, number: number): PullIssue | null => {
  const issue = issueByNumber(state, repository, number);
  return issue !== null && isPull(issue) ? issue : null;
};

export function issueById(state: State, id: number): Issue {
  const issue = state.issues.get(id);
  if (issue === undefined) throw new Error(`issue ${id} is referred to but missing`);
  return issue;
}

/** Issues and pull requests of a repository, oldest first. */
export const issuesOf = (state: State, repository: Repository): Issue[] =>
  [...state.issues.values()].filter((row) => row.repositoryId === repository.id);

/** Comments of an issue or pull request, oldest first: ids only grow. */
export const commentsOf = (state: State, issue: Issue): Comment[] =>
  [...state.comments.values()].filter((row) => row.issueId === issue.id);

export const reviewsOf = (state: State, issue: Issue): Review[] =>
  [...state.reviews.values()].filter((row) => row.issueId === issue.id);

/** Check runs on a commit, oldest first. */
export const runsOn = (state: State, repository: Repository, sha: string): CheckRun[] => [
  ...runsByCommit(state, repository.id, sha),
];

/** The newest run of each name and App: what a branch rule judges and what people see. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) newest.set(`${run.appId} ${run.name}`, run);
  return [...newest.values()];
}

/** The run of a workflow that has this suite for itself. */
export const workflowRunOfSuite = (state: State, suiteId: number): WorkflowRun | null =>
  find(state.workflowRuns.values(), (row) => row.suiteId === suiteId);

export const appBySlug = (state: State, slug: string): App | null =>
  find(state.apps.values(), (row) => same(row.slug, slug));

export function appById(state: State, id: number): App {
  const app = state.apps.get(id);
  if (app === undefined) throw new Error(`app ${id} is referred to but missing`);
  return app;
}

export const installationOn = (state: State, appId: number, accountId: number): Installation | null =>
  find(state.installations.values(), (row) => row.appId === appId && row.accountId === accountId);
