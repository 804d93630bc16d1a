import type { RawAnswer } from '../command/command.ts';
import type { Input } from '../manifest/input.ts';
import { show } from '../written/check-shape.ts';
import type { AnswerProblemCode, AnswerValue } from './answer.ts';
import { expectation } from './expectation.ts';
import type { FileName } from './file-name.ts';

/** One answer with its meaning, what is wrong with it, or what must be known before it has one. */
export type Reading =
  | { readonly kind: 'value'; readonly value: AnswerValue }
  /** `kept` is what was given so far, so that nobody has to give it twice. */
  | {
      readonly kind: 'wrong';
      readonly code: AnswerProblemCode;
      readonly sentence: string;
      readonly kept?: AnswerValue;
    }
  | { readonly kind: 'ask'; readonly file: FileName }
  | { readonly kind: 'unknown'; readonly why: string };

export const took = (value: AnswerValue): Reading => ({ kind: 'value', value });

/** `found` ends the sentence. Whoever wrote the manifest may have found better words for the rule (`message`). */
export const wrong = (code: AnswerProblemCode, input: Input, found: string, kept?: AnswerValue): Reading => {
  const rule =
    input.message === undefined
      ? `"${input.id}" expects ${expectation(input)}`
      : `"${input.id}": ${input.message}`;
  const sentence = /[.!?]$/.test(rule)
    ? `${rule} Found ${found}.`
    : `${rule}${input.message === undefined ? ', found' : '. Found'} ${found}.`;
  return { kind: 'wrong', code, sentence, ...(kept === undefined ? {} : { kept }) };
};

/** An answer in quotes, cut where it is long. */
export const given = (raw: RawAnswer['value']): string =>
  typeof raw === 'boolean' ? 'a check box' : show(String(raw));

/** A single value as text without the spaces around it. */
export const textOf = (raw: RawAnswer['value']): string => String(raw).trim();
