import type { UsableCatalog } from '../catalog/usable-catalog.ts';
import { checkCondition, type ValueType, type Vocabulary } from '../expression/check-expression.ts';
import type { ExpressionProblem, Path } from '../expression/expression.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, itemsOf, type Node, textOf, valueAt } from '../written/tree.ts';
import type { OutlinedActivity } from './outline.ts';
import type { WrittenInput } from './written-input.ts';

/** What an activity can have come to when somebody asks: one that people decide, and one that a machine works at. */
const outcomes = {
  manual: ['approved', 'rejected', 'expired', 'ignored', 'skipped'],
  automated: ['succeeded', 'failed', 'expired', 'ignored', 'skipped'],
} as const;

const automatedKeys = ['environment', 'checks', 'workflow'] as const;

const outcomesOf = (body: Node): readonly string[] =>
  outcomes[automatedKeys.some((key) => entryOf(body, key) !== undefined) ? 'automated' : 'manual'];

/** Conditions that cannot be read, or that name what is not there: better here than when the release stands still. */
export const checkConditions = (
  activities: readonly OutlinedActivity[],
  catalog: UsableCatalog,
): readonly Problem[] => {
  const vocabulary = vocabularyOf(activities, catalog);
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

const answerType = (type: string | undefined, options: readonly string[]): ValueType => ({
  kind: kinds.get(type ?? '') ?? 'text',
  ...(options.length > 0 ? { options } : {}),
});

const vocabularyOf = (activities: readonly OutlinedActivity[], catalog: UsableCatalog): Vocabulary => {
  const known = new Map<string, ValueType>(fixed);
  const unread = new Set<string>();
  for (const { name, inputs, body } of activities) {
    known.set(`activities.${name}.status`, { kind: 'text', options: outcomesOf(body) });
    const uses = valueAt(body, 'uses');
    const entry = catalog.get(textOf(uses) ?? '');
    if (uses !== undefined && entry === undefined) unread.add(name);
    // What the manifest says of a field takes the place of what the catalog says of it.
    for (const [key, input] of Object.entries(entry?.inputs ?? {}))
      known.set(`activities.${name}.inputs.${key}`, answerType(input.type, optionsOf(input)));
    for (const { key, value } of inputs) {
      const options = itemsOf(valueAt(value, 'options')).flatMap((item) => textOf(item) ?? []);
      const type = answerType(textOf(valueAt(value, 'type')), options);
      known.set(`activities.${name}.inputs.${key}`, type);
    }
  }
  return {
    typeOf: (path: Path) => known.get(path.join('.')) ?? ofUnknownEntry(path, unread),
    names: [...known.keys()],
  };
};

const optionsOf = (input: WrittenInput): readonly string[] => ('options' in input ? input.options : []);

/** An entry that the catalog does not have is said elsewhere; nobody knows what its form would ask. */
const ofUnknownEntry = ([root, name = '', part]: Path, unread: ReadonlySet<string>): ValueType | undefined =>
  root === 'activities' && part === 'inputs' && unread.has(name) ? { kind: 'any' } : undefined;
