import { instantFrom } from '../time/clock-face.ts';
import type { Instant } from '../values.ts';
import { expiryGraceMs } from './clockwork.ts';
import type { Comment } from './facts.ts';
import { isFailure } from './resolution.ts';
import { type Attempt, isLater } from './state.ts';

/**
 * Whether an attempt had failed when the comment was made: nobody can overrule what has not happened yet. Told by the
 * words and times that brought the failure about, so that it does not matter when we came to look (decision 0006).
 */
export const hadFailed = (attempt: Attempt, { id, createdAt }: Comment): boolean =>
  isFailure(attempt) &&
  [...Object.values(attempt.heard), ...momentsOf(attempt).map((at) => ({ comment: 0, at }))].every((cause) =>
    isLater({ comment: id, at: createdAt }, cause),
  );

/** Moments before which the attempt could not have failed. */
function momentsOf({
  ending,
  timetable,
  votingClosed,
  deferrals,
  report,
  openings,
  seen,
}: Attempt): readonly Instant[] {
  const late = ending?.kind === 'failed' && ending.why === 'checks-late' ? timetable?.deadline : undefined;
  const deadline = ending?.kind === 'expired' ? ending.deadline : late;
  const grace = deadline && Date.parse(deadline) + expiryGraceMs;
  // Of several checks that failed the first was enough.
  const checked =
    ending?.kind === 'failed' && ending.why === 'check-failed'
      ? seen.map((run) => run.ended.at).toSorted((a, b) => Date.parse(a) - Date.parse(b))
      : [];
  const counted = timetable ? [timetable.opens, votingClosed && timetable.openUntil] : [];
  const put = deferrals.slice(-1).map(({ until }) => until);
  const worked = report?.kind === 'deployment' ? report.ended : openings.at(-1)?.until;
  return [grace && instantFrom(grace), ...counted, ...put, worked, checked[0]].flatMap((at) => at || []);
}
