import { parseCondition } from '../expression/parse-expression.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { textOf, valueAt } from '../written/tree.ts';
import { sentenceIn } from './expression-sentence.ts';
import type { OutlinedActivity } from './outline.ts';

/** Conditions that cannot be read; what they name is looked up once all fields are known (`checkAsked`). */
export const checkConditions = (activities: readonly OutlinedActivity[]): readonly Problem[] =>
  activities.flatMap(({ body }) => {
    const node = valueAt(body, 'if');
    const text = textOf(node);
    if (node === undefined || text === undefined) return [];
    const parsed = parseCondition(text);
    return parsed.kind === 'invalid'
      ? [error('invalid-value', node.position, sentenceIn('condition', parsed))]
      : [];
  });
