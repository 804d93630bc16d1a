import type { CheckRun } from '../core/checks/check-run.ts';
import type { Push } from '../core/duties/bringers.ts';
import type { Attribution } from '../core/duties/hands.ts';
import type { Resolutions } from '../core/policy/principals.ts';
import type { CheckView, Comment, EndedDeployment, Provenance, Thread } from '../core/release/facts.ts';
import type { Guard } from '../core/release/guard.ts';
import type { Write } from '../core/release/surface.ts';
import type { Instant, Known, Repository, Sha } from '../core/values.ts';
import type { RunAttempt, RunEnding, WaitingJob } from '../core/workflow/waiting-job.ts';
import type { DispatchAnswer, DispatchOrder, WorkflowRun } from '../core/workflow/workflow-run.ts';

/** Why a call to the host failed, by what happens next. */
export type ForgeErrorCode =
  /** Try again, after `retryAfterMs` where the host named a time: limits, 5xx, broken connections. */
  | 'unavailable'
  /** A permission is missing, or the App is not installed: a person must act. */
  | 'forbidden'
  | 'not-found'
  /** The host refused what we sent: a bug of ours. */
  | 'invalid';

export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  readonly code: ForgeErrorCode;
  readonly retryAfterMs: number | undefined;
  constructor(code: ForgeErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Heads that tell whether the local copy is current. `at` is the host's own time (T20). */
export type Heads = {
  readonly at: Instant;
  readonly repository: Repository & { readonly nodeId: string; readonly private: boolean };
  /** Absent while the repository is empty. */
  readonly defaultBranch?: { readonly name: string; readonly head: Sha };
  /** Absent while the branch does not exist. */
  readonly records?: Sha;
  /** What the repository inherits from; absent where that was not asked. */
  readonly inherited?: InheritedHeads;
};

/** The owner's `.github` repository as the host has it now; `absent`: there is none, or the App may not see it. */
export type InheritedHeads =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'present';
      readonly repository: Repository;
      /** Head of its default branch; absent while it is empty. */
      readonly head?: Sha;
      /** The branch that was asked for as the one of its record, and its head; absent while it does not exist. */
      readonly recordsBranch: string;
      readonly records?: Sha;
    };

/** An open pull request, with our own checks on its head. */
export type PullView = {
  readonly number: number;
  readonly url: string;
  readonly head: Sha;
  /** Name of the branch it wants to enter. */
  readonly base: string;
  readonly fromFork: boolean;
  readonly checks: readonly CheckView[];
};

export type RepositoryView = Heads & {
  readonly pulls: readonly PullView[];
  /** Our own checks on the head of the default branch. */
  readonly checks: readonly CheckView[];
};

/** One question about a release: everything is answered by one read where nothing needs a second page. */
export type ReleaseQuestion = {
  readonly repository: string;
  readonly recordsBranch: string;
  /** Name of the records branch of the owner's `.github` repository; absent: nothing about that one is asked. */
  readonly inheritedRecords?: string;
  /** Commit whose checks of ours are wanted. */
  readonly target?: Sha;
  /** Issue numbers; `recent` gives the newest 20 comments only. */
  readonly threads: readonly { readonly issue: number; readonly comments: 'all' | 'recent' }[];
  /** `user:login`, `team:slug` (of the repository's own organization only, T13) and `permission:maintain`. */
  readonly principals: readonly string[];
  /** Asks for our App's own issues created since then (they may be unrecorded). */
  readonly ownIssuesSince?: Instant;
};

export type ReleaseView = Heads & {
  readonly checks: readonly CheckView[];
  /** By number; a missing issue is absent. */
  readonly threads: ReadonlyMap<number, Thread>;
  readonly resolutions: Resolutions;
  readonly ownIssues: readonly Thread[];
};

/** Which issues changed; `many`: more than are worth telling apart. `at` is the host's time before the first look. */
export type MovedIssues = { readonly at: Instant; readonly issues: readonly number[] | 'many' };

/** What a job that waits is told; without a verdict it goes on waiting. At most 1,024 characters of Markdown. */
export type GateSaying = { readonly verdict?: 'approved' | 'rejected'; readonly comment: string };

/** What a write brought into being. */
export type Written =
  | { readonly kind: 'issue'; readonly thread: Thread }
  | { readonly kind: 'comment'; readonly comment: Comment }
  | { readonly kind: 'check'; readonly check: CheckView }
  | { readonly kind: 'done' };

/** The host, as the loop needs it. Every function throws `ForgeError` on failure. */
export type Forge = {
  /** Web address of the host, for example `https://github.com`. */
  readonly web: string;
  /**
   * Milliseconds that work which decides nothing should wait, so that decisions keep a share of the hour's quota (T17). 0
   * where enough is left, where the host does not count, and before it was first asked. Calls nobody.
   */
  spareTime(repository: string): number;
  /** `owner/name` of every repository the App is installed on. */
  repositories(): Promise<readonly string[]>;
  observeRepository(
    repository: string,
    recordsBranch: string,
    inheritedRecords?: string,
  ): Promise<RepositoryView>;
  observeRelease(question: ReleaseQuestion): Promise<ReleaseView>;
  /** Our own checks on one commit. */
  checksOn(repository: string, commit: Sha): Promise<readonly CheckView[]>;
  /**
   * Numbers of issues (pull requests may be among them) that changed since a moment, or whose comments did. Asking again
   * for the same moment is free where nothing changed meanwhile.
   */
  movedIssues(repository: string, since: Instant): Promise<MovedIssues>;
  /** One REST read: only there the host tells through which App a comment came (T15). */
  provenance(repository: string, comment: number): Promise<Known<Provenance>>;
  /** Deployments of a commit that have a last word, newest first; unknown where the App may not ask. */
  deployments(repository: string, commit: Sha): Promise<Known<readonly EndedDeployment[]>>;
  /** What keeps the host from guarding an environment with our rule; two calls (T14). */
  guard(repository: string, environment: string): Promise<Guard>;
  /** The newest runs of some checks on a commit, whoever made them; one call (T14). */
  checkRuns(repository: string, commit: Sha, names: readonly string[]): Promise<readonly CheckRun[]>;
  /** Whether the App may start workflows in a repository, by what it was last granted; calls nobody for it. */
  mayDispatch(repository: string): Promise<Known<true>>;
  /**
   * Starts a workflow, unless its ref means another commit than the order says (T2). `unavailable`: nobody knows whether it
   * was started.
   */
  dispatch(repository: string, order: DispatchOrder): Promise<DispatchAnswer>;
  /** Runs on a commit that our App itself started, newest first; unknown where the App may not ask. */
  dispatchedRuns(repository: string, commit: Sha): Promise<Known<readonly WorkflowRun[]>>;
  /** One run as it stands; unknown where the App may not ask, or somebody deleted it. */
  workflowRun(repository: string, run: number): Promise<Known<WorkflowRun>>;
  /** Commits with runs that wait for something or are under way; two calls, more where there are many. */
  waitingCommits(repository: string): Promise<Known<readonly Sha[]>>;
  /**
   * Jobs on a commit that wait for the rules of an environment; a call, and one for each run there that goes on. Unknown
   * where the App may not read or not answer them.
   */
  waitingJobs(repository: string, commit: Sha): Promise<Known<readonly WaitingJob[]>>;
  /** How a try of a run ended; known and undefined: it goes on. */
  runEnding(repository: string, run: RunAttempt): Promise<Known<RunEnding | undefined>>;
  /**
   * Tells a job that waits how things stand, or lets it in or not, for good. `gone`: that try does not wait for us any more,
   * or never did. Two calls; may be repeated.
   */
  answerGate(
    repository: string,
    commit: Sha,
    job: RunAttempt & { readonly environment: string },
    saying: GateSaying,
  ): Promise<'told' | 'gone'>;
  /** What the host knows of commits, by commit; few calls, whatever their number. */
  authorship(repository: string, commits: readonly Sha[]): Promise<ReadonlyMap<Sha, Attribution>>;
  /** Pushes and merges to all branches, newest first, until there are enough or the host tells no more. */
  pushes(repository: string, enough: (pushes: readonly Push[]) => boolean): Promise<readonly Push[]>;
  /** All writes in one document, in order; results in the same order. */
  apply(repository: Heads['repository'], writes: readonly Write[]): Promise<readonly Written[]>;
};
