import type { DispatchAnswer, DispatchOrder, EndedWorkflowRun } from '../workflow/workflow-run.ts';

type AttemptRef = { readonly activity: string; readonly attempt: number };

/** What happens to workflows that a release starts. */
export type DispatchKinds = {
  /**
   * Outcome: the workflow is to be started. It is recorded before anything is sent, and whoever recorded it is the only one
   * to send it; where no answer follows, the run is looked for before it is ordered again.
   */
  'workflow-ordered': AttemptRef & DispatchOrder & { readonly environment: string };
  /** What the host said to the order, or the run of it that was found. */
  'workflow-answered': AttemptRef & { readonly answer: DispatchAnswer };
  /** The run has ended, as read from the host. */
  'workflow-ended': AttemptRef & { readonly run: EndedWorkflowRun };
};

export const natureOfDispatch = {
  'workflow-ordered': 'outcome',
  'workflow-answered': 'fact',
  'workflow-ended': 'fact',
} as const satisfies { readonly [K in keyof DispatchKinds]: 'fact' | 'outcome' };
