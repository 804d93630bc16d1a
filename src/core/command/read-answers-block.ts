import { readYaml } from '../written/read-yaml.ts';
import { entriesOf, type Node } from '../written/tree.ts';
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
    const answer = value.kind === 'list' ? listOf(value.items) : scalarOf(value);
    if (answer === undefined) return unreadable(`"${key}" needs a single value or a list of them.`);
    answers.push({ name: key, value: answer });
  }
  return { kind: 'answers', answers };
};

const scalarOf = (node: Node): string | boolean | undefined => {
  if (node.kind !== 'scalar') return undefined;
  return typeof node.value === 'string' || typeof node.value === 'boolean' ? node.value : node.source;
};

const listOf = (items: readonly Node[]): readonly string[] | undefined => {
  const values = items.map(scalarOf);
  return values.every((value) => value !== undefined) ? values.map(String) : undefined;
};

const unreadable = (why: string): AnswersBlock => ({
  kind: 'unreadable',
  why: `The yaml block cannot be read: ${why}`,
});
