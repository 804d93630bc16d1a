import type { z } from 'zod';
import type { Problem, ProblemCode } from '../problem.ts';
import { didYouMean } from './closest.ts';
import { error } from './decode-text.ts';
import { type Grammar, placeAt } from './grammar.ts';
import { type Node, type Path, plain, spotAt } from './tree.ts';

type Issue = z.core.$ZodIssue;

/** The value where it fits the schema; every problem, each at its place, where it does not. */
export type Shape<W> =
  | { readonly kind: 'fits'; readonly value: W }
  | { readonly kind: 'differs'; readonly problems: readonly Problem[] };

/** More problems than this in one file help nobody. */
export const mostProblems = 500;

/** Compares a file with its schema. The messages of the schema are phrases that say what was expected. */
export const checkShape = <S extends z.ZodType>(
  schema: S,
  root: Node,
  grammar: Grammar,
): Shape<z.output<S>> => {
  const result = schema.safeParse(plain(root));
  if (result.success) return { kind: 'fits', value: result.data };
  const problems = result.error.issues
    .slice(0, mostProblems)
    .flatMap((issue) => problemsOf(issue, [], root, grammar));
  return { kind: 'differs', problems };
};

const problemsOf = (issue: Issue, above: Path, root: Node, grammar: Grammar): readonly Problem[] => {
  const path: Path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostProblems).map((key) => strangeKey(key, path, root, grammar));
  }
  const branch = issue.code === 'invalid_union' ? meantBranch(issue.errors) : undefined;
  if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, root, grammar));
  const { node } = spotAt(root, path);
  return node === undefined ? [missingKey(issue, path, root)] : [wrongValue(issue, node)];
};

/** Of several forms that a value may have, the one that the writer chose; none if it has none of them. */
const meantBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches.find((issues) => !issues.some(isOtherForm));

const isOtherForm = (issue: Issue): boolean => {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return meantBranch(issue.errors) === undefined;
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
};

const strangeKey = (key: string, path: Path, root: Node, grammar: Grammar): Problem => {
  const { holder } = spotAt(root, [...path, key]);
  const { keys, later } = placeAt(grammar, path);
  if (later.includes(key))
    return error('not-supported-yet', holder, `"${key}" is not supported yet. Remove it.`);
  if (keys.includes(key)) {
    return error('unknown-key', holder, `"${key}" does not go with the other keys here. Remove it.`);
  }
  const expected = `Expected one of ${keys.join(', ')}.`;
  return error('unknown-key', holder, `${show(key)} is not a key here. ${expected}${didYouMean(key, keys)}`);
};

const missingKey = (issue: Issue, path: Path, root: Node): Problem => {
  const parent = spotAt(root, path.slice(0, -1));
  return error(
    'missing-key',
    parent.holder,
    `"${String(path.at(-1))}" is missing. Expected ${issue.message}.`,
  );
};

const wrongValue = (issue: Issue, node: Node): Problem => {
  const message = `Expected ${issue.message}, found ${describe(node)}.${quoteHint(issue, node)}`;
  return error(codeOf(issue, node), node.position, message);
};

const codeOf = (issue: Issue, node: Node): ProblemCode => {
  // Where no list belongs at all, to fill it would not help.
  if (issue.code === 'too_small' && node.kind === 'list' && node.items.length === 0) return 'empty';
  if (issue.code === 'invalid_type') return issue.expected === 'int' ? 'invalid-value' : 'wrong-type';
  const blank = node.kind !== 'scalar' || node.value === null;
  return issue.code === 'invalid_union' && blank ? 'wrong-type' : 'invalid-value';
};

const quoteHint = (issue: Issue, node: Node): string => {
  const text = issue.code === 'invalid_type' && issue.expected === 'string';
  return text && node.kind === 'scalar' && node.value !== null ? ' Put it in quotes.' : '';
};

const describe = (node: Node): string => {
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  if (node.kind === 'map') return 'keys with values';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? show(node.value) : `the ${typeof node.value} ${node.source}`;
};

/** A found text in quotes, on one line, at most 60 characters of it. */
export const show = (text: string): string => {
  const characters = [...text];
  return JSON.stringify(characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text);
};
