import { isDay } from '../form/day.ts';
import type { Problem } from '../problem.ts';
import { checkIds } from '../written/check-ids.ts';
import { show } from '../written/check-shape.ts';
import { error } from '../written/decode-text.ts';
import { type Entry, itemsOf, type Node, spotAt, textOf, valueAt } from '../written/tree.ts';
import { checkDefault } from './check-default.ts';
import { highestPatternCost, longestPatternedText, patternCost } from './pattern-cost.ts';

/** What a schema cannot say about the fields of a form (S-091 to S-099, G-21). */
export const checkInputs = (inputs: readonly Entry[]): readonly Problem[] =>
  inputs.flatMap(({ value }) => {
    const pattern = checkPattern(value);
    return [
      ...checkOptions(value),
      ...checkItems(value),
      ...checkDays(value),
      ...checkRange(value, 'min', 'max'),
      ...checkRange(value, 'min-length', 'max-length'),
      ...checkCount(value),
      ...pattern,
      // A pattern that is no good is not tried on anything.
      ...(pattern.length === 0 ? checkDefault(value) : []),
    ];
  });

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
    if (option.includes(',') && typeOf(input) === 'multi-select') {
      const message = `Expected an option without a comma, for commas part those chosen, found ${show(option)}.`;
      problems.push(error('invalid-value', item.position, message));
    }
    seen.add(option);
  }
  return problems;
};

const typeOf = (input: Node): string | undefined => textOf(valueAt(input, 'type'));

const mostItems = 50;

const checkItems = (input: Node): readonly Problem[] => {
  const { node, holder } = spotAt(input, ['items']);
  if (node?.kind !== 'map') return [];
  const many = `Expected 1 to ${mostItems} boxes, found ${node.entries.length}.`;
  const fits = node.entries.length > 0 && node.entries.length <= mostItems;
  const ids = node.entries.map(({ key, position }) => ({ name: key, position }));
  return [...(fits ? [] : [error('invalid-value', holder, many)]), ...checkIds(ids)];
};

const checkDays = (input: Node): readonly Problem[] =>
  (typeOf(input) === 'date' ? ['min', 'max'] : []).flatMap((key) => {
    const node = valueAt(input, key);
    const text = textOf(node);
    if (node === undefined || text === undefined || isDay(text)) return [];
    return [error('invalid-value', node.position, `Expected a day of the calendar, found ${show(text)}.`)];
  });

const checkRange = (input: Node, least: string, most: string): readonly Problem[] => {
  const max = valueAt(input, most);
  const low = boundOf(valueAt(input, least));
  const high = boundOf(max);
  if (max === undefined || low === undefined || high === undefined || typeof low !== typeof high) return [];
  const message = `Expected ${most} to be at least ${least}, found ${high} below ${low}.`;
  return low <= high ? [] : [error('conflict', max.position, message)];
};

/** Numbers are in their order, and so are days as text. */
const boundOf = (node: Node | undefined): number | string | undefined => numberOf(node) ?? textOf(node);

/** Nobody can choose more than there is. */
const checkCount = (input: Node): readonly Problem[] => {
  const options = valueAt(input, 'options') ?? valueAt(input, 'items');
  const count = options?.kind === 'map' ? options.entries.length : itemsOf(options).length;
  return ['min', 'max'].flatMap((key) => {
    const node = valueAt(input, key);
    const bound = numberOf(node);
    if (options === undefined || node === undefined || bound === undefined || bound <= count) return [];
    return [error('conflict', node.position, `Expected ${key} to be at most ${count}, found ${bound}.`)];
  });
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
