import { latestRuns, runsOn } from '../state/lookup.ts';
import type { State } from '../state/state.ts';
import type { Repository } from '../state/types.ts';
import type { RequiredChecks } from './ruleset.ts';

const passing: readonly (string | null)[] = ['success', 'neutral', 'skipped'];

export type CheckState = 'expected' | 'pending' | 'failing' | 'passing';

/**
 * How a required check stands on a commit. The newest run of a name and App counts; pinned to an App, nobody else's run
 * does; not pinned, those of all Apps must pass.
 */
export function checkState(
  state: State,
  repository: Repository,
  sha: string,
  { context, integration_id: appId }: RequiredChecks['required_status_checks'][number],
): CheckState {
  const runs = latestRuns(runsOn(state, repository, sha)).filter(
    (run) => run.name === context && (appId === undefined || run.appId === appId),
  );
  if (runs.length === 0) return 'expected';
  if (runs.some((run) => run.status !== 'completed')) return 'pending';
  return runs.every((run) => passing.includes(run.conclusion)) ? 'passing' : 'failing';
}

const words: Record<Exclude<CheckState, 'passing'>, string> = {
  expected: 'is expected',
  pending: 'is in progress',
  failing: 'is failing',
};

/** One sentence for each required check that does not let a commit pass. */
export function checkProblems(
  state: State,
  repository: Repository,
  sha: string,
  { required_status_checks: required }: RequiredChecks,
): string[] {
  return required.flatMap((check) => {
    const now = checkState(state, repository, sha, check);
    return now === 'passing' ? [] : [`Required status check "${check.context}" ${words[now]}.`];
  });
}
