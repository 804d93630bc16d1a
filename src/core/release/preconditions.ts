import { type EndedRun, standingOf } from '../checks/standing.ts';
import type { CheckDemand } from '../manifest/check-demand.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import type { Attempt } from './state.ts';

/** Demands that the runs on the record do not meet; a run of another workflow is none of theirs, whoever recorded it (T14). */
export const unmetBy = (demands: readonly CheckDemand[], seen: readonly EndedRun[]): readonly CheckDemand[] =>
  demands.filter((demand) => standingOf(demand, seen).kind !== 'passed');

/** What has to hold before votes count and does not yet; empty: they count. */
export const awaited = (
  { preconditions = [] }: Activity,
  { ready, seen }: Attempt,
): readonly CheckDemand[] => (ready ? [] : unmetBy(preconditions, seen));

/** Votes do not count yet: something has to hold first, or has not been found to. */
export const isPremature = ({ preconditions = [] }: Activity, { ready }: Attempt): boolean =>
  preconditions.length > 0 && ready === undefined;

/**
 * From when on votes count: when the last of the checks had passed. It does not matter when anybody looked, so that the same
 * words count in whatever order they are delivered.
 */
export const readySince = ({ seen }: Attempt): Instant | undefined =>
  seen.map(({ ended }) => ended.at).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
