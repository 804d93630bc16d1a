import type { RawAnswer } from '../command/command.ts';
import type { InputOf } from '../manifest/input.ts';
import { show } from '../written/check-shape.ts';
import { closest } from '../written/closest.ts';
import { isList } from './answer-text.ts';
import { given, type Reading, textOf, took, wrong } from './reading.ts';

type Choosing = InputOf<'dropdown'> | InputOf<'multi-select'>;

/** One of the options, as it is written in the manifest (S-094). */
export const readDropdown = (input: InputOf<'dropdown'>, raw: RawAnswer['value']): Reading => {
  const text = textOf(raw);
  return typeof raw !== 'boolean' && input.options.includes(text)
    ? took(text)
    : notAnOption(input, raw, text);
};

const notAnOption = (input: Choosing, raw: RawAnswer['value'], text: string): Reading => {
  const meant = input.options.find((option) => option.toLowerCase() === text.toLowerCase());
  const candidate = meant ?? closest(text, input.options);
  const hint = candidate === undefined ? '' : `; did you mean ${show(candidate)}`;
  return wrong('not-an-option', input, `${given(raw)}${hint}`);
};

/** Several options: a list, or one text with commas or line ends between them, in any order (G-21). */
export const readMultiSelect = (input: InputOf<'multi-select'>, raw: RawAnswer['value']): Reading => {
  if (typeof raw === 'boolean') return wrong('not-an-option', input, given(raw));
  const named = namesIn(raw);
  const stranger = named.find((name) => !input.options.includes(name));
  if (stranger !== undefined) return notAnOption(input, stranger, stranger);
  const chosen = input.options.filter((option) => named.includes(option));
  const found = `${chosen.length} of them`;
  if (chosen.length < (input.min ?? 1)) return wrong('too-few', input, found);
  return chosen.length > (input.max ?? chosen.length) ? wrong('too-many', input, found) : took(chosen);
};

/** More names than options may have are not worth telling apart (T17). */
const mostNames = 200;

/** The names in an answer; items of a Markdown list may begin with their bullet. */
export const namesIn = (raw: string | number | readonly string[]): readonly string[] => {
  const parts = isList(raw) ? raw : String(raw).split(/[,\n]/, mostNames);
  return parts.map((part) => part.trim().replace(/^[-*+] +/, '')).filter((name) => name !== '');
};
