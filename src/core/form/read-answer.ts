import type { RawAnswer } from '../command/command.ts';
import type { Input } from '../manifest/input.ts';
import { longestPatternedText } from '../manifest/pattern-cost.ts';
import { show } from '../written/check-shape.ts';
import { closest } from '../written/closest.ts';
import type { AnswerProblemCode } from './answer.ts';
import { expectation } from './placeholder.ts';

/** One answer with its meaning, or what is wrong with it; `found` ends the sentence. */
export type Reading =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'wrong'; readonly code: AnswerProblemCode; readonly sentence: string };

/** The longest text that an answer may have, in code points. */
export const longestText = 10_000;

/** Gives one answer its meaning. Texts come without the spaces around them (S-091 to S-099). */
export const readAnswer = (input: Input, raw: RawAnswer['value']): Reading => {
  if (input.type === 'checkbox') return readCheckbox(input, raw);
  if (input.type === 'number') return readNumber(input, raw);
  if (input.type === 'dropdown') return readDropdown(input, raw);
  return readText(input, raw);
};

type InputOf<T extends Input['type']> = Extract<Input, { readonly type: T }>;

const wrong = (code: AnswerProblemCode, input: Input, found: string): Reading => ({
  kind: 'wrong',
  code,
  sentence: `"${input.id}" expects ${expectation(input)}, found ${found}.`,
});

const given = (raw: RawAnswer['value']): string =>
  typeof raw === 'boolean' ? 'a check box' : show(String(raw));

const readCheckbox = (input: InputOf<'checkbox'>, raw: RawAnswer['value']): Reading =>
  typeof raw === 'boolean' ? { kind: 'value', value: raw } : wrong('not-a-checkbox', input, given(raw));

/** Decimal digits and nothing that could be read in two ways; 15 digits are what a double keeps exactly. */
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

const readNumber = (input: InputOf<'number'>, raw: RawAnswer['value']): Reading => {
  const text = String(raw).trim();
  if (!decimal.test(text) || text.replace(/[^\d]/g, '').length > 15)
    return wrong('not-a-number', input, given(raw));
  // Adding zero makes one zero of two.
  const value = Number(text) + 0;
  if (input.min !== undefined && value < input.min) return wrong('too-small', input, text);
  if (input.max !== undefined && value > input.max) return wrong('too-large', input, text);
  return { kind: 'value', value };
};

const readDropdown = (input: InputOf<'dropdown'>, raw: RawAnswer['value']): Reading => {
  const text = String(raw).trim();
  if (typeof raw !== 'boolean' && input.options.includes(text)) return { kind: 'value', value: text };
  const meant = input.options.find((option) => option.toLowerCase() === text.toLowerCase());
  const candidate = meant ?? closest(text, input.options);
  const hint = candidate === undefined ? '' : `; did you mean ${show(candidate)}`;
  return wrong('not-an-option', input, `${given(raw)}${hint}`);
};

const readText = (input: InputOf<'text'>, raw: RawAnswer['value']): Reading => {
  if (typeof raw === 'boolean') return wrong('not-text', input, given(raw));
  const text = String(raw).trim();
  // Half characters have no bytes that could be recorded, control characters deceive terminals (T18).
  if (/[\p{Cs}]|(?![\t\n])\p{Cc}/u.test(text)) return wrong('not-text', input, 'control characters');
  const length = [...text].length;
  const most = input.pattern === undefined ? longestText : longestPatternedText;
  if (length > most) return wrong('too-long', input, `${length} characters; ${most} are the most`);
  // Invisible characters fill no minimum.
  const visible = [...text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')].length;
  if (visible < (input.minLength ?? 0)) return wrong('too-short', input, `${visible} characters`);
  if (input.pattern !== undefined && !new RegExp(input.pattern, 'u').test(text)) {
    return wrong('pattern-mismatch', input, given(text));
  }
  return { kind: 'value', value: text };
};
