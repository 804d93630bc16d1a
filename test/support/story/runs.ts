import type { Hub } from './hub.ts';

/** A run of a workflow, as everybody sees it. */
export type Run = {
  readonly id: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly run_attempt: number;
  readonly head_sha: string;
  readonly path: string;
};

/** The runs that were started on a branch or a tag, the oldest first. */
export async function runsOn({ repository, get }: Hub, ref: string): Promise<readonly Run[]> {
  const path = `/repos/${repository}/actions/runs?branch=${ref}`;
  const { workflow_runs: runs } = await get<{ readonly workflow_runs: readonly Run[] }>(path);
  return runs.toReversed();
}
