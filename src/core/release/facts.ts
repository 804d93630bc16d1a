import type { CheckRuns } from '../checks/check-run.ts';
import type { Configuration, Role } from '../configuration/configuration.ts';
import type { Floor } from '../configuration/floor.ts';
import type { Inherited } from '../configuration/inheritance.ts';
import type { Committers } from '../duties/committers.ts';
import type { FileFact } from '../form/evidence.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Resolutions } from '../policy/principals.ts';
import type { BoundNames } from '../policy/resolve.ts';
import type { ForeignCommit } from '../record/record.ts';
import type { Digest, Instant, Known, Person, Sha, Unknown } from '../values.ts';
import type { RunAttempt, RunEnding, WaitingJobs } from '../workflow/waiting-job.ts';
import type { DispatchAnswer, WorkflowRun } from '../workflow/workflow-run.ts';
import type { OpenOrder } from './dispatch.ts';
import type { Author, IssueRef } from './event.ts';
import type { Guard } from './guard.ts';
import type { AttemptRef } from './machine-event.ts';

/** Who wrote a comment, as far as it matters: people vote, everything else never does (design 3.2). */
export type Writer =
  | { readonly kind: 'person'; readonly person: Person }
  /** Bots, Apps and organizations. */
  | { readonly kind: 'machine'; readonly login: string }
  /** The account is gone. */
  | { readonly kind: 'gone' };

export type Reaction = 'THUMBS_UP' | 'CONFUSED';

/** A comment as GitHub shows it now. */
export type Comment = {
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly writer: Writer;
  /** Written by our own App. */
  readonly ours: boolean;
  readonly body: string;
  readonly createdAt: Instant;
  readonly edited: boolean;
  readonly byEmail: boolean;
  /** Reactions of our own App. */
  readonly reactions: readonly Reaction[];
};

/** A comment of a person: machines are never heard (design 3.2), and neither are we. */
export type Spoken = Comment & { readonly ours: false; readonly writer: Extract<Writer, { kind: 'person' }> };

/** A comment that is gone: GitHub keeps who wrote it and when it went, not what it said. */
export type Deletion = { readonly comment: number; readonly writer: Writer; readonly at: Instant };

/** An issue of ours with what people said there, oldest comment first. */
export type Thread = {
  readonly issue: IssueRef;
  readonly createdAt: Instant;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  /** Number of the parent issue. */
  readonly parent?: number;
  readonly comments: readonly Comment[];
  readonly deletions: readonly Deletion[];
};

export type Conclusion = 'success' | 'failure' | 'action_required' | 'cancelled' | 'timed_out' | 'neutral';

/** The newest check run of a name that our own App made on a commit. */
export type CheckView = {
  readonly nodeId: string;
  readonly name: string;
  readonly conclusion: Conclusion | undefined;
  readonly title: string;
  readonly summary: string;
  readonly externalId: string;
  /** Somebody asked GitHub to run it again: a new run answers, whatever it says. */
  readonly again?: true;
};

/** What one comment's own record at GitHub says about how it came about (T15). */
export type Provenance = { readonly author: number; readonly throughApp?: string };

/** The manifest of this release on the default branch. */
export type ManifestFact =
  | {
      readonly kind: 'present';
      readonly path: string;
      /** SHA-256 of the file's bytes. */
      readonly digest: Digest;
      readonly plan: Manifest;
      /** The owners of the paths that the plan names, as roles; settled with the revision (decision 0009). */
      readonly owners?: readonly Role[];
      /** The floors of the configuration that say anything about it; absent: none. */
      readonly floors?: readonly Floor[];
      /** The commit that last changed the file. */
      readonly commit: Sha;
      /** Asked only where the revision is not accepted yet. */
      readonly authors: Known<readonly Author[]>;
    }
  /** There is a file, but it cannot take force: the accepted revision goes on ruling. */
  | { readonly kind: 'invalid'; readonly path: string }
  | { readonly kind: 'absent' };

/**
 * Who had a hand in the commits between two; `lasting`: looking again would find out no more, whatever the host tells.
 * `forAct`: looked up because of what somebody wants to do (T3).
 */
export type DutiesFact = {
  readonly base: Sha;
  readonly target: Sha;
  readonly found: Known<Committers> | (Unknown & { readonly lasting: true });
  readonly forAct?: true;
};

/** Everything a decision about one release may look at. */
export type Facts = {
  /** Head of the default branch. */
  readonly head: Sha;
  /** The clocks of the host and of this process agree to a minute; otherwise nothing happens by time (T20). */
  readonly timely: boolean;
  readonly manifest: ManifestFact;
  /** The configuration at `head`; unknown while it is invalid. */
  readonly configuration: Known<Configuration>;
  /** What the configuration inherits; absent: nothing. Unknown, nothing may be decided (T7). */
  readonly inherited?: Known<Inherited>;
  /** What `target` of the manifest stands for now; undefined: it does not exist. Branches move, tags should not. */
  readonly target: { readonly commit: Sha; readonly tag: boolean; readonly since?: Sha } | undefined;
  /** Looked up where somebody asks and no record tells. */
  readonly duties?: DutiesFact;
  readonly resolutions: Resolutions;
  /** What names meant first under the configuration in force, in whichever release; absent: nothing is bound (T13). */
  readonly bound?: BoundNames;
  /** Threads by issue number; a recorded issue that is missing here was deleted or transferred. */
  readonly threads: ReadonlyMap<number, Thread>;
  /** Issues of our App that may be ours though no event names them yet, just created or left by a crash. */
  readonly unrecorded: readonly Thread[];
  /** Our checks on the target. */
  readonly checks: readonly CheckView[];
  /** By comment id; present for every comment that could count. */
  readonly provenance: ReadonlyMap<number, Known<Provenance>>;
  /** By `fileKey`; present for every file that an answer of somebody who may vote names. */
  readonly files: ReadonlyMap<string, Known<FileFact>>;
  readonly foreign: readonly ForeignCommit[];
  /** GitHub's deployments of the target that have ended, newest first; asked only while an environment is open. */
  readonly deployments: Known<readonly EndedDeployment[]>;
  /** How the host guards environments, by name as written; present for those that were asked for (T14). */
  readonly guards?: ReadonlyMap<string, Guard>;
  /** Other releases of the repository that open environments or take the place of others; never this one. */
  readonly elsewhere: readonly Elsewhere[];
  /** Whether the App may start workflows; absent: nothing here starts one. */
  readonly mayDispatch?: Known<true>;
  /** Runs that may be those of recorded orders, newest first; absent: nothing is ordered. */
  readonly workflowRuns?: Known<readonly WorkflowRun[]>;
  /** What the host said to orders in this pass. */
  readonly answers?: readonly (AttemptRef & { readonly answer: DispatchAnswer })[];
  /** Somebody said that jobs wait for the environments of the target; absent: nobody did, and nobody looks (T6). */
  readonly knocked?: true;
  /** A manifest names the target, and its release has not been opened yet. */
  readonly expected?: true;
  /** Jobs that wait for an environment; absent: nobody has asked yet. */
  readonly waitingJobs?: WaitingJobs;
  /** Tries of runs that openings let in, and that have ended. */
  readonly endedRuns?: readonly (RunAttempt & RunEnding)[];
  /** Checks of others on the target that something waits for; absent: nobody has asked yet. */
  readonly checkRuns?: Known<CheckRuns>;
};

/** What a name stands for: what GitHub says now, and what the releases of the repository say it meant first (T13). */
export type Names = Pick<Facts, 'resolutions' | 'bound'>;

/** A deployment with a last word; `ended` is when that was said. */
export type EndedDeployment = {
  readonly id: number;
  readonly environment: string;
  readonly state: 'success' | 'failure';
  readonly ended: Instant;
};

/** What the releases of a repository have to know of each other (T5, T16, G-16). */
export type Elsewhere = {
  readonly release: string;
  readonly openedAt: Instant;
  readonly ended: boolean;
  readonly supersedes: boolean;
  /** The commit that it releases now. */
  readonly commit: Sha;
  /** Where it stands with each environment that it names. */
  readonly environments: readonly EnvironmentView[];
  /** The newest opening of each environment. */
  readonly openings: readonly { readonly environment: string; readonly commit: Sha; readonly at: Instant }[];
  /** Runs of workflows that it started; absent: none. */
  readonly runs?: readonly number[];
  /** Orders of which nobody knows yet what they started; absent: none. */
  readonly orders?: readonly OpenOrder[];
};

/** Where a release stands with an environment; the name is in lower case. */
export type EnvironmentView = {
  readonly name: string;
  readonly stand: Stand;
  readonly guard?: Guard;
  /** What its opening has let in, and when that was recorded (T5). */
  readonly used?: RunAttempt & { readonly at: Instant };
  /** Nothing is to be opened, and something may be once an activity fails. */
  readonly dormant?: true;
};

/** Where a release stands with an environment. */
export type Stand = 'open' | 'waits' | 'rejected' | 'done';
