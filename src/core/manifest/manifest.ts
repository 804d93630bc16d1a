import type { Sha } from '../values.ts';
import type { Input } from './input.ts';

/** Who may act: `user:login`, `team:slug` or `role:id`, as people write it (syntax, Grammar). */
export type Principal =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'team'; readonly name: string }
  | { readonly kind: 'role'; readonly name: string };

/** The number of people that a rule asks for (S-081 to S-084). */
export type Requirement =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'majority' }
  | { readonly kind: 'unanimous' };

/** From which principals, how many. */
export type QuorumRule = { readonly from: readonly Principal[]; readonly require: Requirement };

/** Who can neither approve nor reject. The author is always excluded and is not listed here. */
export type Excluded = Principal;

/**
 * What follows from a failure (S-047): the release goes on as if it had passed, ends as failed, or runs a phase that is
 * there for this. Where nothing is written it is held until somebody retries, fixes, overrules or aborts.
 */
export type OnFailure =
  | { readonly kind: 'continue' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'run'; readonly phase: string };

/** A manual activity: it waits for people (S-005). `needs` names activities of the same phase. */
export type Activity = {
  readonly id: string;
  readonly phase: string;
  readonly title: string;
  readonly instructions?: string;
  readonly needs: readonly string[];
  readonly approvers: readonly QuorumRule[];
  readonly exclude: readonly Excluded[];
  readonly inputs: readonly Input[];
  /** What its phase says where nothing is written. */
  readonly onFailure?: OnFailure | { readonly kind: 'hold' };
};

/** A named group of activities; `needs` names phases. */
export type Phase = {
  readonly id: string;
  readonly title: string;
  readonly owner?: Principal;
  readonly needs: readonly string[];
  readonly onFailure?: OnFailure;
  readonly activities: readonly Activity[];
};

/** What is released: a ref that is resolved once, or a commit. */
export type Target =
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'sha'; readonly sha: Sha };

/** A release as the program uses it: defaults applied, order as written. Plain JSON, so that it can be recorded. */
export type Manifest = {
  readonly release: string;
  readonly title: string;
  readonly owner?: Principal;
  readonly target: Target;
  readonly phases: readonly Phase[];
};
