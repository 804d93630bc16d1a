import type { Instant, Known, Sha } from '../values.ts';

/** One try of a run: a run that is started again keeps its number, and is another attempt. Attempts count from 1. */
export type RunAttempt = { readonly run: number; readonly attempt: number };

/** A job that waits for the rules of its environment, as the host shows it now. */
export type WaitingJob = RunAttempt & {
  /** The environment as the host writes it; absent: it does not tell, or not yet. */
  readonly environment?: string;
  /** Of the workflow file. */
  readonly path: string;
  /** What started the run. */
  readonly event: string;
  readonly url: string;
  /** When the run was made, whichever attempt it is at. */
  readonly createdAt: Instant;
};

/** A job of which it is known for what it waits. */
export type PlacedJob = WaitingJob & { readonly environment: string };

/** What waits on a commit. */
export type WaitingJobs = { readonly commit: Sha; readonly jobs: Known<readonly WaitingJob[]> };

/** How a try of a run ended. */
export type RunEnding = { readonly conclusion: string; readonly at: Instant };

export const isSameTry = (one: RunAttempt, other: RunAttempt): boolean =>
  one.run === other.run && one.attempt === other.attempt;

/**
 * Events whose workflow file is that of the commit itself. A pull request runs the file of its merge with a branch of
 * anybody's making, and shows its checks on the commit all the same (T14).
 */
const events: ReadonlySet<string> = new Set([
  ...['push', 'create', 'release', 'schedule', 'merge_group'],
  ...['workflow_dispatch', 'repository_dispatch', 'deployment'],
]);

export const runsItsCommit = ({ event }: { readonly event: string }): boolean => events.has(event);
