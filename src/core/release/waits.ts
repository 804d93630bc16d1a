import { type Activity, isManual, type Phase } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { barsCommitters, currentDuties } from './apart.ts';
import { isReady, wanted } from './condition.ts';
import { undecidable } from './due.ts';
import { contingencies, hasFailed, hasPassed, isComplete } from './resolution.ts';
import { isClosed, type OpenRelease } from './state.ts';
import { startOf } from './timetable.ts';

/** What keeps an activity from beginning. */
export type Wait =
  | { readonly kind: 'closed' | 'ended' }
  | { readonly kind: 'start'; readonly at: Instant }
  | { readonly kind: 'phase'; readonly phase: string }
  | { readonly kind: 'activity'; readonly activity: string }
  /** The phase runs only if one of these fails. */
  | { readonly kind: 'failure'; readonly of: readonly string[] }
  /** Nobody can tell whether it is wanted; the record alone says so. */
  | { readonly kind: 'condition'; readonly why: string }
  /** Its turn has come; what is missing is no part of the record. */
  | { readonly kind: 'people' | 'committers' | 'look' | 'unwanted' };

/** What keeps an activity from beginning, the same conditions as `dueActivations` has. */
export function waitsFor(state: OpenRelease, activity: Activity, at: Instant): readonly Wait[] {
  const starters = startersOf(state, activity.phase);
  if (state.ended)
    return [
      { kind: 'ended' },
      ...(starters.length === 0 ? [] : [{ kind: 'failure' as const, of: starters }]),
    ];
  if (isClosed(state)) return [{ kind: 'closed' }];
  const waits = [...startWaits(state, at), ...orderWaits(state, activity)];
  return waits.length === 0 ? [turnWait(state, activity, at)] : waits;
}

/** Activities whose failure begins a phase; none where it needs no failure. */
export const startersOf = ({ revision: { plan } }: OpenRelease, phase: string): readonly string[] =>
  (contingencies(plan).get(phase) ?? []).map(({ id }) => id);

function startWaits({ revision }: OpenRelease, at: Instant): readonly Wait[] {
  const start = startOf(revision);
  return start === undefined || Date.parse(start) <= Date.parse(at) ? [] : [{ kind: 'start', at: start }];
}

function orderWaits(state: OpenRelease, activity: Activity): readonly Wait[] {
  const phases = state.revision.plan.phases.filter(({ id }) => id === activity.phase);
  const failures = phases.flatMap((phase) => failureWaits(state, phase));
  // A condition may ask how earlier work went: then its failure is no hindrance.
  if (failures.length > 0 || isReady(state, activity)) return failures;
  return [
    ...phases.flatMap((phase) => phaseWaits(state, phase)),
    ...activity.needs
      .filter((need) => !hasPassed(state, need))
      .map((need) => ({ kind: 'activity' as const, activity: need })),
  ];
}

function failureWaits(state: OpenRelease, { id }: Phase): readonly Wait[] {
  const of = startersOf(state, id);
  return of.length === 0 || of.some((one) => hasFailed(state, one)) ? [] : [{ kind: 'failure', of }];
}

const phaseWaits = (state: OpenRelease, { needs }: Phase): readonly Wait[] =>
  state.revision.plan.phases
    .filter((phase) => needs.includes(phase.id) && !isComplete(state, phase))
    .map((phase) => ({ kind: 'phase', phase: phase.id }));

/** Its turn has come: what is still missing, as far as the record tells. */
function turnWait(state: OpenRelease, activity: Activity, at: Instant): Wait {
  const why = undecidable(state, { at, trusted: true }).get(activity.id);
  if (why !== undefined) return { kind: 'condition', why };
  const shall = wanted(state, activity);
  if (shall.kind === 'known' && !shall.value) return { kind: 'unwanted' };
  if (barsCommitters(activity) && currentDuties(state) === undefined) return { kind: 'committers' };
  return { kind: isManual(activity) ? 'people' : 'look' };
}
