import type { z } from 'zod';
import type { Parsed, Problem } from '../problem.ts';
import { checkShape, mostProblems, show } from './check-shape.ts';
import { error } from './decode-text.ts';
import type { Grammar } from './grammar.ts';
import { type Readable, readOf } from './read-yaml.ts';
import { type Node, start } from './tree.ts';

/** One kind of file: its shape, what a schema cannot say, and what the program makes of it. */
export type FileKind<S extends z.ZodType, T> = {
  readonly schema: S;
  readonly grammar: Grammar;
  /** Looks at whatever of the tree can be understood, so that one mistake does not hide another. */
  readonly rules: (root: Node) => readonly Problem[];
  /** `root` is what was written, for whoever must say later where something stands. */
  readonly normalize: (written: z.output<S>, root: Node) => T;
};

/**
 * Reads a file that a person wrote: the value, or every problem at once in the order of the file. Never throws: where we
 * are at fault the file counts for nothing, as any with an error, and those beside it are read (T17).
 */
export const parseWritten = <S extends z.ZodType, T>(file: Readable, kind: FileKind<S, T>): Parsed<T> => {
  try {
    return parse(file, kind);
  } catch (fault) {
    const message = `Countersign cannot read this file because of a fault of its own. Please report it: ${show(String(fault))}.`;
    return { kind: 'invalid', problems: [error('fault', start, message)] };
  }
};

const parse = <S extends z.ZodType, T>(file: Readable, kind: FileKind<S, T>): Parsed<T> => {
  const read = readOf(file);
  if (read.kind === 'unreadable') return { kind: 'invalid', problems: read.problems };
  const shape = checkShape(kind.schema, read.root, kind.grammar);
  const found = [...(shape.kind === 'differs' ? shape.problems : []), ...kind.rules(read.root)];
  const problems = inFileOrder([
    ...read.problems,
    ...found.filter((problem) => !isEcho(problem, read.problems)),
  ]);
  if (shape.kind === 'differs' || problems.length > 0) return { kind: 'invalid', problems: atMost(problems) };
  return { kind: 'valid', value: kind.normalize(shape.value, read.root), problems };
};

/** What YAML refused is not also a wrong value. */
const isEcho = ({ position }: Problem, earlier: readonly Problem[]): boolean =>
  earlier.some((other) => other.position.line === position.line && other.position.column === position.column);

const inFileOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);

const atMost = (problems: readonly Problem[]): readonly Problem[] => {
  const [next] = problems.slice(mostProblems);
  if (next === undefined) return problems;
  const message = 'There are more problems from here on. Correct those above first.';
  return [...problems.slice(0, mostProblems), error('conflict', next.position, message)];
};
