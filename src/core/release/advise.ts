import type { Command } from '../command/command.ts';
import { answer, attested, type Meaning, nothing, sourceOf } from './attest.ts';
import type { Spoken } from './facts.ts';
import type { Hearing } from './hear.ts';

/** People whose advice is taken on one attempt, and how seldom one of them may change their mind (T17). */
const mostAdvisers = 200;
const againAfterMs = 3_600_000;

/**
 * On an advisory activity everybody may say what they would do; it is shown and counts nowhere. Whatever is wrong with
 * it, people who decide nothing share one answer an hour, and nothing that is unknown about them holds up a decision (T17).
 */
export function advise(
  { attempt, facts, at }: Hearing,
  comment: Spoken,
  command: Extract<Command, { readonly kind: 'approve' | 'reject' | 'withdraw' }>,
): Meaning {
  const { person } = comment.writer;
  const earlier = attempt.advice.find((one) => one.person.id === person.id);
  const choice = command.kind === 'withdraw' ? undefined : command.kind;
  if (earlier === undefined ? choice === undefined : earlier.choice === choice) return nothing;
  const since = Date.parse(comment.createdAt) - Date.parse(earlier?.source.createdAt ?? '');
  // Without an earlier word there is no number, which is less than none.
  if (comment.byEmail || since < againAfterMs) return nothing;
  if (earlier === undefined && attempt.advice.length >= mostAdvisers) return answer({ code: 'not-eligible' });
  const reason = command.kind === 'withdraw' ? undefined : command.reason;
  const meaning = attested(facts, comment, person, () => ({
    at,
    kind: 'advice-given',
    body: {
      activity: attempt.activity,
      attempt: attempt.attempt,
      person,
      ...(choice === undefined ? {} : { choice }),
      ...(reason === undefined ? {} : { reason }),
      source: sourceOf(comment),
    },
  }));
  return meaning.kind === 'ask' || meaning.kind === 'event' ? meaning : nothing;
}
