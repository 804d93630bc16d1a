import type { Instant, Sha } from '../values.ts';

/** A run of a workflow that our own App started, as the host shows it now (T14). */
export type WorkflowRun = {
  readonly id: number;
  readonly url: string;
  /** Of the workflow file, such as `.github/workflows/deploy.yml`. */
  readonly path: string;
  /** What started it. */
  readonly event: string;
  /** The commit that it runs on. */
  readonly commit: Sha;
  readonly createdAt: Instant;
  /** Absent: it goes on. */
  readonly ended?: { readonly conclusion: string; readonly at: Instant };
};

export type EndedWorkflowRun = WorkflowRun & Required<Pick<WorkflowRun, 'ended'>>;

/** What a run is started with. */
export type DispatchOrder = {
  /** Name of the file under `.github/workflows`. */
  readonly workflow: string;
  /** The branch or tag as the manifest names it: nothing else can be started (decision 0051). */
  readonly ref: string;
  /** What the ref has to mean (T2). */
  readonly commit: Sha;
  readonly inputs: { readonly [name: string]: string };
};

/** Why the host started nothing. */
export type DispatchRefusal =
  /** The ref means another commit by now, or nothing (T2). */
  | 'moved'
  /** The App lacks a permission. */
  | 'forbidden'
  /** There is no such workflow. */
  | 'missing'
  /** The workflow takes no orders, or not these inputs. */
  | 'invalid';

/** What the host said to an order. */
export type DispatchAnswer =
  | { readonly kind: 'run'; readonly run: number; readonly url: string }
  /** It took the order and did not say which run follows. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly why: DispatchRefusal; readonly said: string };

/** Where workflow files are. */
export const workflowPath = (file: string): string => `.github/workflows/${file}`;

/** Whether a run is what an order is about: the file, how it was started, and the commit, all read from the run (T14). */
export const isOf = (
  { workflow, commit }: Pick<DispatchOrder, 'workflow' | 'commit'>,
  run: Pick<WorkflowRun, 'path' | 'event' | 'commit'>,
): boolean =>
  run.path === workflowPath(workflow) && run.event === 'workflow_dispatch' && run.commit === commit;
