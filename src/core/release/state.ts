import type { EndedRun } from '../checks/standing.ts';
import type { Answers } from '../form/answer.ts';
import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import type { Elector, Vote } from '../policy/policy.ts';
import type { Digest, Instant, Person } from '../values.ts';
import type { DispatchAnswer, DispatchOrder, EndedWorkflowRun } from '../workflow/workflow-run.ts';
import { ownValue } from '../written/own-value.ts';
import type { Admitted } from './admission-event.ts';
import type { Ending } from './ending.ts';
import type {
  Author,
  CommentSource,
  Difference,
  HappeningOf,
  IssueRef,
  ResolvedTarget,
  Revision,
} from './event.ts';
import type { Guard } from './guard.ts';
import type { Barrier } from './machine-event.ts';
import type { Timetable } from './timetable.ts';

/** A vote as it stands, with where it came from. */
export type CastVote = Vote & {
  readonly reason?: string;
  readonly inputs: Answers;
  readonly source: CommentSource;
};

/** A place where people were told what waits for them; votes answer the newest one before them (T11). */
export type Notice = {
  readonly scope: Digest;
  readonly issue: IssueRef;
  readonly comment?: number;
  readonly at: Instant;
  /** How often the scope of the attempt had changed by then. */
  readonly changes: number;
};

/** The last word of a person that was heard, on whichever way; older ones change nothing. `said`: it only took back a vote. */
export type Heard = { readonly comment: number; readonly at: Instant; readonly said?: 'reject' };

export type StandingDoubt = {
  readonly person: Person;
  readonly what: 'edited' | 'deleted';
  readonly comment: number;
  readonly since: Instant;
};

/** Votes that a change of scope ended, and what the change was. */
export type Lapse = {
  readonly people: readonly Person[];
  readonly differences: readonly Difference[];
  readonly at: Instant;
};

/** A custodian's word on a failed attempt. */
export type CastOverrule = Pick<
  HappeningOf<'overrule-cast'>['body'],
  'act' | 'elector' | 'roster' | 'reason' | 'inputs' | 'source'
>;

export type CastAcknowledgement = Pick<
  HappeningOf<'acknowledgement-cast'>['body'],
  'elector' | 'roster' | 'deviations' | 'source'
>;

export type Reminder = Pick<HappeningOf<'reminder-due'>['body'], 'rung' | 'to'>;

export type Escalated = Pick<HappeningOf<'activity-escalated'>['body'], 'rung' | 'to' | 'granted'>;

/** Somebody put the decision off; `at` is when that was recorded. */
export type Deferral = Pick<
  HappeningOf<'activity-deferred'>['body'],
  'until' | 'person' | 'reason' | 'source'
> & { readonly at: Instant; readonly over?: true };

/** A seat that somebody else speaks for (T12). */
export type Delegation = Pick<HappeningOf<'seat-delegated'>['body'], 'from' | 'source'> & {
  readonly to: Person;
};

/** What somebody who is not asked would do; the newest of each person, also where it was taken back. */
export type Advice = Omit<HappeningOf<'advice-given'>['body'], 'activity' | 'attempt'>;

/** That an environment was opened for the target, and how that ended where something shut it again (T5). */
export type Opening = Pick<HappeningOf<'environment-opened'>['body'], 'environment' | 'commit' | 'until'> & {
  readonly at: Instant;
  readonly shut?: { readonly at: Instant; readonly why: Barrier };
};

/** How a machine's work ended, as it was seen outside. */
export type Report =
  | ({ readonly kind: 'deployment' } & Pick<
      HappeningOf<'deployment-seen'>['body'],
      'deployment' | 'state' | 'ended'
    >)
  | ({ readonly kind: 'taken' } & Pick<HappeningOf<'environment-taken'>['body'], 'by' | 'commit'>);

/** The newest order of a workflow, and what is known of its run. */
export type Dispatch = {
  readonly order: DispatchOrder & { readonly at: Instant };
  readonly answer?: DispatchAnswer;
  readonly ended?: EndedWorkflowRun;
};

/** A numbered try of an activity. */
export type Attempt = {
  readonly activity: string;
  readonly attempt: number;
  readonly scope: Digest;
  readonly activatedAt: Instant;
  readonly roster: readonly Elector[];
  /** Oldest first; empty between the activation and the opening of the issue. */
  readonly notices: readonly Notice[];
  /** The latest valid vote of each person, in order of casting. */
  readonly votes: readonly CastVote[];
  /** Seats that are handed on, one a person. */
  readonly delegations: readonly Delegation[];
  /** Shown, and counted nowhere. */
  readonly advice: readonly Advice[];
  readonly lapses: readonly Lapse[];
  readonly doubts: readonly StandingDoubt[];
  /** By person id. */
  readonly heard: { readonly [person: number]: Heard };
  /** Rejections of before, until their authors vote or withdraw (T3); `left`: on scopes that it asked for earlier. */
  readonly objections: readonly CastVote[];
  readonly left: readonly Pick<Attempt, 'scope' | 'objections'>[];
  readonly ending?: Ending;
  readonly timetable?: Timetable;
  /** How many reminders and escalations are done. */
  readonly reminders: readonly Reminder[];
  readonly escalations: readonly Escalated[];
  /** The next reminder, and the escalations that are done: none of them waits for another. */
  readonly rungs: { readonly reminders: number; readonly escalations: readonly number[] };
  readonly deferrals: readonly Deferral[];
  /** The session has come in which votes count. */
  readonly votingOpened?: true;
  /** The shortest voting time is over. */
  readonly votingClosed?: true;
  /** Checks of others that it asks for, as recorded; one a name. */
  readonly seen: readonly EndedRun[];
  /** Its preconditions hold. */
  readonly ready?: true;
  readonly overrules: readonly CastOverrule[];
  /** By custodians, or where a machine failed, by an owner. */
  readonly overruled?: Omit<HappeningOf<'activity-overruled'>['body'], 'activity' | 'attempt'> & {
    readonly at: Instant;
  };
  /** Of an automated activity: oldest first; only the last one can be standing. */
  readonly openings: readonly Opening[];
  readonly report?: Report;
  /** The workflow that it started, or is about to. */
  readonly dispatch?: Dispatch;
  /** What was let in through the host's own gate; absent: nothing, yet. */
  readonly admitted?: Admitted;
  /** How the host guards the environment; absent: nobody has asked. */
  readonly guard?: Guard;
  /** Where an owner had it tried again. */
  readonly retriedIn?: CommentSource;
  /** Custodians lifted what holds the environment shut. */
  readonly lifted?: Pick<HappeningOf<'holds-lifted'>['body'], 'by' | 'reason'> & { readonly at: Instant };
};

export type Deviation = HappeningOf<'deviation-recorded'>['body'] & { readonly at: Instant };

export type ReleaseEnding = { readonly at: Instant } & (
  | { readonly kind: 'succeeded' | 'partially-succeeded' | 'failed' | 'cancelled' }
  | {
      readonly kind: 'aborted';
      readonly by: Person;
      readonly reason: string;
      readonly source: CommentSource;
    }
);

/** A release that has been opened: the fold of its events. */
export type OpenRelease = {
  readonly kind: 'opened';
  readonly release: string;
  /** Number of the last event. */
  readonly sequence: number;
  readonly lastAt: Instant;
  readonly openedAt: Instant;
  readonly revision: Revision;
  /** Everybody who had a hand in any accepted revision, proven before claimed. */
  readonly authors: readonly Author[];
  readonly target: ResolvedTarget;
  /** The committers as last looked up; they count for their target only. */
  readonly duties?: HappeningOf<'duties-established'>['body'];
  readonly tracking?: IssueRef;
  /** Attempts by activity, oldest first. */
  readonly attempts: { readonly [activity: string]: readonly Attempt[] };
  /** Numeric ids by principal, as first resolved, and when that was (T13). */
  readonly bindings: { readonly [principal: string]: { readonly id: number; readonly at: Instant } };
  /** Activities whose condition was false. */
  readonly skipped: readonly string[];
  readonly deviations: readonly Deviation[];
  readonly acknowledgements: readonly CastAcknowledgement[];
  /** How many of the deviations custodians have taken note of. */
  readonly acknowledged: number;
  /** Activities that no manifest asks for: they review what custodians overrode. */
  readonly followUps: readonly Activity[];
  /** Activities that manifests of before asked for, by id. */
  readonly formerly: readonly string[];
  readonly ended?: ReleaseEnding;
};

export type ReleaseState =
  | OpenRelease
  | { readonly kind: 'unopened'; readonly release: string; readonly sequence: 0 };

/** Attempts of an activity, oldest first. */
export const attemptsOf = (state: OpenRelease, activity: string): readonly Attempt[] =>
  ownValue(state.attempts, activity) ?? [];

/** The newest attempt of an activity, if any began. */
export const latestAttempt = (state: OpenRelease, activity: string): Attempt | undefined =>
  attemptsOf(state, activity).at(-1);

/** The newest attempt of every activity that ever began, whether the manifest still asks for it or not. */
export const latestAttempts = (state: OpenRelease): readonly Attempt[] =>
  Object.values(state.attempts).flatMap((attempts) => attempts.slice(-1));

/** The newest attempt while it still waits for people. */
export const waitingAttempt = (state: OpenRelease, activity: string): Attempt | undefined => {
  const attempt = latestAttempt(state, activity);
  return attempt && !attempt.ending ? attempt : undefined;
};

/** The opening of an attempt that stands. */
export const standingOpening = ({ ending, openings }: Attempt): Opening | undefined =>
  ending || openings.at(-1)?.shut ? undefined : openings.at(-1);

/** Attempts that have not ended, whether the manifest still asks for them or not. */
export const standingAttempts = (state: OpenRelease): readonly Attempt[] =>
  latestAttempts(state).filter((attempt) => !attempt.ending);

/** Attempts that wait for people. */
export const askingAttempts = (state: OpenRelease): readonly Attempt[] => {
  const automated = new Set(
    activitiesOf(state.revision.plan).flatMap((activity) => (isManual(activity) ? [] : [activity.id])),
  );
  return standingAttempts(state).filter(({ activity }) => !automated.has(activity));
};

/** Has the activity's newest attempt been approved? */
export const isApproved = (state: OpenRelease, activity: string): boolean =>
  latestAttempt(state, activity)?.ending?.kind === 'approved';

/** A foreign commit on this release's record closes its gate until custodians have taken note of it (T3, T8, T17). */
export const isClosed = (state: OpenRelease): boolean =>
  state.deviations.slice(state.acknowledged).some((deviation) => deviation.what === 'foreign-commit');

/** Where a doubt stands among the words of people: only what is said later ends it (T15). */
export const placeOfDoubt = (doubt: Pick<StandingDoubt, 'what' | 'comment' | 'since'>): Heard => ({
  comment: doubt.what === 'edited' ? doubt.comment : 0,
  at: doubt.since,
});

/** Where a notice stands among them: what is said later answers it (T11). */
export const placeOfNotice = ({ comment = 0, at }: Notice): Heard => ({ comment, at });

/** Orders words by when GitHub says they were said; ids break ties within its one-second clock. */
export const isLater = (a: Heard, b: Heard): boolean =>
  Date.parse(a.at) === Date.parse(b.at) ? a.comment > b.comment : Date.parse(a.at) > Date.parse(b.at);

/** The deferral that holds an attempt back now. */
export const deferralOf = ({ deferrals }: Attempt): Deferral | undefined =>
  deferrals.at(-1)?.over === true ? undefined : deferrals.at(-1);

/** The shortest voting time of an attempt is not over. */
export const isVotingOpen = ({ timetable, votingClosed }: Attempt): boolean =>
  timetable?.openUntil !== undefined && votingClosed !== true;

/** The session that an attempt still waits for: no vote counts before it (S-065). */
export const sessionToCome = ({ timetable, votingOpened }: Attempt): Instant | undefined =>
  votingOpened === true ? undefined : timetable?.opens;
