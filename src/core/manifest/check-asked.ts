import { checkCondition, type ValueType, type Vocabulary } from '../expression/check-expression.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { type Node, textOf, valueAt } from '../written/tree.ts';
import { sentenceIn } from './expression-sentence.ts';
import type { Input } from './input.ts';
import { type Activity, activitiesOf, isManual, type Manifest } from './manifest.ts';
import { outline } from './outline.ts';

/** What an activity can have come to when somebody asks: one that people decide, and one that a machine works at. */
const outcomes = {
  manual: ['approved', 'rejected', 'expired', 'ignored', 'skipped'],
  automated: ['succeeded', 'failed', 'expired', 'ignored', 'skipped'],
} as const;

/**
 * Conditions on what is not there: better here than when the release stands still. `plan` has every field, those that the
 * catalog and floors bring too; `root` is what the manifest was read from, whose conditions can all be read.
 */
export const checkAsked = (plan: Manifest, root: Node | undefined): readonly Problem[] => {
  const vocabulary = vocabularyOf(activitiesOf(plan));
  return outline(root)
    .flatMap(({ activities }) => activities)
    .flatMap(({ body }) => {
      const node = valueAt(body, 'if');
      const parsed = parseCondition(textOf(node) ?? '');
      if (node === undefined || parsed.kind === 'invalid') return [];
      return checkCondition(parsed.expression, vocabulary).map((problem) =>
        error('invalid-value', node.position, sentenceIn('condition', problem)),
      );
    });
};

const text: ValueType = { kind: 'text' };

const vocabularyOf = (activities: readonly Activity[]): Vocabulary => {
  const known = new Map<string, ValueType>([
    ['release.name', text],
    ['target.commit', text],
    ['target.ref', text],
  ]);
  for (const activity of activities) {
    const options = outcomes[isManual(activity) ? 'manual' : 'automated'];
    known.set(`activities.${activity.id}.status`, { kind: 'text', options });
    for (const input of activity.inputs)
      known.set(`activities.${activity.id}.inputs.${input.id}`, answerType(input));
  }
  return { typeOf: (path) => known.get(path.join('.')), names: [...known.keys()] };
};

const answerType = (input: Input): ValueType => {
  switch (input.type) {
    case 'number':
      return { kind: 'number' };
    case 'checkbox':
      return { kind: 'boolean' };
    case 'checkboxes':
      return { kind: 'list' };
    case 'multi-select':
      return { kind: 'list', options: input.options };
    case 'dropdown':
      return { kind: 'text', options: input.options };
    default:
      return text;
  }
};
