import type { Problem } from '../problem.ts';
import { show } from '../written/check-shape.ts';
import { error } from '../written/decode-text.ts';
import { type Entry, itemsOf, type Node, textOf, valueAt } from '../written/tree.ts';
import { highestPatternCost, longestPatternedText, patternCost } from './pattern-cost.ts';

/** What a schema cannot say about the fields of a form (S-091 to S-099). */
export const checkInputs = (inputs: readonly Entry[]): readonly Problem[] =>
  inputs.flatMap(({ value }) => [...checkOptions(value), ...checkRange(value), ...checkPattern(value)]);

const checkOptions = (input: Node): readonly Problem[] => {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const item of itemsOf(valueAt(input, 'options'))) {
    const option = textOf(item);
    if (option === undefined) continue;
    if (seen.has(option)) {
      problems.push(
        error('duplicate-id', item.position, `The option ${show(option)} stands twice. Keep one of them.`),
      );
    }
    seen.add(option);
  }
  return problems;
};

const checkRange = (input: Node): readonly Problem[] => {
  const min = valueAt(input, 'min');
  const max = valueAt(input, 'max');
  const low = numberOf(min);
  const high = numberOf(max);
  if (max === undefined || low === undefined || high === undefined || low <= high) return [];
  return [error('conflict', max.position, `Expected max to be at least min, found ${high} below ${low}.`)];
};

const numberOf = (node: Node | undefined): number | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;

const checkPattern = (input: Node): readonly Problem[] => {
  const node = valueAt(input, 'pattern');
  const pattern = textOf(node);
  if (node === undefined || pattern === undefined || pattern.length > 200) return [];
  const refuse = (message: string): readonly Problem[] => [error('invalid-value', node.position, message)];
  // Only newer engines know them.
  if (/\(\?[a-z-]+:/u.test(pattern))
    return refuse('Flags inside a regular expression are not supported. Remove them.');
  const failure = compileFailure(pattern);
  if (failure !== undefined)
    return refuse(`Expected a regular expression, found ${show(pattern)}: ${failure}.`);
  if (patternCost(pattern) > highestPatternCost) {
    const why =
      'this regular expression could take very long: it repeats something that repeats or has alternatives';
    return refuse(`Expected at most three open-ended repetitions, none inside another; ${why}. Simplify it.`);
  }
  const length = numberOf(valueAt(input, 'min-length')) ?? 0;
  if (length <= longestPatternedText) return [];
  return refuse(
    `A text with a pattern has at most ${longestPatternedText} characters; min-length asks for more.`,
  );
};

/** Why JavaScript refuses the expression, if it does. */
const compileFailure = (pattern: string): string | undefined => {
  try {
    new RegExp(pattern, 'u').test('');
    return undefined;
  } catch (failure) {
    return String((failure as Error).message)
      .split(': ')
      .at(-1);
  }
};
