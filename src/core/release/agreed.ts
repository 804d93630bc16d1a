import type { Activity } from '../manifest/manifest.ts';
import type { Elector } from '../policy/policy.ts';
import type { Instant } from '../values.ts';
import { custodiansAgree } from './ballot.ts';
import type { Happening } from './event.ts';
import { isFailure } from './resolution.ts';
import {
  type Attempt,
  type CastOverrule,
  isLater,
  latestAttempt,
  type OpenRelease,
  placeOfDoubt,
  waitingAttempt,
} from './state.ts';

/**
 * A failed attempt that as many custodians as it takes want overruled in the same way (T3). Should they want both, people
 * are asked again.
 */
export function overruling(state: OpenRelease, activity: Activity, at: Instant): readonly Happening[] {
  const attempt = latestAttempt(state, activity.id);
  if (!attempt || !isFailure(attempt)) return [];
  const agreed = (['retry', 'ignore'] as const).flatMap((act): readonly Happening[] => {
    const casts = latestOfEach(attempt.overrules).filter(
      (cast) => cast.act === act && !isDoubted(attempt, cast),
    );
    const by = custodiansAgree(state, casts);
    const last = casts.at(-1);
    if (by === undefined || last === undefined) return [];
    const { reason, inputs } = last;
    const body = { activity: activity.id, attempt: attempt.attempt, act, by, reason, inputs };
    return [{ at, kind: 'activity-overruled', body }];
  });
  return agreed.slice(0, 1);
}

/** An environment that custodians want opened in a freeze or outside its windows (design 3.9). */
export function lifting(state: OpenRelease, { id }: Activity, at: Instant): readonly Happening[] {
  const attempt = waitingAttempt(state, id);
  if (!attempt || attempt.lifted) return [];
  const casts = latestOfEach(attempt.overrules).filter((cast) => !isDoubted(attempt, cast));
  const by = custodiansAgree(state, casts);
  const last = casts.at(-1);
  if (by === undefined || last === undefined) return [];
  const body = { activity: id, attempt: attempt.attempt, by, reason: last.reason };
  return [{ at, kind: 'holds-lifted', body }];
}

/** Whether what somebody said may have been taken back with its comment (T15). */
const isDoubted = ({ doubts }: Attempt, { elector, source }: CastOverrule): boolean =>
  doubts.some(
    (doubt) =>
      doubt.person.id === elector.person.id &&
      !isLater({ comment: source.id, at: source.createdAt }, placeOfDoubt(doubt)),
  );

/** Whoever spoke twice meant what they said last, and said it then: the last word gives the reason (decision 0041). */
const latestOfEach = <T extends { readonly elector: Elector }>(casts: readonly T[]): readonly T[] => {
  const latest = new Map<number, T>();
  for (const cast of casts) {
    const { id } = cast.elector.person;
    latest.delete(id);
    latest.set(id, cast);
  }
  return [...latest.values()];
};

/** Custodians who took note of deviations that are still new; the fewest that any of them knew of count. */
export function dueAcknowledgement(state: OpenRelease, at: Instant): readonly Happening[] {
  const casts = latestOfEach(state.acknowledgements).filter(
    ({ deviations }) => deviations > state.acknowledged,
  );
  const by = state.ended ? undefined : custodiansAgree(state, casts);
  if (by === undefined) return [];
  const deviations = Math.min(...casts.map((cast) => cast.deviations));
  return [{ at, kind: 'deviations-acknowledged', body: { by, deviations } }];
}
