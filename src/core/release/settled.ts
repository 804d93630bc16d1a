import { readMarker } from '../messages/marker.ts';
import type { Instant } from '../values.ts';
import type { Comment, Thread } from './facts.ts';
import type { Answer, AnswerCode } from './refusal.ts';

/** Answers of ours on a thread: which comment each answers, and when strangers were last told. */
export type Answered = {
  readonly codes: ReadonlyMap<number, ReadonlySet<string>>;
  readonly lastOf: ReadonlyMap<string, Instant>;
};

export function answersOn(thread: Thread): Answered {
  const codes = new Map<number, Set<string>>();
  const lastOf = new Map<string, Instant>();
  for (const comment of thread.comments) {
    const marker = comment.ours ? readMarker(comment.body) : undefined;
    if (marker?.kind !== 'answer') continue;
    codes.set(marker.comment, (codes.get(marker.comment) ?? new Set()).add(marker.code));
    lastOf.set(marker.code, comment.createdAt);
  }
  return { codes, lastOf };
}

/**
 * A comment that was answered or marked is past: eligibility is asked when it is first seen, so joining a team later does
 * not bring an old command to life (design 3.3). An edit is new, and answered once more.
 */
export function isSettled(comment: Comment, answered: Answered): boolean {
  const codes = answered.codes.get(comment.id);
  if (comment.edited) return codes?.has('edited') === true;
  return codes !== undefined || comment.reactions.includes('CONFUSED');
}

/** People who may not act share one answer an hour on a thread; everybody else is answered (T17). */
const SHARED: ReadonlySet<AnswerCode> = new Set(['not-eligible', 'excluded', 'not-yours']);
const SHARED_EVERY_MS = 3_600_000;

export const isShared = (answer: Answer): boolean => SHARED.has(answer.code);

/** Was an answer of this code given on the thread within the last hour? */
export function wasGivenRecently(answer: Answer, answered: Answered, at: Instant): boolean {
  const last = answered.lastOf.get(answer.code);
  return last !== undefined && Date.parse(at) - Date.parse(last) < SHARED_EVERY_MS;
}
