// The rows of checks: part of `types.ts`, which is too long for one file.

import type { Time } from './types.ts';

export type CheckSuite = {
  readonly id: number;
  readonly repositoryId: number;
  readonly appId: number;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly headCommit: CommitSummary;
  /** A run of a workflow has it for itself. */
  readonly ofWorkflow?: true;
  readonly createdAt: Time;
  updatedAt: Time;
};

type Signer = { readonly name: string; readonly email: string };

/** What a suite remembers of its commit, so that telling about it needs no git. */
export type CommitSummary = {
  readonly sha: string;
  readonly treeSha: string;
  readonly message: string;
  readonly timestamp: Time;
  readonly author: Signer;
  readonly committer: Signer;
};

/** What an App may say of its run. */
export type SettableStatus = 'queued' | 'in_progress' | 'completed';
/** A job of a workflow waits for its environment; nothing else ever does. */
export type CheckStatus = SettableStatus | 'waiting';
export type CheckConclusion =
  | 'action_required'
  | 'cancelled'
  | 'failure'
  | 'neutral'
  | 'success'
  | 'skipped'
  | 'stale'
  | 'timed_out';

export type Annotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly rawDetails: string | null;
};

export type CheckAction = {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
};

export type CheckRun = {
  readonly id: number;
  readonly repositoryId: number;
  readonly suiteId: number;
  readonly appId: number;
  readonly headSha: string;
  /** Missing where the run is no job, or its job has no environment. */
  readonly deploymentId?: number;
  name: string;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  externalId: string | null;
  detailsUrl: string | null;
  startedAt: Time | null;
  completedAt: Time | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  actions: CheckAction[];
};
