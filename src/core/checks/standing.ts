import { type CheckDemand, isAdvisory } from '../manifest/check-demand.ts';
import { ACTIONS } from '../manifest/written-checks.ts';
import type { Instant } from '../values.ts';
import { runsItsCommit } from '../workflow/waiting-job.ts';
import type { CheckRun } from './check-run.ts';

export type EndedRun = CheckRun & Required<Pick<CheckRun, 'ended'>>;

/** How a demanded check stands on the target. */
export type Standing =
  /** No run is there that could count. */
  | { readonly kind: 'absent' }
  /** It goes on, or ended as something that is neither a success nor a failure, such as skipped. */
  | { readonly kind: 'open'; readonly run: CheckRun }
  | { readonly kind: 'passed' | 'failed'; readonly run: EndedRun };

const failures: ReadonlySet<string> = new Set(['failure', 'cancelled', 'timed_out', 'startup_failure']);

/**
 * How a check stands by its newest run, of those that the demand believes. A failure that began before `since` is past:
 * it is what was failed by, and another run is waited for.
 */
export function standingOf(demand: CheckDemand, runs: readonly CheckRun[], since?: Instant): Standing {
  const [newest] = runs.filter((run) => isBelieved(demand, run)).toSorted((a, b) => b.id - a.id);
  if (newest === undefined) return { kind: 'absent' };
  const { ended } = newest;
  if (ended?.conclusion === 'success') return { kind: 'passed', run: { ...newest, ended } };
  if (ended === undefined || !failures.has(ended.conclusion)) return { kind: 'open', run: newest };
  const began = Date.parse(newest.startedAt ?? ended.at);
  return since !== undefined && began < Date.parse(since)
    ? { kind: 'absent' }
    : { kind: 'failed', run: { ...newest, ended } };
}

function isBelieved(demand: CheckDemand, { name, app, workflow }: CheckRun): boolean {
  if (name !== demand.name) return false;
  if (isAdvisory(demand)) return true;
  if (demand.app !== undefined) return app === demand.app;
  if (app !== ACTIONS || workflow === undefined) return false;
  return workflow.path === demand.workflow && runsItsCommit(workflow);
}
