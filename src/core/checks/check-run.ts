import type { Instant, Sha } from '../values.ts';

/** The run of a workflow that made a check: where it was written, and what started it (T14). */
export type WorkflowOrigin = { readonly path: string; readonly event: string; readonly run: number };

/** A check run of somebody else, as the host shows it now. */
export type CheckRun = {
  /** Grows with every run. */
  readonly id: number;
  readonly name: string;
  /** Slug of the App that made it. */
  readonly app: string;
  /** Absent where no workflow of this repository made it, or the host does not tell. */
  readonly workflow?: WorkflowOrigin;
  readonly url: string;
  readonly startedAt?: Instant;
  /** Absent: it goes on. */
  readonly ended?: { readonly conclusion: string; readonly at: Instant };
};

/** The newest runs of some checks on a commit. */
export type CheckRuns = {
  readonly commit: Sha;
  /** Of which checks they were asked for. */
  readonly names: readonly string[];
  readonly runs: readonly CheckRun[];
};
