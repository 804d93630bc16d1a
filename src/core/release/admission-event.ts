import type { Instant } from '../values.ts';
import type { RunAttempt, RunEnding } from '../workflow/waiting-job.ts';
import type { AttemptRef } from './machine-event.ts';

/** What happens to jobs that the host holds back for us. */
export type AdmissionKinds = {
  /**
   * Outcome: an opening lets in one try of a run, and no other (T5). It is recorded before the host is told, and holds
   * everything that an auditor needs to find the run.
   */
  'run-admitted': AttemptRef & {
    readonly environment: string;
    readonly run: RunAttempt & { readonly path: string; readonly event: string; readonly url: string };
  };
  /** What was let in has ended, as read from the host. */
  'admitted-run-ended': AttemptRef & {
    readonly run: RunAttempt & { readonly conclusion: string; readonly ended: Instant };
  };
};

export const natureOfAdmission = {
  'run-admitted': 'outcome',
  'admitted-run-ended': 'fact',
} as const satisfies { readonly [K in keyof AdmissionKinds]: 'fact' | 'outcome' };

/** The one try of a run that an opening lets in, and how that ended. */
export type Admitted = AdmissionKinds['run-admitted']['run'] & {
  readonly at: Instant;
  readonly ended?: RunEnding;
};
