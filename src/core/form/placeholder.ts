import type { Input } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';
import { expectation } from './expectation.ts';

/** Whether an input must be given for a decision: `to-approve` asks only approvers, `always` everybody (S-089). */
export const isRequired = (input: Input, choice: Choice): boolean =>
  input.required === 'always' || (input.required === 'to-approve' && choice === 'approve');

/** A placeholder of the block must stay one line that nobody has to scroll. */
const longestPlaceholder = 300;

/**
 * What stands in the block to copy until somebody answers, for example `(required: Low, Medium or High)`. Left as it
 * is, it counts as no answer.
 */
export const placeholder = (input: Input, choice: Choice): string => {
  const necessity = isRequired(input, choice) ? 'required' : 'optional';
  const phrase = expectation(input);
  const fits = phrase.length <= longestPlaceholder && isPlain(phrase);
  return `(${necessity}: ${fits ? phrase : 'as described above'})`;
};

/** Whether a text can stand in a line of a comment: what Markdown takes for code or HTML could swallow other lines. */
export const isPlain = (text: string): boolean => /^[^\n\r`<]*$/.test(text);
