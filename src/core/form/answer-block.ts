import type { Input } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';
import { isRequired, placeholder } from './placeholder.ts';

/**
 * The lines to copy, fill in and send: the command first, then every input that the decision may or must have. A
 * rejection only asks for what it needs. Without inputs it is the command alone.
 */
export const answerBlock = (inputs: readonly Input[], choice: Choice, command: string): string => {
  const asked = inputs.filter((input) => choice === 'approve' || isRequired(input, choice));
  return [command, ...asked.map((input) => answerLine(input, choice))].join('\n');
};

const answerLine = (input: Input, choice: Choice): string =>
  input.type === 'checkbox' ? `- [ ] ${input.id}` : `${input.id}: ${placeholder(input, choice)}`;
