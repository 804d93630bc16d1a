import { checkCondition, type ValueType, type Vocabulary } from '../expression/check-expression.ts';
import type { ExpressionProblem, Path } from '../expression/expression.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, itemsOf, textOf, valueAt } from '../written/tree.ts';
import type { OutlinedActivity } from './outline.ts';

/** What an activity can have come to when somebody asks. */
export const outcomes = ['approved', 'rejected', 'expired', 'ignored', 'skipped'] as const;

/** Conditions that cannot be read, or that name what is not there: better here than when the release stands still. */
export const checkConditions = (activities: readonly OutlinedActivity[]): readonly Problem[] => {
  const vocabulary = vocabularyOf(activities);
  return activities.flatMap(({ body }) => {
    const node = valueAt(body, 'if');
    const text = textOf(node);
    if (node === undefined || text === undefined) return [];
    const parsed = parseCondition(text);
    const problems = parsed.kind === 'invalid' ? [parsed] : checkCondition(parsed.expression, vocabulary);
    return problems.map((problem) => error('invalid-value', node.position, sentence(problem)));
  });
};

const sentence = ({
  offset,
  expected,
  found,
}: Pick<ExpressionProblem, 'offset' | 'expected' | 'found'>): string =>
  `Expected ${expected}, found ${found} (character ${offset + 1} of the condition).`;

const text: ValueType = { kind: 'text' };

const fixed: ReadonlyMap<string, ValueType> = new Map([
  ['release.name', text],
  ['target.commit', text],
  ['target.ref', text],
]);

const kinds: ReadonlyMap<string, ValueType['kind']> = new Map([
  ['number', 'number'],
  ['checkbox', 'boolean'],
  ['checkboxes', 'list'],
  ['multi-select', 'list'],
]);

const vocabularyOf = (activities: readonly OutlinedActivity[]): Vocabulary => {
  const known = new Map<string, ValueType>(fixed);
  const usesCatalog = new Set<string>();
  for (const { name, inputs, body } of activities) {
    known.set(`activities.${name}.status`, { kind: 'text', options: outcomes });
    if (entryOf(body, 'uses') !== undefined) usesCatalog.add(name);
    for (const { key, value } of inputs) {
      const options = itemsOf(valueAt(value, 'options')).flatMap((item) => textOf(item) ?? []);
      const kind = kinds.get(textOf(valueAt(value, 'type')) ?? '') ?? 'text';
      known.set(`activities.${name}.inputs.${key}`, { kind, ...(options.length > 0 ? { options } : {}) });
    }
  }
  return {
    typeOf: (path: Path) => known.get(path.join('.')) ?? fromCatalog(path, usesCatalog),
    names: [...known.keys()],
  };
};

/** Inputs of the catalog are not written here. */
const fromCatalog = (
  [root, name = '', part]: Path,
  usesCatalog: ReadonlySet<string>,
): ValueType | undefined =>
  root === 'activities' && part === 'inputs' && usesCatalog.has(name) ? { kind: 'any' } : undefined;
