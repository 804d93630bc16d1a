import type { QuorumRule } from '../manifest/manifest.ts';
import type { Person } from '../values.ts';

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
export type Eligibility = { readonly rule: number; readonly via: readonly Via[] };

/** Somebody who may vote, with the rules they may vote for; at least one. */
export type Elector = { readonly person: Person; readonly rules: readonly Eligibility[] };

export type Choice = 'approve' | 'reject';

/** One person's latest valid vote on an attempt, with the eligibility that was recorded with it. */
export type Vote = { readonly elector: Elector; readonly choice: Choice };

/** A comment of somebody eligible was edited or deleted, so what they said is in doubt until they speak again (T15). */
export type Doubt = { readonly person: Person; readonly what: 'edited' | 'deleted' };

/** What a verdict is asked about: the rules, all of which must be met. */
export type Policy = { readonly rules: readonly QuorumRule[] };

/** Everything a verdict may look at. Excluded people are in neither the roster nor the votes. */
export type BallotFacts = {
  /** Eligible when the attempt was activated, excluded people left out; never shrinks within an attempt (T12). */
  readonly roster: readonly Elector[];
  /** At most one a person. */
  readonly votes: readonly Vote[];
  readonly doubts: readonly Doubt[];
  /** People of the roster who may not approve any more: they stay in the denominator and fill no seat. Ids. */
  readonly barred: ReadonlySet<number>;
  /** Facts that could not be established; each keeps the verdict from approving. */
  readonly unknown: readonly string[];
};

/** How far one rule is: its denominator, how many it asks for, who is counted for it. */
export type RuleVerdict = {
  readonly rule: QuorumRule;
  /** People eligible for the rule: the roster and later voters. */
  readonly eligible: readonly Person[];
  /** Seats to fill: the count, more than half, or all of `eligible`. */
  readonly seats: number;
  /** Who fills seats of this rule now. */
  readonly counted: readonly Person[];
  readonly met: boolean;
};

/** Why a verdict is blocked: a person must act. */
export type Blockage =
  | { readonly kind: 'nobody-eligible'; readonly rules: readonly number[] }
  | { readonly kind: 'too-few-eligible'; readonly missing: number }
  /** Who rejected the attempt before, on the same scope (T3). */
  | { readonly kind: 'objection'; readonly people: readonly Person[] }
  | { readonly kind: 'doubt'; readonly doubts: readonly Doubt[] }
  | { readonly kind: 'unknown'; readonly why: readonly string[] };

/** What the votes add up to. Check run, issue, page and command line all render this one value (design 3). */
export type Verdict = {
  readonly rules: readonly RuleVerdict[];
  /** Everybody whose approval or rejection was looked at and counted. */
  readonly approvals: readonly Person[];
  readonly rejections: readonly Person[];
} & (
  | { readonly status: 'approved' }
  | { readonly status: 'rejected' }
  /** `unblock` is a smallest set of people whose approval would meet every rule. */
  | { readonly status: 'waiting'; readonly unblock: readonly Person[] }
  | { readonly status: 'blocked'; readonly blockage: Blockage }
);
