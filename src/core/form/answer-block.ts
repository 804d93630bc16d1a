import type { Input } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';
import { findDeceptions } from '../written/characters.ts';
import type { Answers, AnswerValue } from './answer.ts';
import { answerText, isList } from './answer-text.ts';
import { isPlain, isRequired, placeholder } from './placeholder.ts';

/**
 * The block to copy, fill in and send: the command first, then every input that the decision may or must have. A
 * rejection only asks for what it needs. Without inputs it is the command alone. What `given` holds is filled in already;
 * what a line cannot carry is written as YAML, so that it is read back exactly.
 */
export const answerBlock = (
  inputs: readonly Input[],
  choice: Choice,
  command: string,
  given: Answers = {},
): string => {
  const asked = inputs.filter(
    (input) => choice === 'approve' || isRequired(input, choice) || has(given, input),
  );
  const plain = asked.every((input) => !has(given, input) || isPlain(answerText(answerOf(given, input))));
  if (asked.length > 0 && !(plain && isPlain(command))) return yamlBlock(asked, choice, command, given);
  return [command, ...asked.flatMap((input) => answerLines(input, choice, given))].join('\n');
};

/** Ids are asked of own keys only: `constructor` is a fine name for an input. */
const has = (given: Answers, { id }: Input): boolean => Object.hasOwn(given, id);

const answerOf = (given: Answers, { id }: Input): AnswerValue => given[id] as AnswerValue;

const answerLines = (input: Input, choice: Choice, given: Answers): readonly string[] => {
  const value = has(given, input) ? answerOf(given, input) : undefined;
  if (input.type === 'checkbox') return [box(input.id, value === true)];
  if (input.type === 'checkboxes') {
    const ticked = isList(value) ? value : [];
    return input.items.map(({ id }) => box(`${input.id}.${id}`, ticked.includes(id)));
  }
  return [`${input.id}: ${value === undefined ? unanswered(input, choice) : answerText(value)}`];
};

const box = (name: string, ticked: boolean): string => `- [${ticked ? 'x' : ' '}] ${name}`;

const unanswered = (input: Input, choice: Choice): string => input.default ?? placeholder(input, choice);

const yamlBlock = (inputs: readonly Input[], choice: Choice, command: string, given: Answers): string => {
  const lines = inputs.map((input) => {
    const carried = has(given, input) && isSeen(answerText(answerOf(given, input)));
    const value = carried ? answerOf(given, input) : empty(input, choice);
    // JSON is YAML.
    const text = typeof value === 'boolean' || isList(value) ? value : answerText(value);
    return `${input.id}: ${JSON.stringify(text)}`;
  });
  return [command, '', '```yaml', ...lines, '```'].join('\n');
};

/** YAML is refused where it holds what nobody can see, so who wrote such a text is asked for it again. */
const isSeen = (text: string): boolean => findDeceptions(text).length === 0;

const empty = (input: Input, choice: Choice): AnswerValue => {
  if (input.type === 'checkbox') return false;
  return input.type === 'checkboxes' ? [] : unanswered(input, choice);
};

/** The fence that keeps a block together: longer than any within it (T18). */
export const fenced = (block: string): readonly string[] => {
  const longest = Math.max(2, ...[...block.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, block, fence];
};
