import { instantFrom } from '../time/clock-face.ts';
import { earliest } from '../time/earliest.ts';
import type { Instant } from '../values.ts';
import { expiryGraceMs } from './clockwork.ts';
import { overSince } from './dispatch.ts';
import type { Comment } from './facts.ts';
import { isFailure } from './resolution.ts';
import { type Attempt, type Heard, isLater } from './state.ts';

/**
 * Whether an attempt had failed when the comment was made: nobody can overrule what has not happened yet. Told by the
 * words and times that brought the failure about, so that it does not matter when we came to look (decision 0006).
 */
export const hadFailed = (attempt: Attempt, comment: Comment): boolean =>
  isFailure(attempt) && wasOver(attempt, comment);

/** Whether an attempt that is over had been when the comment was made, and had been overruled where it is. */
export const wasOver = (attempt: Attempt, { id, createdAt }: Comment): boolean =>
  hasBegunBefore(attempt, createdAt) &&
  [
    ...Object.values(attempt.heard),
    ...momentsOf(attempt).map((at) => ({ comment: 0, at })),
    ...wordsOver(attempt),
  ].every((cause) => isLater({ comment: id, at: createdAt }, cause));

/** What custodians agreed on, in words; before that theirs change nothing. */
const wordsOver = ({ overruled, overrules }: Attempt): readonly Heard[] =>
  overruled ? overrules.map(({ source }) => ({ comment: source.id, at: source.createdAt })) : [];

/** What was said before an attempt began is not about it. */
export const hasBegunBefore = ({ activatedAt }: Attempt, said: Instant): boolean =>
  Date.parse(said) > Date.parse(activatedAt);

/** Moments before which the attempt could not have ended as it did. */
function momentsOf(attempt: Attempt): readonly Instant[] {
  const { ending, timetable, votingOpened, votingClosed, deferrals, seen } = attempt;
  const late = ending?.kind === 'failed' && ending.why === 'checks-late' ? timetable?.deadline : undefined;
  const deadline = ending?.kind === 'expired' ? ending.deadline : late;
  const grace = deadline && Date.parse(deadline) + expiryGraceMs;
  // Of several checks that failed the first was enough.
  const runs = seen.map((run) => run.ended.at);
  const isFailed = ending?.kind === 'failed' && ending.why === 'check-failed';
  const checked = isFailed ? [earliest(runs)] : ending?.kind === 'succeeded' ? runs : [];
  const counted = timetable ? [votingOpened && timetable.opens, votingClosed && timetable.openUntil] : [];
  const put = deferrals.slice(-1).map(({ until }) => until);
  return [grace && instantFrom(grace), ...counted, ...put, workedUntil(attempt), ...checked].flatMap(
    (at) => at || [],
  );
}

/** Until when a machine was at work, as the host tells; its run counts, however long its environment stays open. */
function workedUntil({ ending, report, dispatch, admitted, openings }: Attempt): Instant | undefined {
  const isLate = ending?.kind === 'failed' && ending.why === 'not-deployed';
  if (dispatch && !isLate) return overSince(dispatch);
  if (report?.kind === 'deployment') return report.ended;
  if (!report && admitted?.ended) return admitted.ended.at;
  const opening = openings.at(-1);
  // When another release took the environment nobody recorded.
  return opening && (report ? opening.at : opening.until);
}
