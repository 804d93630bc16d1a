import type { FileName } from '../form/file-name.ts';
import { digestOf } from '../record/digest.ts';
import type { Person } from '../values.ts';
import type { CommentSource, Happening } from './event.ts';
import type { Comment, Facts } from './facts.ts';
import type { Answer } from './refusal.ts';

/** What one comment means: a fact to record, an answer to give, a question to ask first, or nothing. */
export type Meaning =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'event'; readonly event: Happening }
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Its provenance must be read before it can count. */
  | { readonly kind: 'ask' }
  /** Whom a name stands for must be asked first. */
  | { readonly kind: 'look-up'; readonly principal: string }
  /** Files that its answers name must be looked up before it can count. */
  | { readonly kind: 'ask-files'; readonly files: readonly FileName[] }
  /** Whether somebody had a hand in what is released must be looked up first. */
  | { readonly kind: 'ask-committers' }
  | { readonly kind: 'unknown'; readonly why: string };

export const nothing: Meaning = { kind: 'nothing' };
export const answer = (given: Answer): Meaning => ({ kind: 'answer', answer: given });

/** Only the comment's own record tells through which App it came; what counts is read there first (T15). */
export function attested(
  { provenance: known }: Pick<Facts, 'provenance'>,
  comment: Comment,
  person: Person,
  event: () => Happening,
): Meaning {
  const provenance = known.get(comment.id);
  if (!provenance) return { kind: 'ask' };
  if (provenance.kind === 'unknown')
    return { kind: 'unknown', why: `GitHub could not be asked who wrote a comment: ${provenance.why}.` };
  if (provenance.value.throughApp !== undefined)
    return answer({ code: 'through-app', app: provenance.value.throughApp });
  if (provenance.value.author !== person.id)
    return { kind: 'unknown', why: `GitHub names two writers of comment ${comment.id}.` };
  return { kind: 'event', event: event() };
}

export const sourceOf = (comment: Comment): CommentSource => ({
  kind: 'comment',
  id: comment.id,
  url: comment.url,
  createdAt: comment.createdAt,
  body: digestOf(comment.body),
});
