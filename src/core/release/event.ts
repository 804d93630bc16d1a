import type { Committers } from '../duties/committers.ts';
import type { Answers } from '../form/answer.ts';
import type { Principal } from '../manifest/manifest.ts';
import type { Choice, Elector } from '../policy/policy.ts';
import type { Digest, Instant, Person, Repository, Sha } from '../values.ts';
import { type AdmissionKinds, natureOfAdmission } from './admission-event.ts';
import { type CheckKinds, natureOfCheck } from './check-event.ts';
import { type DispatchKinds, natureOfDispatch } from './dispatch-event.ts';
import { type AttemptRef, type MachineKinds, natureOfMachine } from './machine-event.ts';
import type { ResolvedTarget, Revision } from './revision.ts';
import type { Timetable } from './timetable.ts';

export type { Author, ResolvedTarget, Revision } from './revision.ts';

/** A principal's numeric id when it was first resolved; the name must go on meaning it (T13). */
export type Binding = { readonly principal: string; readonly id: number };

/** The issue that stands for a release or an activity. */
export type IssueRef = { readonly number: number; readonly nodeId: string; readonly url: string };

/** The comment in which somebody acted, as GitHub showed it. */
export type CommentSource = {
  readonly kind: 'comment';
  readonly id: number;
  readonly url: string;
  readonly createdAt: Instant;
  /** SHA-256 of the comment's body. */
  readonly body: Digest;
};

/** One difference between two scopes, in words: a path and the two values as canonical JSON. */
export type Difference = { readonly path: string; readonly before?: string; readonly after?: string };

/** Custodians may have a failure tried again or go on without it, or open an environment in a freeze (T3). */
export type Overruling = 'retry' | 'ignore' | 'override';

type Kinds = MachineKinds &
  CheckKinds &
  DispatchKinds &
  AdmissionKinds & {
    /** The manifest reached the default branch; the target is resolved once, now. */
    'release-opened': {
      readonly title: string;
      readonly revision: Revision;
      readonly target: ResolvedTarget;
    };
    /** The manifest changed while the release was open. */
    'manifest-revised': { readonly revision: Revision; readonly target: ResolvedTarget };
    /** Who had a hand in what is released, looked up once for a target and what was released before it (T16). */
    'duties-established': Committers & { readonly base: Sha; readonly target: Sha };
    /** Outcome: an attempt began; the roster is the fact it rests on (T12). */
    'activity-activated': AttemptRef & {
      readonly scope: Digest;
      readonly roster: readonly Elector[];
      readonly bindings: readonly Binding[];
      /** Absent where the activity says nothing about time. */
      readonly timetable?: Timetable;
    };
    /** Outcome: a revision changed what a waiting attempt asks for; its votes lapse. */
    'scope-changed': AttemptRef & {
      readonly from: Digest;
      readonly to: Digest;
      readonly differences: readonly Difference[];
      readonly lapsed: readonly Person[];
      readonly roster: readonly Elector[];
      readonly bindings: readonly Binding[];
      /** Absent where the activity says nothing about time. */
      readonly timetable?: Timetable;
    };
    /** The tracking issue exists. */
    'release-announced': { readonly issue: IssueRef; readonly at: Instant };
    /** People were told, on this thread, that this scope waits for them: the issue itself, or a later comment (T11). */
    'notice-posted': AttemptRef & {
      readonly scope: Digest;
      readonly issue: IssueRef;
      readonly comment?: number;
      readonly at: Instant;
    };
    'vote-cast': AttemptRef & {
      readonly scope: Digest;
      readonly elector: Elector;
      readonly choice: Choice;
      readonly reason?: string;
      readonly inputs: Answers;
      readonly source: CommentSource;
      /** When the eligibility was asked of GitHub (design 3.3). */
      readonly seenAt: Instant;
    };
    /** Somebody hands their seat on, or, without `to`, takes it back (T12). */
    'seat-delegated': AttemptRef & {
      readonly from: Elector;
      readonly to?: Person;
      readonly source: CommentSource;
      /** When both were asked of GitHub. */
      readonly seenAt: Instant;
    };
    /** Somebody who is not asked says what they would do, or, without `choice`, takes that back. It counts nowhere. */
    'advice-given': AttemptRef & {
      readonly person: Person;
      readonly choice?: Choice;
      readonly reason?: string;
      readonly source: CommentSource;
    };
    /** `said`: what they wrote, where it was no `/withdraw`: whoever may not vote any more takes back by it what they said. */
    'vote-withdrawn': AttemptRef & {
      readonly person: Person;
      readonly source: CommentSource;
      readonly said?: 'reject';
    };
    /** A comment of an eligible person was edited or deleted while it mattered (T15). */
    'doubt-raised': AttemptRef & {
      readonly person: Person;
      readonly what: 'edited' | 'deleted';
      /** Id of the edited comment, or of GitHub's entry about the deleted one. */
      readonly comment: number;
      /** When it was deleted, or the edited comment was made: later words of the person end the doubt. */
      readonly since: Instant;
    };
    /** Outcome. */
    'activity-approved': AttemptRef & {
      readonly scope: Digest;
      readonly approvals: readonly Person[];
      readonly inputs: Answers;
      /** Why nobody had to look: it approved by itself (G-11). */
      readonly automatic?: string;
    };
    /** Outcome: nobody had decided by then. `rung` counts from 0, soonest first. */
    'reminder-due': AttemptRef & { readonly rung: number; readonly to: readonly Person[] };
    /** Outcome: others are told, or may vote too; who they are came with it. */
    'activity-escalated': AttemptRef & {
      readonly rung: number;
      readonly to: readonly Principal[];
      readonly granted: readonly Elector[];
      readonly bindings: readonly Binding[];
    };
    /** Back to scheduled, with a reason; votes stay (G-18). */
    'activity-deferred': AttemptRef & {
      readonly until: Instant;
      readonly person: Person;
      readonly as: 'owner' | 'approver';
      readonly bindings: readonly Binding[];
      readonly reason: string;
      readonly source: CommentSource;
      readonly seenAt: Instant;
      readonly timetable?: Timetable;
    };
    /** Outcome: the session has come in which votes count (S-065). */
    'voting-opened': AttemptRef;
    /** Outcome: the shortest voting time is over, and the votes are added up (design 3.5). */
    'voting-closed': AttemptRef;
    /** Outcome: the time has come to which the decision was put off. */
    'activity-resumed': AttemptRef;
    /** Outcome. */
    'activity-rejected': AttemptRef & {
      readonly scope: Digest;
      readonly rejections: readonly Person[];
      readonly reason?: string;
    };
    /** A custodian asks for a failed attempt to be overruled; `roster` is all of them at that moment. */
    'overrule-cast': AttemptRef & {
      readonly act: Overruling;
      readonly elector: Elector;
      readonly roster: readonly Elector[];
      readonly bindings: readonly Binding[];
      readonly reason: string;
      /** What the activity's inputs shall be taken to be, where something later asks. */
      readonly inputs: Answers;
      readonly source: CommentSource;
      readonly seenAt: Instant;
    };
    /** Outcome: as many custodians as the configuration asks for. */
    'activity-overruled': AttemptRef & {
      readonly act: Exclude<Overruling, 'override'>;
      readonly by: readonly Person[];
      readonly reason: string;
      readonly inputs: Answers;
    };
    /** Outcome: its turn came, and its condition was false. */
    'activity-skipped': { readonly activity: string };
    /** Outcome: the deadline passed without a decision; never a rejection (design 2). */
    'activity-expired': AttemptRef & { readonly scope: Digest; readonly deadline: Instant };
    /** Outcome: a decided attempt whose scope a revision changed; the next attempt follows. */
    'attempt-superseded': AttemptRef & {
      readonly from: Digest;
      readonly to: Digest;
      readonly differences: readonly Difference[];
    };
    /** Outcome: the activity is no longer in the manifest, its release ended without it, or succeeded without needing it. */
    'activity-aborted': AttemptRef & {
      readonly why: 'removed' | 'cancelled' | 'release-aborted' | 'release-failed' | 'unneeded';
    };
    /** Something on the records branch or on the target that the release does not explain. */
    'deviation-recorded':
      | { readonly what: 'foreign-commit'; readonly commit: Sha; readonly paths: readonly string[] }
      | { readonly what: 'target-moved'; readonly ref: string; readonly from: Sha; readonly to: Sha };
    /** The manifest of an unfinished release was removed, or a newer release takes its place (G-16). */
    'release-cancelled':
      | { readonly why: 'manifest-removed'; readonly commit: Sha }
      | { readonly why: 'superseded'; readonly by: string };
    /** An owner or an approver ended the release (S-021, S-049). */
    'release-aborted': {
      readonly person: Person;
      readonly as: 'owner' | 'approver';
      readonly bindings: readonly Binding[];
      readonly reason: string;
      readonly source: CommentSource;
      readonly seenAt: Instant;
    };
    /** A custodian takes note of everything that deviates so far, so that the gate may open again (T3). */
    'acknowledgement-cast': {
      readonly elector: Elector;
      readonly roster: readonly Elector[];
      readonly bindings: readonly Binding[];
      readonly reason: string;
      /** How many deviations were recorded by then. */
      readonly deviations: number;
      readonly source: CommentSource;
      readonly seenAt: Instant;
    };
    /** Outcome: as many custodians as the configuration asks for. */
    'deviations-acknowledged': { readonly by: readonly Person[]; readonly deviations: number };
    /** Outcome: every activity is approved. */
    'release-succeeded': Record<never, never>;
    /** Outcome: every activity is done, and some of them were let pass without an approval. */
    'release-partially-succeeded': { readonly without: readonly string[] };
    /** Outcome: an activity failed whose failure ends the release. */
    'release-failed': { readonly activity: string };
  };

export type EventKind = keyof Kinds;

/** What happened, before the record gives it a number. */
export type Happening = {
  readonly [K in EventKind]: { readonly at: Instant; readonly kind: K; readonly body: Kinds[K] };
}[EventKind];

export type HappeningOf<K extends EventKind> = Extract<Happening, { readonly kind: K }>;

/** One immutable, numbered fact or outcome of a release, as its file holds it (design 5). */
export type ReleaseEvent = Happening & {
  readonly version: 1;
  readonly repository: Repository;
  readonly release: string;
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  /** SHA-256 of the file of the event before; absent in the first. */
  readonly previous?: Digest;
};

/** Facts come from outside; outcomes follow from the facts before them, and `verify` re-derives each (design 5). */
export const natureOf: { readonly [K in EventKind]: 'fact' | 'outcome' } = {
  'release-opened': 'fact',
  'manifest-revised': 'fact',
  'duties-established': 'fact',
  'activity-activated': 'outcome',
  'scope-changed': 'outcome',
  'release-announced': 'fact',
  'notice-posted': 'fact',
  'vote-cast': 'fact',
  'seat-delegated': 'fact',
  'advice-given': 'fact',
  'vote-withdrawn': 'fact',
  'doubt-raised': 'fact',
  'activity-approved': 'outcome',
  'activity-rejected': 'outcome',
  'reminder-due': 'outcome',
  'activity-escalated': 'outcome',
  'activity-deferred': 'fact',
  'activity-resumed': 'outcome',
  'voting-opened': 'outcome',
  'voting-closed': 'outcome',
  'activity-expired': 'outcome',
  'activity-skipped': 'outcome',
  'attempt-superseded': 'outcome',
  'activity-aborted': 'outcome',
  'deviation-recorded': 'fact',
  'release-cancelled': 'fact',
  'release-aborted': 'fact',
  'acknowledgement-cast': 'fact',
  'deviations-acknowledged': 'outcome',
  'overrule-cast': 'fact',
  'activity-overruled': 'outcome',
  'release-succeeded': 'outcome',
  'release-partially-succeeded': 'outcome',
  'release-failed': 'outcome',
  ...natureOfMachine,
  ...natureOfCheck,
  ...natureOfDispatch,
  ...natureOfAdmission,
};
