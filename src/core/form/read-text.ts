import type { RawAnswer } from '../command/command.ts';
import type { InputOf } from '../manifest/input.ts';
import { longestPatternedText } from '../manifest/pattern-cost.ts';
import { given, type Reading, textOf, took, wrong } from './reading.ts';

/** The longest text that an answer may have, in code points. */
export const longestText = 10_000;

/** Texts come without the spaces around them (S-091, S-097, S-099). */
export const readText = (input: InputOf<'text'>, raw: RawAnswer['value']): Reading => {
  if (typeof raw === 'boolean') return wrong('not-text', input, given(raw));
  const text = textOf(raw);
  // Half characters have no bytes that could be recorded, control characters deceive terminals (T18).
  if (/[\p{Cs}]|(?![\t\n])\p{Cc}/u.test(text)) return wrong('not-text', input, 'control characters');
  const length = [...text].length;
  const bound = input.pattern === undefined ? longestText : longestPatternedText;
  const most = Math.min(bound, input.maxLength ?? bound);
  if (length > most) return wrong('too-long', input, `${length} characters; ${most} are the most`);
  // Invisible characters fill no minimum.
  const visible = [...text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')].length;
  if (visible < (input.minLength ?? 0)) return wrong('too-short', input, `${visible} characters`);
  if (input.pattern !== undefined && !new RegExp(input.pattern, 'u').test(text)) {
    return wrong('pattern-mismatch', input, given(text));
  }
  return took(text);
};
