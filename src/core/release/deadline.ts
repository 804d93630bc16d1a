import type { Activity } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import type { Attempt } from './state.ts';

/** By GitHub's clock: what was said before it counts, however late it is delivered (T20). */
export const deadlineOf = (
  { timing }: Pick<Activity, 'timing'>,
  { timetable }: Attempt,
): Instant | undefined => (timing?.expire === 'stay' ? undefined : timetable?.deadline);
