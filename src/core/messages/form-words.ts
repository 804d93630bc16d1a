import { answerBlock, fenced } from '../form/answer-block.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Answer } from '../release/refusal.ts';
import { answerWords } from './answer-words.ts';
import { markdown } from './escape.ts';

/** The command that could not be read, with its form, to copy; nothing where there is no such block. */
export const blockFor = ({ id, inputs }: Activity, verb: string): readonly string[] => {
  if (verb !== 'approve' && verb !== 'done' && verb !== 'reject') return [];
  const choice = verb === 'reject' ? verb : 'approve';
  const command = verb === 'reject' ? '/reject REASON' : `/${verb} ${id}`;
  return ['', invitation, '', ...fenced(answerBlock(inputs, choice, command))];
};

const invitation = 'Copy this, fill it in and send it as a new comment:';

type InvalidAnswers = Extract<Answer, { readonly code: 'invalid-answers' }>;

/** What was understood, what is missing, what is wrong, and the block to copy with all that was given (T18). */
export const formLines = (to: string, answer: InvalidAnswers, verb: string): readonly string[] => {
  const sentences = (missing: boolean) =>
    answer.problems
      .filter(({ code }) => (code === 'missing') === missing)
      .map(({ sentence }) => `- ${markdown(sentence)}`);
  const understood = Object.entries(answer.understood).map(
    ([id, value]) => `- \`${id}\`: ${answerWords(value, longestShown)}`,
  );
  return [
    `${to} Your \`/${verb}\` was not counted yet.`,
    ...part('Understood:', understood),
    ...part('Missing:', sentences(true)),
    ...part('Wrong:', sentences(false)),
    '',
    invitation,
    '',
    ...fenced(filledBlock(answer, verb)),
  ];
};

/** Whoever wrote a long answer knows it by its beginning; in characters. */
const longestShown = 100;

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, '', ...lines];

/** The host takes comments of 65,536 characters; what does not fit is written once more by whoever wrote it. */
const longestBlock = 30_000;

const filledBlock = (answer: InvalidAnswers, verb: string): string => {
  const { inputs, understood, reason } = answer;
  const choice = answer.verb === 'approve' ? 'approve' : 'reject';
  const why = reason ?? (choice === 'approve' ? '' : 'REASON');
  const command = `/${verb} ${why}`.trimEnd();
  const block = answerBlock(inputs, choice, command, understood);
  return block.length <= longestBlock ? block : answerBlock(inputs, choice, command);
};
