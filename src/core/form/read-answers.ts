import type { RawAnswer } from '../command/command.ts';
import type { Input, InputOf } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';
import { show } from '../written/check-shape.ts';
import { didYouMean } from '../written/closest.ts';
import type { AnswerProblem, AnswerValue, FormResult } from './answer.ts';
import { isList } from './answer-text.ts';
import { expectation, listed } from './expectation.ts';
import type { FileName } from './file-name.ts';
import { isRequired, placeholder } from './placeholder.ts';
import { exposed, readAnswer } from './read-answer.ts';
import { readCheckboxes } from './read-boxes.ts';
import type { FormWorld } from './read-file.ts';
import type { Reading } from './reading.ts';
import { secretIn } from './secrets.ts';

/** One wrong block of text can hold thousands of lines that nobody asked for; a few of them tell it (T17). */
const mostStrays = 20;

/**
 * Judges the answers that came with a decision: every value that was given, or every problem at once beside what was
 * understood. An empty answer and an untouched placeholder count as not given. Never throws; takes time in proportion
 * to the answers.
 */
export const readAnswers = (
  inputs: readonly Input[],
  raw: readonly RawAnswer[],
  choice: Choice,
  world: FormWorld,
): FormResult => {
  const given = byName(raw);
  const problems: AnswerProblem[] = [...strayAnswers(inputs, given)];
  const answers: [string, AnswerValue][] = [];
  const files: FileName[] = [];
  for (const input of inputs) {
    const reading = readInput(input, given, choice, world);
    if (reading === undefined) problems.push(...missing(input, choice));
    else if (reading.kind === 'value') answers.push([input.id, reading.value]);
    else if (reading.kind === 'ask') files.push(reading.file);
    else if (reading.kind === 'unknown') return reading;
    else {
      problems.push({ code: reading.code, input: input.id, sentence: reading.sentence });
      if (reading.kept !== undefined) answers.push([input.id, reading.kept]);
    }
  }
  if (files.length > 0) return { kind: 'ask', files };
  // Ids hold no underscore, so none of them is `__proto__`.
  const understood = Object.fromEntries(answers);
  return problems.length > 0
    ? { kind: 'invalid', problems, understood }
    : { kind: 'valid', answers: understood };
};

type Given = ReadonlyMap<string, readonly RawAnswer[]>;

const byName = (raw: readonly RawAnswer[]): Given => {
  const given = new Map<string, RawAnswer[]>();
  for (const answer of raw) {
    const { name } = answer;
    const known = given.get(name);
    if (known === undefined) given.set(name, [answer]);
    else known.push(answer);
  }
  return given;
};

/** Undefined where nothing was answered. */
const readInput = (input: Input, given: Given, choice: Choice, world: FormWorld): Reading | undefined => {
  if (input.type === 'checkboxes') return readBoxes(input, given, choice);
  const value = given.get(input.id)?.[0]?.value;
  if (value === undefined || isBlank(input, value)) return undefined;
  const reading = readAnswer(input, value, world);
  if (reading.kind !== 'value' || reading.value !== false || !isRequired(input, choice)) return reading;
  const sentence = `"${input.id}" must be confirmed. Expected - [x] ${input.id}, found an empty box.`;
  return { kind: 'wrong', code: 'not-confirmed', sentence };
};

const readBoxes = (input: InputOf<'checkboxes'>, given: Given, choice: Choice): Reading | undefined => {
  const answers = namesOf(input).flatMap((name) => given.get(name) ?? []);
  if (!answers.some(({ value }) => value !== false && !isBlank(input, value))) {
    return answers.length > 0 && isRequired(input, choice) ? readCheckboxes(input, [], true) : undefined;
  }
  const secret = secretIn(answers.map(({ value }) => String(value)).join('\n'));
  return secret === undefined
    ? readCheckboxes(input, answers, isRequired(input, choice))
    : exposed(input.id, secret);
};

/** The names under which an input is answered: boxes have one each. */
export const namesOf = (input: Input): readonly string[] =>
  input.type === 'checkboxes' ? [input.id, ...input.items.map(({ id }) => `${input.id}.${id}`)] : [input.id];

const missing = (input: Input, choice: Choice): readonly AnswerProblem[] => {
  if (!isRequired(input, choice)) return [];
  const sentence = `"${input.id}" (${input.label}) is missing. Expected ${expectation(input)}.`;
  return [{ code: 'missing', input: input.id, sentence }];
};

const isBlank = (input: Input, raw: RawAnswer['value']): boolean => {
  if (isList(raw)) return raw.length === 0;
  if (typeof raw !== 'string') return false;
  const text = raw.trim();
  return text === '' || text === placeholder(input, 'approve') || text === placeholder(input, 'reject');
};

/** Answers that no input asks for, and answers that were given twice. */
const strayAnswers = (inputs: readonly Input[], given: Given): readonly AnswerProblem[] => {
  const names = inputs.flatMap(namesOf);
  const known = new Set(names);
  const problems: AnswerProblem[] = [];
  for (const [name, answers] of given) {
    if (problems.length === mostStrays) break;
    if (!known.has(name)) problems.push(unasked(name, names));
    else if (answers.length > 1) {
      problems.push({
        code: 'given-twice',
        input: name,
        sentence: `"${name}" is given twice. Keep one answer.`,
      });
    }
  }
  return problems;
};

const unasked = (name: string, names: readonly string[]): AnswerProblem => {
  const asked = names.length === 0 ? 'Nothing is asked here.' : `Expected one of ${listed(names, 'or')}.`;
  // A name is whatever somebody wrote before a colon (T19).
  const secret = secretIn(name) !== undefined;
  const sentence = `${secret ? 'Something' : show(name)} is not asked for here. ${asked}${didYouMean(name, names)}`;
  return { code: 'unknown-input', input: secret ? '' : name, sentence };
};
