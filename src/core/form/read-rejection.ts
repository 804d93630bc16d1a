import type { RawAnswer } from '../command/command.ts';
import type { Input } from '../manifest/input.ts';
import type { FormResult } from './answer.ts';
import { isRequired } from './placeholder.ts';
import { namesOf, readAnswers } from './read-answers.ts';
import type { FormWorld } from './read-file.ts';

/**
 * Judges the answers that came with a rejection. Only what it needs can be missing or wrong: a rejection that is refused
 * over another line is a stop that did not happen (T15, decision 0008). Of the other fields it keeps what is understood.
 */
export const readRejection = (
  inputs: readonly Input[],
  raw: readonly RawAnswer[],
  world: FormWorld,
): FormResult => {
  const needed = new Set(inputs.filter((input) => isRequired(input, 'reject')).flatMap(namesOf));
  const known = new Set(inputs.flatMap(namesOf));
  const times = new Map<string, number>();
  for (const { name } of raw) times.set(name, (times.get(name) ?? 0) + 1);
  const plain = raw.filter(({ name }) => needed.has(name) || (known.has(name) && times.get(name) === 1));
  const form = readAnswers(inputs, plain, 'reject', world);
  if (form.kind !== 'invalid') return form;
  const problems = form.problems.filter(({ input }) => needed.has(input));
  return problems.length > 0 ? { ...form, problems } : { kind: 'valid', answers: form.understood };
};
