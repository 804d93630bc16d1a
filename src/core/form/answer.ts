/** Answers by input id, validated: text and dropdown as strings, numbers as numbers, check boxes as booleans. */
export type Answers = { readonly [input: string]: string | number | boolean };

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
  | 'not-confirmed'
  | 'not-a-checkbox'
  | 'not-text'
  | 'too-long';

/** One thing wrong with one answer; `sentence` names what was expected and what was found. */
export type AnswerProblem = {
  readonly code: AnswerProblemCode;
  readonly input: string;
  readonly sentence: string;
};

export type FormResult =
  | { readonly kind: 'valid'; readonly answers: Answers }
  | { readonly kind: 'invalid'; readonly problems: readonly AnswerProblem[] };
