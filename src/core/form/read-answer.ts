import type { RawAnswer } from '../command/command.ts';
import type { Input } from '../manifest/input.ts';
import { isList } from './answer-text.ts';
import { readCheckbox } from './read-boxes.ts';
import { readDropdown, readMultiSelect } from './read-choice.ts';
import { type FormWorld, readFile } from './read-file.ts';
import { readNumber } from './read-number.ts';
import { readText } from './read-text.ts';
import { readDate, readUrl, readUser } from './read-word.ts';
import type { Reading } from './reading.ts';
import { secretIn } from './secrets.ts';

/** Fields that one value answers. */
export type SingleInput = Exclude<Input, { readonly type: 'checkboxes' }>;

/** Gives one answer its meaning, whichever surface it came from (S-091 to S-099). Nothing secret is ever repeated (T19). */
export const readAnswer = (input: SingleInput, raw: RawAnswer['value'], world: FormWorld): Reading => {
  const secret = secretIn(isList(raw) ? raw.join('\n') : String(raw));
  if (secret !== undefined) return exposed(input.id, secret);
  if (input.type === 'multi-select') return readMultiSelect(input, raw);
  return readOne(input, isList(raw) ? raw.join(', ') : raw, world);
};

const readOne = (
  input: Exclude<SingleInput, { readonly type: 'multi-select' }>,
  raw: RawAnswer['value'],
  world: FormWorld,
): Reading => {
  switch (input.type) {
    case 'text':
      return readText(input, raw);
    case 'number':
      return readNumber(input, raw);
    case 'dropdown':
      return readDropdown(input, raw);
    case 'checkbox':
      return readCheckbox(input, raw);
    case 'file':
      return readFile(input, raw, world);
    case 'url':
      return readUrl(input, raw);
    case 'date':
      return readDate(input, raw);
    case 'user':
      return readUser(input, raw);
  }
};

/** What is said to whoever wrote a credential where everybody reads. */
export const exposed = (id: string, what: string): Reading => ({
  kind: 'wrong',
  code: 'secret',
  sentence: `"${id}" holds what looks like ${what}. Others have seen it by now: revoke it, then answer without it.`,
});
