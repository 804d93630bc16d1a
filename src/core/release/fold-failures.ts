import { activitiesOf } from '../manifest/manifest.ts';
import type { Ending } from './ending.ts';
import { change, end, type Take } from './fold-parts.ts';
import { failurePolicy, hasFailed } from './resolution.ts';
import { type Attempt, latestAttempt, type OpenRelease } from './state.ts';

/**
 * Ends an attempt as failed. What a failure runs has to run for each failure: what had ended there was for an earlier one,
 * and begins again (decision 0069).
 */
export function fail(
  state: OpenRelease,
  ref: { readonly activity: string; readonly attempt: number },
  take: Take,
  ending: Ending,
): OpenRelease {
  const failed = end(state, ref, take, ending);
  const run = hasFailed(failed, ref.activity) ? runBy(failed, ref.activity) : [];
  const again = run.flatMap((id) => latestAttempt(failed, id) ?? []).filter(isOver);
  const skipped = failed.skipped.filter((id) => !run.includes(id));
  return again.reduce<OpenRelease>(
    (all, attempt) => change(all, attempt, take, (one) => superseded(one, ref.activity, ending.at)),
    { ...failed, skipped },
  );
}

/** Activities of the phase that a failure runs; none where it runs no phase. */
const runBy = (state: OpenRelease, failing: string): readonly string[] => {
  const { plan } = state.revision;
  return activitiesOf(plan)
    .filter(({ id }) => id === failing)
    .map((activity) => failurePolicy(plan, activity))
    .flatMap((policy) => (policy.kind === 'run' ? plan.phases.filter(({ id }) => id === policy.phase) : []))
    .flatMap(({ activities }) => activities.map(({ id }) => id));
};

/** What somebody said no to is asked again by custodians alone (T3). */
const runsAgain: ReadonlySet<Ending['kind'] | undefined> = new Set([
  'approved',
  'succeeded',
  'failed',
  'expired',
] as const);

const isOver = ({ ending }: Attempt): boolean => runsAgain.has(ending?.kind);

const superseded = ({ overruled: _, ...attempt }: Attempt, failure: string, at: Ending['at']): Attempt => ({
  ...attempt,
  ending: { kind: 'superseded', at, differences: [], failure },
});
