import { isPlain } from '../form/placeholder.ts';
import { readAnswer, type SingleInput } from '../form/read-answer.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { type Node, plain, valueAt } from '../written/tree.ts';
import { normalizeInput } from './normalize-input.ts';
import { input } from './written-input.ts';

const nowhere = { host: '', files: new Map() };

/** A default has to keep the rules of its own field, or whoever trusts it gets a refusal; and its line must be a line. */
export const checkDefault = (node: Node): readonly Problem[] => {
  const place = valueAt(node, 'default');
  // What does not fit the schema has its problem already.
  const shaped = input.safeParse(plain(node));
  if (place === undefined || !shaped.success) return [];
  // The schema has no default for boxes.
  const field = normalizeInput('default', shaped.data) as SingleInput;
  const text = field.default as string;
  if (!isPlain(text)) {
    const message = 'Expected a default without ` and <, which Markdown takes for code and HTML.';
    return [error('invalid-value', place.position, message)];
  }
  const reading = readAnswer(field, text, nowhere);
  return reading.kind === 'wrong' ? [error('invalid-value', place.position, reading.sentence)] : [];
};
