import type { RawAnswer } from '../command/command.ts';
import type { Input } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';
import { show } from '../written/check-shape.ts';
import { didYouMean } from '../written/closest.ts';
import type { AnswerProblem, Answers, FormResult } from './answer.ts';
import { expectation, isRequired, placeholder } from './placeholder.ts';
import { type Reading, readAnswer } from './read-answer.ts';

/** One wrong block of text can hold thousands of lines that nobody asked for; a few of them tell it (T17). */
const mostStrays = 20;

/**
 * Judges the answers that came with a decision: every value that was given, or every problem at once. An empty answer
 * and an untouched placeholder count as not given.
 */
export const readAnswers = (
  inputs: readonly Input[],
  raw: readonly RawAnswer[],
  choice: Choice,
): FormResult => {
  const problems: AnswerProblem[] = [...strayAnswers(inputs, raw).slice(0, mostStrays)];
  const answers: [string, Answers[string]][] = [];
  for (const input of inputs) {
    const [answer] = raw.filter(({ name }) => name === input.id);
    if (answer === undefined || isBlank(input, answer.value)) {
      problems.push(...missing(input, choice));
      continue;
    }
    const reading = judge(input, answer.value, choice);
    if (reading.kind === 'value') answers.push([input.id, reading.value]);
    else problems.push({ code: reading.code, input: input.id, sentence: reading.sentence });
  }
  // Ids hold no underscore, so none of them is `__proto__`.
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', answers: Object.fromEntries(answers) };
};

const judge = (input: Input, raw: RawAnswer['value'], choice: Choice): Reading => {
  const reading = readAnswer(input, raw);
  if (reading.kind !== 'value' || reading.value !== false || !isRequired(input, choice)) return reading;
  const sentence = `"${input.id}" must be confirmed. Expected - [x] ${input.id}, found an empty box.`;
  return { kind: 'wrong', code: 'not-confirmed', sentence };
};

const missing = (input: Input, choice: Choice): readonly AnswerProblem[] => {
  if (!isRequired(input, choice)) return [];
  const sentence = `"${input.id}" (${input.label}) is missing. Expected ${expectation(input)}.`;
  return [{ code: 'missing', input: input.id, sentence }];
};

const isBlank = (input: Input, raw: RawAnswer['value']): boolean => {
  if (typeof raw !== 'string') return false;
  const text = raw.trim();
  return text === '' || text === placeholder(input, 'approve') || text === placeholder(input, 'reject');
};

/** Answers that no input asks for, and answers that were given twice. */
const strayAnswers = (inputs: readonly Input[], raw: readonly RawAnswer[]): readonly AnswerProblem[] => {
  const ids = inputs.map(({ id }) => id);
  const names = raw.map(({ name }) => name);
  return [...new Set(names)].flatMap((name): readonly AnswerProblem[] => {
    if (!ids.includes(name)) {
      const asked = ids.length === 0 ? 'Nothing is asked here.' : `Expected one of ${ids.join(', ')}.`;
      const sentence = `${show(name)} is not asked for here. ${asked}${didYouMean(name, ids)}`;
      return [{ code: 'unknown-input', input: name, sentence }];
    }
    if (names.indexOf(name) === names.lastIndexOf(name)) return [];
    return [{ code: 'given-twice', input: name, sentence: `"${name}" is given twice. Keep one answer.` }];
  });
};
