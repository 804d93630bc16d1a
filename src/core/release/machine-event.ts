import type { Hold, Holds } from '../time/holds.ts';
import type { Instant, Person, Sha } from '../values.ts';
import type { Binding, CommentSource } from './event.ts';
import type { Guard } from './guard.ts';

/** Which attempt of which activity. Attempts count from 1. */
export type AttemptRef = { readonly activity: string; readonly attempt: number };

/** Why an environment stays shut, or is shut again, though everything before it was done once. */
export type Barrier =
  | Hold
  /** Activities that people have to approve first, or approve again (T1). */
  | { readonly kind: 'unapproved'; readonly activities: readonly string[] }
  /** Somebody said no, and nobody has settled it (T5). */
  | { readonly kind: 'rejected'; readonly activity: string }
  /** The name that the target was written as means another commit now (T2). */
  | { readonly kind: 'moved'; readonly ref: string }
  /** What the default branch asks for cannot take effect, so nobody knows what an approval means (T2, T7). */
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * A floor demands that GitHub guards the environment itself, and what was seen of it last says otherwise, or nobody has
 * looked (T14). It keeps shut what is shut; what is open stays open.
 */
export type Unguarded = {
  readonly kind: 'unguarded';
  readonly environment: string;
  readonly guard?: Guard;
};

/** Why a machine's work failed. */
export type MachineFailure =
  | 'deployment-failed'
  | 'not-deployed'
  | 'environment-taken'
  | 'check-failed'
  /** They had not all passed by the deadline. */
  | 'checks-late'
  /** The workflow could not be started. */
  | 'workflow-refused'
  | 'run-failed'
  /** What was started is not what was ordered: another file or another commit (T14). */
  | 'run-of-another'
  /** The workflow was accepted, and no run of it ever showed. */
  | 'run-missing';

/** What happens to automated activities. */
export type MachineKinds = {
  /** Outcome: the release opens the environment for its target (T5). The holds of that moment came with it. */
  'environment-opened': AttemptRef & {
    readonly environment: string;
    readonly commit: Sha;
    /** The end that the manifest gives it. */
    readonly until?: Instant;
    readonly holds: Holds;
  };
  /** Outcome: what was open is shut, and may open again. */
  'environment-shut': AttemptRef & {
    readonly environment: string;
    readonly holds: Holds;
    readonly why: Barrier;
  };
  /** How GitHub guards the environment at that time: whether anybody could deploy there without us (T14). */
  'guard-seen': AttemptRef & { readonly environment: string; readonly guard: Guard };
  /** GitHub's deployment of the target to the environment has ended; `ended` is when. */
  'deployment-seen': AttemptRef & {
    readonly environment: string;
    readonly deployment: number;
    readonly state: 'success' | 'failure';
    readonly ended: Instant;
  };
  /** Another release opened the environment for another commit after this one did (T5). */
  'environment-taken': AttemptRef & {
    readonly environment: string;
    readonly by: string;
    readonly commit: Sha;
  };
  /** Outcome. */
  'activity-succeeded': AttemptRef;
  /** Outcome. */
  'activity-failed': AttemptRef & { readonly why: MachineFailure };
  /** An owner has a machine's work tried again. */
  'retry-ordered': AttemptRef & {
    readonly person: Person;
    readonly bindings: readonly Binding[];
    readonly reason?: string;
    readonly source: CommentSource;
    readonly seenAt: Instant;
  };
  /** Outcome: as many custodians as it takes lift freezes and windows, never approvals (T3). A review of it follows. */
  'holds-lifted': AttemptRef & { readonly by: readonly Person[]; readonly reason: string };
};

export const natureOfMachine = {
  'environment-opened': 'outcome',
  'environment-shut': 'outcome',
  'guard-seen': 'fact',
  'deployment-seen': 'fact',
  'environment-taken': 'fact',
  'activity-succeeded': 'outcome',
  'activity-failed': 'outcome',
  'retry-ordered': 'fact',
  'holds-lifted': 'outcome',
} as const satisfies { readonly [K in keyof MachineKinds]: 'fact' | 'outcome' };
