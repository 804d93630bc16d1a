import type { ExpressionProblem } from '../expression/expression.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { textOf, valueAt } from '../written/tree.ts';
import type { OutlinedActivity } from './outline.ts';

/** Conditions that cannot be read; what they name is looked up once all fields are known (`checkAsked`). */
export const checkConditions = (activities: readonly OutlinedActivity[]): readonly Problem[] =>
  activities.flatMap(({ body }) => {
    const node = valueAt(body, 'if');
    const text = textOf(node);
    if (node === undefined || text === undefined) return [];
    const parsed = parseCondition(text);
    return parsed.kind === 'invalid'
      ? [error('invalid-value', node.position, conditionSentence(parsed))]
      : [];
  });

/** What is wrong with a condition, and where in it; counted from 1. */
export const conditionSentence = ({
  offset,
  expected,
  found,
}: Pick<ExpressionProblem, 'offset' | 'expected' | 'found'>): string =>
  `Expected ${expected}, found ${found} (character ${offset + 1} of the condition).`;
