import { readYaml } from '../written/read-yaml.ts';
import { entriesOf } from '../written/tree.ts';
import type { RawAnswer } from './command.ts';

/** The answers of a fenced block, or why they cannot be read. */
export type AnswersBlock =
  | { readonly kind: 'answers'; readonly answers: readonly RawAnswer[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a fenced `yaml` block. Numbers keep the form they were written in, so that `0123` stays a ticket number. */
export const readAnswersBlock = (yaml: string): AnswersBlock => {
  const read = readYaml(new TextEncoder().encode(yaml));
  if (read.kind === 'unreadable' || read.problems.length > 0) {
    return unreadable(
      read.problems.map(({ position, message }) => `line ${position.line}: ${message}`).join(' '),
    );
  }
  const answers: RawAnswer[] = [];
  for (const { key, value } of entriesOf(read.root)) {
    if (value.kind !== 'scalar') return unreadable(`"${key}" needs a single value, not a ${value.kind}.`);
    const literal = typeof value.value === 'string' || typeof value.value === 'boolean';
    answers.push({ name: key, value: literal ? (value.value as string | boolean) : value.source });
  }
  return { kind: 'answers', answers };
};

const unreadable = (why: string): AnswersBlock => ({
  kind: 'unreadable',
  why: `The yaml block cannot be read: ${why}`,
});
