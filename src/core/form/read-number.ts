import type { RawAnswer } from '../command/command.ts';
import type { InputOf } from '../manifest/input.ts';
import { given, type Reading, textOf, took, wrong } from './reading.ts';

/** Decimal digits and nothing that could be read in two ways; 15 digits are what a double keeps exactly. */
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Numbers mean the same in every country: no separators but one decimal point (S-037, G-21). */
export const readNumber = (input: InputOf<'number'>, raw: RawAnswer['value']): Reading => {
  const text = textOf(raw);
  if (text.length > 20 || !decimal.test(text) || text.replace(/[^\d]/g, '').length > 15)
    return wrong('not-a-number', input, given(raw));
  // Adding zero makes one zero of two.
  const value = Number(text) + 0;
  if (input.min !== undefined && value < input.min) return wrong('too-small', input, text);
  if (input.max !== undefined && value > input.max) return wrong('too-large', input, text);
  return took(value);
};
