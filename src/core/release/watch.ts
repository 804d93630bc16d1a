import type { CheckRun } from '../checks/check-run.ts';
import { type EndedRun, type Standing, standingOf } from '../checks/standing.ts';
import type { CheckDemand } from '../manifest/check-demand.ts';
import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { expiryGraceMs, type Moment, passed } from './clockwork.ts';
import type { Happening } from './event.ts';
import type { MachineFailure } from './machine-event.ts';
import { machinesAfter } from './machines-after.ts';
import { type Attempt, attemptsOf, latestAttempt, type OpenRelease } from './state.ts';

/** An automated activity that waits for checks of others on the target, and does nothing itself. */
export type Watcher = Activity & { readonly checks: readonly CheckDemand[] };

export const isWatcher = (activity: Activity): activity is Watcher => activity.checks !== undefined;

/**
 * How everything that it waits for stands, by runs that can tell it anything: none that was over before the deployment that
 * it comes after, and no failure from before its retry. Told by times of the host, so that it does not matter when anybody
 * looked.
 */
export function watched(
  state: OpenRelease,
  activity: Watcher,
  { attempt }: Attempt,
  runs: readonly CheckRun[],
): readonly { readonly demand: CheckDemand; readonly standing: Standing }[] {
  const deployed = deployedBefore(state, activity);
  const retried = attemptsOf(state, activity.id).find((one) => one.attempt === attempt - 1)?.retriedIn;
  return activity.checks.map((demand) => {
    const standing = standingOf(demand, runs, retried?.createdAt);
    return { demand, standing: isOld(standing, deployed) ? { kind: 'absent' } : standing };
  });
}

/** When the newest deployment ended that it comes after. */
function deployedBefore(state: OpenRelease, { id }: Watcher): Instant | undefined {
  const { plan } = state.revision;
  const ends = activitiesOf(plan)
    .filter((one) => machinesAfter(plan, one).some((after) => after.id === id))
    .flatMap((one) => latestAttempt(state, one.id)?.report ?? [])
    .flatMap((report) => ('ended' in report ? [report.ended] : []));
  return ends.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
}

const isOld = (standing: Standing, deployed: Instant | undefined): boolean =>
  'run' in standing &&
  standing.run.ended !== undefined &&
  deployed !== undefined &&
  Date.parse(standing.run.ended.at) < Date.parse(deployed);

/** How it ends: when all have passed, as soon as one failed, or because its deadline is over. */
export function watchOutcome(
  state: OpenRelease,
  activity: Watcher,
  attempt: Attempt,
  moment: Moment,
): readonly Happening[] {
  const { at } = moment;
  const ref = { activity: attempt.activity, attempt: attempt.attempt };
  const failed = (why: MachineFailure): readonly Happening[] => [
    { at, kind: 'activity-failed', body: { ...ref, why } },
  ];
  const standings = watched(state, activity, attempt, attempt.seen).map(({ standing }) => standing);
  const deadline = attempt.timetable?.deadline;
  const inTime = ({ ended }: EndedRun): boolean =>
    deadline === undefined || Date.parse(ended.at) <= Date.parse(deadline);
  if (standings.every((one) => one.kind === 'passed' && inTime(one.run)))
    return [{ at, kind: 'activity-succeeded', body: ref }];
  if (standings.some(({ kind }) => kind === 'failed')) return failed('check-failed');
  return deadline !== undefined && passed(deadline, moment, expiryGraceMs) ? failed('checks-late') : [];
}
