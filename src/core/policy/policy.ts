import type { CheckDemand } from '../manifest/check-demand.ts';
import type { QuorumRule, RejectionRule } from '../manifest/manifest.ts';
import type { Instant, Person } from '../values.ts';

/** Why a person may act for a rule: the principal as written, its numeric id on the host, and how they belong to it. */
export type Via = {
  /** As written in the manifest or in the role, for example `team:qa`. */
  readonly principal: string;
  /** Numeric id of the team or user that the name stood for. */
  readonly id: number;
  /** Member only through a child team. */
  readonly inherited: boolean;
  /** The role that names the principal, for example `role:release-manager`. */
  readonly role?: string;
};

/** A person's seat in a rule: the index of the rule in `approvers`, and every reason for it. */
export type Eligibility = {
  readonly rule: number;
  readonly via: readonly Via[];
  /** May fill a seat of the rule and is not in its denominator: backups, delegates, granted people (T12). */
  readonly guest?: true;
};

/** Somebody who may vote, with the rules they may vote for; at least one. */
export type Elector = { readonly person: Person; readonly rules: readonly Eligibility[] };

export type Choice = 'approve' | 'reject';

/** One person's latest valid vote on an attempt, with the eligibility that was recorded with it. */
export type Vote = { readonly elector: Elector; readonly choice: Choice };

/** A comment of somebody eligible was edited or deleted, so what they said is in doubt until they speak again (T15). */
export type Doubt = { readonly person: Person; readonly what: 'edited' | 'deleted' };

/** What a verdict is asked about: the rules, all of which must be met, and how. */
export type Policy = {
  readonly rules: readonly QuorumRule[];
  /** Somebody may fill a seat in each rule they are in, not only in one. */
  readonly distinct?: false;
  readonly order?: 'sequential';
  /** Without it, one rejection ends it. */
  readonly reject?: RejectionRule;
};

/** Everything a verdict may look at. Excluded people are in neither the roster nor the votes. */
export type BallotFacts = {
  /** Eligible when the attempt was activated, excluded people left out; never shrinks within an attempt (T12). */
  readonly roster: readonly Elector[];
  /** At most one a person. */
  readonly votes: readonly Vote[];
  readonly doubts: readonly Doubt[];
  /** People of the roster who may not approve any more: they stay in the denominator and fill no seat. Ids. */
  readonly barred: ReadonlySet<number>;
  /** Ids of people of the roster who may not vote now, where that is known: no set of people to ask names them. */
  readonly away?: ReadonlySet<number>;
  /** Facts that could not be established; each keeps the verdict from approving. */
  readonly unknown: readonly string[];
  /** The shortest voting time is not over: nothing is approved yet, and no sum of votes is drawn. */
  readonly votingOpen: boolean;
};

/** How far one rule is: its denominator, how many it asks for, who is counted for it. */
export type RuleVerdict = {
  readonly rule: QuorumRule;
  /** People eligible for the rule: the roster and later voters, without guests. */
  readonly eligible: readonly Person[];
  /** Seats to fill: the count, more than half, all of `eligible`, or all but some. */
  readonly seats: number;
  /** Who fills seats of this rule now. */
  readonly counted: readonly Person[];
  readonly met: boolean;
  /** An earlier rule has its turn. */
  readonly closed: boolean;
};

/** Why a verdict is blocked: a person must act. */
export type Blockage =
  | { readonly kind: 'nobody-eligible'; readonly rules: readonly number[] }
  | { readonly kind: 'too-few-eligible'; readonly missing: number }
  /** Who rejected the attempt before, on the same scope (T3). */
  | { readonly kind: 'objection'; readonly people: readonly Person[] }
  | { readonly kind: 'doubt'; readonly doubts: readonly Doubt[] }
  | { readonly kind: 'unknown'; readonly why: readonly string[] };

/** Why rejections end it: by themselves, because the others cannot be enough any more, or by their sum. */
export type Objection = 'rejections' | 'out-of-reach' | 'outweighed';

/** What the votes add up to. Check run, issue, page and command line all render this one value (design 3). */
export type Verdict = {
  readonly rules: readonly RuleVerdict[];
  /** Everybody whose approval or rejection was looked at and counted. */
  readonly approvals: readonly Person[];
  readonly rejections: readonly Person[];
} & (
  | { readonly status: 'approved' }
  | { readonly status: 'rejected'; readonly because: Objection }
  | {
      readonly status: 'waiting';
      /** A smallest set of people whose approval would be enough, once the voting time is over. */
      readonly unblock: readonly Person[];
      /** They may not vote now, and without them those of the roster are not enough; `unblock` is empty then. */
      readonly gone?: readonly Person[];
      readonly votingOpen: boolean;
      /** The session to come: no vote counts before it. */
      readonly opens?: Instant;
      /** Checks that have to pass first: no vote counts before them. */
      readonly first?: readonly CheckDemand[];
      /** Rejections have made that impossible, and only the voting time that is left keeps it from being rejected. */
      readonly outOfReach: boolean;
    }
  | { readonly status: 'blocked'; readonly blockage: Blockage }
);
