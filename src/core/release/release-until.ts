import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { releaseOutcomes } from './due.ts';
import type { Happening } from './event.ts';
import type { Comment } from './facts.ts';
import { wasOver } from './failed-before.ts';
import { contingencies, failurePolicy, fatalFailures, isSkipped } from './resolution.ts';
import { isClosed, latestAttempt, type OpenRelease } from './state.ts';

/**
 * How the release had ended when somebody spoke, though nobody was there to record it: no word brings it back to life
 * (decision 0066). Nothing, where it had not.
 */
export function releaseUntil(state: OpenRelease, comment: Comment, at: Instant): readonly Happening[] {
  if (isClosed(state)) return [];
  const wereOver = (activities: readonly Activity[]): boolean =>
    activities.every(({ id }) => {
      const attempt = latestAttempt(state, id);
      return attempt === undefined ? isSkipped(state, id) : wasOver(attempt, comment);
    });
  const fatal = fatalFailures(state);
  const apart = contingencies(state.revision.plan);
  const wanted = activitiesOf(state.revision.plan).filter(({ phase }) => !apart.has(phase));
  const had = fatal.length > 0 ? fatal.some((one) => wereOver(broughtAbout(state, one))) : wereOver(wanted);
  return had ? releaseOutcomes(state, at) : [];
}

/** A failure that ends the release, and what had to be done before it did. */
function broughtAbout({ revision: { plan } }: OpenRelease, failure: Activity): readonly Activity[] {
  const policy = failurePolicy(plan, failure);
  const run = plan.phases.filter(({ id }) => policy.kind === 'run' && id === policy.phase);
  return [failure, ...run.flatMap((phase) => phase.activities)];
}
