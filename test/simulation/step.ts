import type { CallFault } from '../../src/local-github/faults/fault.ts';
import type { Gap } from './guards.ts';
import type { ReleaseSpec } from './subject.ts';
import type { Crash } from './wire.ts';

/** What somebody does to a release, or to what has failed. */
export type Act = 'abort' | 'retry' | 'ignore' | 'override' | 'acknowledge';

/** What somebody writes into a comment. */
export type Words =
  /** `answers`: those that the activity asks for at that moment, others, or none. */
  | {
      readonly kind: 'approve' | 'reject';
      readonly answers: 'right' | 'wrong';
      readonly risk: 'Low' | 'High';
      /** They write that they did it, instead of agreeing. */
      readonly done?: true;
    }
  /** `names`: the activity that is meant, as one has to say on the issue of the release. */
  | { readonly kind: Act; readonly reasoned: boolean; readonly names?: string }
  | { readonly kind: 'defer'; readonly hours: number; readonly reasoned: boolean }
  /** Without a login the seat is taken back. */
  | { readonly kind: 'delegate'; readonly to?: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'help' }
  /** Looks like a command and is none, or not one: a quote, code, a longer word, two decisions at once. */
  | { readonly kind: 'noise'; readonly body: string };

/** One thing that happens, as plain data: a scenario can be cut down by leaving steps out. */
export type Step =
  | { readonly do: 'bring'; readonly by: string; readonly spec: ReleaseSpec; readonly merger?: string }
  | { readonly do: 'break'; readonly by: string; readonly release: string }
  | { readonly do: 'remove'; readonly by: string; readonly release: string }
  | {
      readonly do: 'say';
      readonly by: string;
      readonly release: string;
      /** Empty: on the issue of the release. */
      readonly activity: string;
      readonly words: Words;
      readonly via: 'plain' | 'email' | 'app';
    }
  /** `which`: counted from the newest comment of a person. */
  | { readonly do: 'edit'; readonly by: string; readonly which: number; readonly words: Words }
  | { readonly do: 'erase'; readonly by: string; readonly which: number }
  | { readonly do: 'member'; readonly team: string; readonly login: string; readonly joins: boolean }
  | { readonly do: 'rename'; readonly team: string; readonly to: string }
  | {
      readonly do: 'meddle';
      readonly by: string;
      readonly release: string;
      /** Absent: the tracking issue. */
      readonly activity?: string;
      readonly how: 'close' | 'reopen' | 'retitle' | 'rewrite' | 'delete';
    }
  | { readonly do: 'tag'; readonly by: string }
  | {
      readonly do: 'deploy';
      readonly environment: string;
      /** What a deployment that was begun comes to, instead of a new one. */
      readonly goesOn: boolean;
      readonly state: 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';
      /** Only what the check of the environment lets through, as a workflow would do it. */
      readonly gated: boolean;
    }
  | {
      readonly do: 'check';
      readonly name: string;
      readonly app: 'checker' | 'typist';
      readonly ref: string;
      /** Absent: it is begun and goes on. */
      readonly conclusion?: 'success' | 'failure' | 'neutral';
    }
  /** An administrator says how GitHub guards an environment, and what is missing there. */
  | { readonly do: 'protect'; readonly environment: string; readonly gaps: readonly Gap[] }
  /** The newest run that was started for an activity comes to an end. */
  | {
      readonly do: 'run-ends';
      readonly release: string;
      readonly activity: string;
      readonly conclusion: 'success' | 'failure' | 'cancelled' | 'timed_out';
    }
  /** Somebody starts a workflow by hand; what deploys nothing is over at once. */
  | { readonly do: 'run-starts'; readonly by: string; readonly file: string; readonly ref: string }
  /** A run that deploys is started again once it has ended, or cancelled; `which`: of those, counted from the newest. */
  | { readonly do: 'run-again' | 'run-cancelled'; readonly by: string; readonly which: number }
  /** A job that deploys comes to an end, in the same way. */
  | { readonly do: 'job-ends'; readonly which: number; readonly conclusion: 'success' | 'failure' }
  /** A commit on the records branch that is not ours; `touches` names a release whose folder it changes. */
  | { readonly do: 'foreign'; readonly by: string; readonly touches?: string }
  | {
      readonly do: 'webhooks';
      readonly how: 'in-order' | 'reversed' | 'shuffled' | 'twice' | 'lost';
      /** How many of those that wait, oldest first. */
      readonly count: number;
    }
  | { readonly do: 'work'; readonly calls: number }
  | { readonly do: 'rest' }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'fault'; readonly fault: CallFault }
  | { readonly do: 'crash'; readonly crash: Crash; readonly disk: 'kept' | 'lost' }
  | { readonly do: 'resync' }
  /** The clock of the App goes wrong by so much, or right again. */
  | { readonly do: 'skew'; readonly seconds: number }
  /** Another process takes over, and works until nothing is left to do. */
  | { readonly do: 'restart' };

/** What troubles the App, and nothing that people do: a scenario without these must end the same. */
export const isTrouble = (step: Step): boolean =>
  step.do === 'fault' ||
  step.do === 'crash' ||
  step.do === 'skew' ||
  (step.do === 'webhooks' && step.how !== 'in-order');
