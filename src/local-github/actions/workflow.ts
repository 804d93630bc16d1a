import { z } from 'zod';

const conclusion = z.enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out']);

const job = z.union([
  z.literal('held').transform(() => ({ conclusion: null, environment: null })),
  conclusion.transform((end) => ({ conclusion: end, environment: null })),
  z.strictObject({
    conclusion: z.union([conclusion, z.literal('held').transform(() => null)]).default('success'),
    environment: z.string().nullable().default(null),
  }),
]);

/**
 * A workflow of a seed: nothing runs, each job ends as the script says, in this order, and posts a check of its name. A job
 * in an environment waits for the environment's protection rules first. A job that is `held` goes on until somebody ends it.
 */
export const workflow = z.strictObject({
  name: z.string().optional(),
  jobs: z.record(z.string().min(1), job),
});

export type Workflow = z.output<typeof workflow>;

export type Conclusion = z.output<typeof conclusion>;

export type JobState = 'pending' | 'waiting' | 'in_progress' | 'completed';

export type Job = {
  readonly name: string;
  readonly environment: string | null;
  /** How the script says it ends; null: it goes on until somebody ends it. */
  readonly scripted: z.output<typeof conclusion> | null;
  state: JobState;
  conclusion: z.output<typeof conclusion> | null;
  deploymentId: number | null;
  checkRunId: number | null;
};

/** What an App said of a job that waits; a report has no verdict. It counts for the attempt that it was said in. */
export type GateReport = {
  readonly attempt: number;
  readonly environment: string;
  readonly appId: number;
  readonly verdict: 'approved' | 'rejected' | null;
  readonly comment: string;
  readonly at: string;
};

export type WorkflowRun = {
  readonly id: number;
  readonly number: number;
  readonly repositoryId: number;
  /** Name of the file, e.g. `release.yml`. */
  readonly file: string;
  readonly name: string;
  /** The branch or tag that it was started on. */
  readonly headBranch: string;
  readonly headSha: string;
  /** Who started it first. */
  readonly actorId: number;
  /** Who started the newest attempt. */
  triggeringActorId: number;
  /** Counts from 1; jobs, status and conclusion are those of the newest. */
  attempt: number;
  /** When the newest attempt was started. */
  startedAt: string;
  readonly suiteId: number;
  /** Attempts of before, oldest first. */
  readonly past: Pick<
    WorkflowRun,
    'attempt' | 'triggeringActorId' | 'startedAt' | 'updatedAt' | 'status' | 'conclusion'
  >[];
  readonly jobs: Job[];
  readonly reports: GateReport[];
  status: 'queued' | 'in_progress' | 'waiting' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | 'timed_out' | null;
  readonly createdAt: string;
  updatedAt: string;
};

export type DeploymentState =
  | 'waiting'
  | 'in_progress'
  | 'success'
  | 'failure'
  | 'error'
  | 'inactive'
  | 'pending'
  | 'queued';

export type Deployment = {
  readonly id: number;
  readonly repositoryId: number;
  readonly environment: string;
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly creatorId: number;
  readonly viaAppId: number | null;
  readonly workflowRunId: number | null;
  readonly statuses: {
    readonly id: number;
    readonly state: DeploymentState;
    readonly description: string;
    readonly creatorId: number;
    readonly at: string;
  }[];
  readonly createdAt: string;
  updatedAt: string;
};
