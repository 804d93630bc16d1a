import type { AnswerValue } from '../form/answer.ts';
import { answerText } from '../form/answer-text.ts';
import type { Evidence } from '../form/evidence.ts';
import { isEvidence } from '../form/evidence-in.ts';
import { expectation, sizeWords } from '../form/expectation.ts';
import type { Input } from '../manifest/input.ts';
import { markdown } from './escape.ts';

/** An answer as people read it, on one line of Markdown (T18); longer text is cut after `most` characters. */
export const answerWords = (value: AnswerValue, most = Number.POSITIVE_INFINITY): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (isEvidence(value)) return evidenceWords(value);
  const letters = [...answerText(value)];
  return markdown(letters.length <= most ? letters.join('') : `${letters.slice(0, most).join('')}…`);
};

const evidenceWords = (evidence: Evidence): string => {
  if (evidence.kind === 'link') return `attachment ${markdown(evidence.url)}, by reference only`;
  const { name, commit, type, size, sha256, stored } = evidence;
  const where = `${markdown(name)} at \`${commit}\``;
  const bytes = stored ? '' : ', not stored';
  return `${where} (${markdown(type)}, ${sizeWords(size)}${bytes}, SHA-256 \`${sha256}\`)`;
};

const necessityWords = {
  optional: 'optional',
  'to-approve': 'required',
  always: 'required, to reject as well',
};

/** All fields of a form together take about this many characters on a page at most (T17). */
const mostOfForm = 20_000;

/** What every field of a form asks for, one item of a list each. */
export const fieldLines = (inputs: readonly Input[]): readonly string[] =>
  inputs.flatMap((input) => [
    `- **${markdown(input.label)}** (\`${input.id}\`, ${necessityWords[input.required]}): ${takes(input, mostOfForm / inputs.length)}`,
    ...(input.description === undefined ? [] : [`  - ${markdown(input.description)}`]),
    ...(input.type === 'checkboxes'
      ? input.items.map(({ id, label }) => `  - \`${input.id}.${id}\`: ${markdown(label)}`)
      : []),
  ]);

const takes = (input: Input, most: number): string => `${markdown(expectation(input, most))}.`;
