import type { Act } from '../command/command.ts';
import type { NearCommand } from '../command/near-command.ts';
import type { AnswerProblem, Answers } from '../form/answer.ts';
import type { CheckDemand } from '../manifest/check-demand.ts';
import type { Input } from '../manifest/input.ts';
import type { QuorumRule } from '../manifest/manifest.ts';
import type { Choice } from '../policy/policy.ts';
import type { Digest, Instant, Person } from '../values.ts';
import type { Reason } from './apart.ts';
import type { Difference, Overruling } from './event.ts';
import type { Spoken } from './facts.ts';

/** Why words on a thread did not count, or what was asked for: one helpful answer each, never silence (design 4). */
export type Answer =
  | { readonly code: 'help' }
  | { readonly code: 'not-eligible' }
  /** Without a reason the manifest's own list names them. */
  | { readonly code: 'excluded'; readonly why?: Reason }
  | { readonly code: 'claimed'; readonly why: Reason }
  /** Every rule they are in comes later; `turn` is the one that is open. */
  | { readonly code: 'not-your-turn'; readonly turn: QuorumRule }
  /** The seat they spoke for is no longer its holder's. */
  | { readonly code: 'delegation-over'; readonly from: Person }
  | { readonly code: 'not-delegated'; readonly why: DelegationObstacle }
  | { readonly code: 'edited' }
  | { readonly code: 'by-email' }
  | { readonly code: 'through-app'; readonly app: string }
  | { readonly code: 'several-decisions' }
  | { readonly code: 'malformed'; readonly verb: string; readonly why: string }
  /** A line that is no command and looks like one. */
  | ({ readonly code: 'misspelt' } & NearCommand)
  | { readonly code: 'unsupported'; readonly verb: string }
  | { readonly code: 'other-activity'; readonly here: string; readonly named: string }
  | { readonly code: 'wrong-scope'; readonly given: string; readonly current: Digest }
  | { readonly code: 'stale-notice'; readonly current: Digest; readonly differences: readonly Difference[] }
  | {
      readonly code: 'invalid-answers';
      /** What they came with. */
      readonly verb: Choice | Overruling;
      readonly problems: readonly AnswerProblem[];
      readonly understood: Answers;
      readonly reason?: string;
      readonly inputs: readonly Input[];
    }
  /** An act that belongs to others; `who` they are. */
  | { readonly code: 'not-yours'; readonly verb: Act; readonly who: 'owner' | 'custodians' }
  | { readonly code: 'no-custodians'; readonly verb: Act }
  | { readonly code: 'reason-missing'; readonly verb: Act }
  | { readonly code: 'nothing-failed'; readonly verb: Act }
  | { readonly code: 'demanded'; readonly floors: readonly string[] }
  | { readonly code: 'nothing-deviates' }
  | { readonly code: 'nothing-waits' }
  | { readonly code: 'defer-when' }
  /** The deadline is a date, which does not move. */
  | { readonly code: 'defer-beyond'; readonly deadline: Instant }
  /** `/done` where something is to be approved. */
  | { readonly code: 'no-task' }
  /** These checks have to pass first. */
  | { readonly code: 'premature'; readonly checks: readonly CheckDemand[] }
  /** The session that opens the vote is still to come. */
  | { readonly code: 'too-early'; readonly opens: Instant }
  | { readonly code: 'too-late'; readonly deadline: Instant }
  | { readonly code: 'nothing-to-withdraw' }
  /** They may not vote any more, but what they said stands, and is theirs to take back. */
  | { readonly code: 'may-take-back' }
  /** Their rejection is none any more: it took back their approval. */
  | { readonly code: 'took-back' }
  | { readonly code: 'already-decided' }
  | { readonly code: 'not-here' };

/** Why a seat stays where it is. */
export type DelegationObstacle =
  /** Whoever wants to hand it on has none of their own. */
  | 'no-seat'
  | 'not-allowed'
  | 'too-many'
  | 'missing'
  | 'yourself'
  | 'excluded'
  | 'has-seat'
  | 'nothing-to-take-back';

export type AnswerCode = Answer['code'];

/** A comment that gets a reaction and, unless only the reaction is due, an answer. */
export type Refusal = {
  readonly comment: Spoken;
  readonly issueNodeId: string;
  readonly answer: Answer;
  readonly silent: boolean;
};
