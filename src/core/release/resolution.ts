import {
  type Activity,
  activitiesOf,
  type Manifest,
  type OnFailure,
  type Phase,
} from '../manifest/manifest.ts';
import type { Ending } from './ending.ts';
import { type Attempt, latestAttempt, type OpenRelease } from './state.ts';

/** What a failure of an activity brings about: its own word, else its phase's, else it is held (S-047). */
export function failurePolicy(plan: Manifest, activity: Activity): OnFailure | { readonly kind: 'hold' } {
  const phase = plan.phases.find(({ id }) => id === activity.phase);
  return activity.onFailure ?? phase?.onFailure ?? { kind: 'hold' };
}

const failures: ReadonlySet<string> = new Set<Ending['kind']>(['rejected', 'expired', 'failed']);

/** A failed attempt that nobody has overruled. */
export const isFailure = ({ ending, overruled }: Attempt): boolean =>
  ending !== undefined && failures.has(ending.kind) && overruled === undefined;

/** Its condition was false when its turn came. */
export const isSkipped = (state: OpenRelease, activity: string): boolean => state.skipped.includes(activity);

export const hasFailed = (state: OpenRelease, activity: string): boolean => {
  const attempt = latestAttempt(state, activity);
  return attempt !== undefined && isFailure(attempt);
};

/**
 * Whether what needs the activity may go on. `let-pass` goes on without an approval: it was overruled, or its failure
 * continues. Nothing that is let pass opens an environment that a floor guards (T1).
 */
export function passage(state: OpenRelease, activity: Activity): 'none' | 'done' | 'skipped' | 'let-pass' {
  if (isSkipped(state, activity.id)) return 'skipped';
  const attempt = latestAttempt(state, activity.id);
  if (attempt === undefined) return 'none';
  if (attempt.ending?.kind === 'approved' || attempt.ending?.kind === 'succeeded') return 'done';
  if (attempt.overruled?.act === 'ignore') return 'let-pass';
  const goesOn = failurePolicy(state.revision.plan, activity).kind === 'continue';
  return isFailure(attempt) && goesOn ? 'let-pass' : 'none';
}

export const hasPassed = (state: OpenRelease, id: string): boolean => {
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === id);
  return activity !== undefined && passage(state, activity) !== 'none';
};

export const isComplete = (state: OpenRelease, phase: Phase): boolean =>
  phase.activities.every((activity) => passage(state, activity) !== 'none');

/** Phases that run only because something failed, by the failures that start them (design 2). */
export function contingencies(plan: Manifest): ReadonlyMap<string, readonly Activity[]> {
  const started = new Map<string, readonly Activity[]>();
  for (const activity of activitiesOf(plan)) {
    const policy = failurePolicy(plan, activity);
    if (policy.kind === 'run') started.set(policy.phase, [...(started.get(policy.phase) ?? []), activity]);
  }
  return started;
}

/** Failures that end the release: their policy says so, or the phase they run is complete. */
export function fatalFailures(state: OpenRelease): readonly Activity[] {
  const { plan } = state.revision;
  return activitiesOf(plan).filter((activity) => {
    if (!hasFailed(state, activity.id)) return false;
    const policy = failurePolicy(plan, activity);
    if (policy.kind === 'fail') return true;
    const phase = policy.kind === 'run' ? plan.phases.find(({ id }) => id === policy.phase) : undefined;
    return phase !== undefined && isComplete(state, phase);
  });
}
