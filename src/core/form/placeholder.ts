import type { Input } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';

/** Whether an input must be given for a decision: `to-approve` asks only approvers, `always` everybody (S-089). */
export const isRequired = (input: Input, choice: Choice): boolean =>
  input.required === 'always' || (input.required === 'to-approve' && choice === 'approve');

/**
 * What stands in the block to copy until somebody answers, for example `(required: Low, Medium or High)`. Left as it
 * is, it counts as no answer.
 */
export const placeholder = (input: Input, choice: Choice): string => {
  const necessity = isRequired(input, choice) ? 'required' : 'optional';
  return `(${necessity}: ${expectation(input)})`;
};

/** What an input takes, as a phrase. */
export const expectation = (input: Input): string => {
  switch (input.type) {
    case 'text':
      return textExpectation(input.minLength ?? 0, input.pattern);
    case 'number':
      return numberExpectation(input.min, input.max);
    case 'dropdown':
      return alternatives(input.options);
    case 'checkbox':
      return `a tick, written - [x] ${input.id}`;
  }
};

const textExpectation = (minLength: number, pattern: string | undefined): string => {
  const length = minLength > 1 ? `text of at least ${minLength} characters` : 'text';
  return pattern === undefined ? length : `${length} that matches ${pattern}`;
};

const numberExpectation = (min: number | undefined, max: number | undefined): string => {
  if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
  if (min !== undefined) return `a number of at least ${min}`;
  return max === undefined ? 'a number' : `a number of at most ${max}`;
};

const alternatives = (options: readonly string[]): string =>
  options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`;
