import type { Sha } from '../values.ts';
import type { CheckDemand } from './check-demand.ts';
import type { Input } from './input.ts';

/** Who may act: `user:login`, `team:slug`, `role:id` or `owners:path`, as people write it (syntax, Grammar). */
export type Principal =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'team'; readonly name: string }
  | { readonly kind: 'role'; readonly name: string }
  /** Whom CODEOWNERS names for a path; who that is, is settled when a revision is accepted. */
  | { readonly kind: 'owners'; readonly name: string };

/** The number of people that a rule asks for (S-081 to S-084). */
export type Requirement =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'majority' }
  | { readonly kind: 'unanimous' }
  /** Everybody but so many; never fewer than one. */
  | { readonly kind: 'all-but'; readonly count: number };

/** From which principals, how many. */
export type QuorumRule = {
  readonly from: readonly Principal[];
  readonly require: Requirement;
  /** Taken away from `from`: these people do not count for this rule, whatever else they are. */
  readonly except?: readonly Principal[];
  /** May vote for this rule, and are never in its denominator (T12). */
  readonly backups?: readonly Principal[];
  /** Members of a child team only are not members; without it they are. */
  readonly inherited?: false;
};

/** What rejections do. Where an activity does not say, one ends it. */
export type RejectionRule =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'majority' }
  /** They end nothing until the quorum is there; then they win if they are at least as many as the approvals. */
  | { readonly kind: 'outweighed' };

/** Who can neither approve nor reject. The author is not listed here: excluded, except from some tasks. */
export type Excluded = Principal;

/**
 * What follows from a failure (S-047): the release goes on as if it had passed, ends as failed, or runs a phase that is
 * there for this. Where nothing is written it is held until somebody retries, fixes, overrules or aborts.
 */
export type OnFailure =
  | { readonly kind: 'continue' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'run'; readonly phase: string };

/** Who is told, or may vote too, when nobody has decided by then (S-087, S-138). */
export type Escalation = {
  readonly at: string;
  readonly to: readonly Principal[];
  /** They may vote, and count in no denominator (T12). */
  readonly grant?: true;
};

/** Time as people write it (syntax, Grammar); what it means is recorded when an attempt begins (T20). */
export type Timing = {
  /** The board whose next session opens the vote (S-065); all other times count from there. */
  readonly session?: string;
  /** Shortest voting time: nothing is approved before it is over. */
  readonly openFor?: string;
  readonly deadline?: string;
  readonly remind: readonly string[];
  readonly escalate: readonly Escalation[];
  /** A missed deadline is only shown; where nothing is written it ends the attempt (S-088). */
  readonly expire?: 'stay';
  /** Approves by itself, and is shown as automatic: never a person, never enough for a floor (G-11, T1). */
  readonly autoApprove?: { readonly at: string; readonly comment: string };
};

/** What somebody else must have done: whoever did it can neither approve nor reject (T16). */
export type Duty =
  /** Having written, committed or pushed anything of what is released. */
  | { readonly kind: 'committers' }
  /** Having approved another activity of the release: four eyes over its stages. */
  | { readonly kind: 'approvers'; readonly activity: string };

/**
 * Makes an activity a task: somebody does it and says so; its one rule is whom it is assigned to (S-009, S-016). Nothing is
 * approved by it, so the authors of the manifest may do it, unless the manifest excludes them.
 */
export type Task = { readonly authors: 'may-act' | 'excluded' };

/**
 * The unit of work. It waits for people (S-005), unless it is automated: then nobody is asked, and `approvers` is empty.
 * `needs` names activities of the same phase.
 */
export type Activity = {
  readonly id: string;
  readonly phase: string;
  readonly title: string;
  readonly instructions?: string;
  readonly needs: readonly string[];
  readonly task?: Task;
  readonly approvers: readonly QuorumRule[];
  readonly exclude: readonly Excluded[];
  /** Duties that are kept apart from approving it; absent where there is none. */
  readonly apartFrom?: readonly Duty[];
  readonly inputs: readonly Input[];
  /** Checks of others that have to pass on the target before votes count. */
  readonly preconditions?: readonly CheckDemand[];
  /** It is skipped where this is false once what it needs is done; an expression of our own (design 2). */
  readonly if?: string;
  /** What its phase says where nothing is written. */
  readonly onFailure?: OnFailure | { readonly kind: 'hold' };
  /** One person may fill a seat in each rule they are in; without it, one seat of one rule (decision 0001). */
  readonly distinct?: false;
  /** The rules open one after the other; without it, all at once. */
  readonly order?: 'sequential';
  readonly reject?: RejectionRule;
  /** How many seats may be delegated at one time; without it, everybody's own. */
  readonly delegation?: { readonly max: number };
  /** Everybody may vote; who is not asked does so without weight. */
  readonly advisory?: true;
  /** The entry of the catalog that it was made from. */
  readonly uses?: string;
  /** Where parts come from that the manifest does not say itself; nobody is asked for more or less because of it. */
  readonly origins?: readonly Origin[];
  /** The floors that demand it, such as `environment production`: nobody may let the release pass without it (T3). */
  readonly floors?: readonly string[];
  readonly timing?: Timing;
  /** The environment that it opens for the target (T5): automated. Compared ignoring case. */
  readonly environment?: string;
  /** How long an opening lasts that nothing ends before; without it, until the release ends. */
  readonly validFor?: string;
  /** Checks of others that it waits for on the target: automated. */
  readonly checks?: readonly CheckDemand[];
  /** The file under `.github/workflows` that is started once its environment is open. */
  readonly workflow?: string;
  /** What the workflow is given, as written: answers are filled in when it is started (T14). */
  readonly with?: { readonly [name: string]: string | number | boolean };
};

/** All activities of a manifest, in the order written. */
export const activitiesOf = (plan: Manifest): readonly Activity[] =>
  plan.phases.flatMap((phase) => phase.activities);

/** Whether people decide it; else a machine does its work, and nobody's vote counts there. */
export const isManual = ({ environment, checks }: Pick<Activity, 'environment' | 'checks'>): boolean =>
  environment === undefined && checks === undefined;

/** A part of an activity, such as `approvers` or `inputs.risk`, and what it comes from, in words. */
export type Origin = { readonly part: string; readonly from: string };

/** A named group of activities; `needs` names phases. */
export type Phase = {
  readonly id: string;
  readonly title: string;
  readonly owner?: Principal;
  readonly needs: readonly string[];
  readonly onFailure?: OnFailure;
  readonly activities: readonly Activity[];
};

/** What was built, for example a container image; `digest` names its algorithm, as in `sha256:…`. */
export type Artifact = { readonly name: string; readonly digest: string };

/** What is released: a ref that is resolved once, or a commit. `since` is a ref or a commit that was released before. */
export type Target = { readonly since?: string; readonly artifacts?: readonly Artifact[] } & (
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'sha'; readonly sha: Sha }
);

/** A release as the program uses it: defaults applied, order as written. Plain JSON, so that it can be recorded. */
export type Manifest = {
  readonly release: string;
  readonly title: string;
  readonly owner?: Principal;
  /** Industry profiles whose mandatory approvals are there. */
  readonly profile?: readonly string[];
  readonly target: Target;
  /** Nothing begins before this moment, or the end of this day (syntax: schedule.start). */
  readonly start?: string;
  /** Older releases that wait for the same environment end when this one opens. */
  readonly supersedes?: 'previous';
  readonly phases: readonly Phase[];
};
