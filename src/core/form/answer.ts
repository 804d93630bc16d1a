import type { Evidence } from './evidence.ts';
import type { FileName } from './file-name.ts';

/**
 * One validated answer: text, dropdowns, links, dates and logins as strings, numbers as numbers, a check box as a
 * boolean, several choices or boxes as the list of those taken, in the order of the manifest, files as evidence.
 */
export type AnswerValue = string | number | boolean | readonly string[] | Evidence;

/** Answers by input id, validated. */
export type Answers = { readonly [input: string]: AnswerValue };

export type AnswerProblemCode =
  | 'unknown-input'
  | 'given-twice'
  | 'missing'
  | 'not-a-number'
  | 'too-small'
  | 'too-large'
  | 'too-short'
  | 'pattern-mismatch'
  | 'not-an-option'
  | 'too-few'
  | 'too-many'
  | 'not-confirmed'
  | 'not-a-checkbox'
  | 'not-text'
  | 'too-long'
  | 'not-a-url'
  | 'wrong-host'
  | 'not-a-date'
  | 'too-early'
  | 'too-late'
  | 'not-a-login'
  | 'not-a-file'
  | 'no-such-file'
  | 'file-too-large'
  | 'wrong-file-type'
  | 'secret';

/** One thing wrong with one answer; `sentence` names what was expected and what was found. */
export type AnswerProblem = {
  readonly code: AnswerProblemCode;
  readonly input: string;
  readonly sentence: string;
};

export type FormResult =
  | { readonly kind: 'valid'; readonly answers: Answers }
  /** `understood`: the answers with nothing wrong, so that nobody has to write them twice. */
  | { readonly kind: 'invalid'; readonly problems: readonly AnswerProblem[]; readonly understood: Answers }
  /** Files that must be looked up before anything can be said. */
  | { readonly kind: 'ask'; readonly files: readonly FileName[] }
  /** A file could not be looked up for now. */
  | { readonly kind: 'unknown'; readonly why: string };
