import type { RawAnswer } from '../command/command.ts';
import type { Answers } from '../form/answer.ts';
import { readAnswers } from '../form/read-answers.ts';
import { readRejection } from '../form/read-rejection.ts';
import type { Input } from '../manifest/input.ts';
import type { Choice } from '../policy/policy.ts';
import { answer, type Meaning } from './attest.ts';
import type { Overruling } from './event.ts';
import type { Comment, Facts } from './facts.ts';

type Asking = {
  readonly kind: Choice | Overruling;
  readonly answers: readonly RawAnswer[];
  readonly reason?: string;
};

/**
 * The answers that came with a vote or an overruling, whichever thread it stands on; or what to do first. Overruling asks
 * for as much as a rejection, but what is wrong with any line refuses it: it stops nothing.
 */
export function readForm(
  inputs: readonly Input[],
  { kind, answers, reason }: Asking,
  comment: Comment,
  { files }: Pick<Facts, 'files'>,
): { readonly kind: 'answered'; readonly answers: Answers } | Meaning {
  const world = { host: hostOf(comment), files };
  const form =
    kind === 'reject'
      ? readRejection(inputs, answers, world)
      : readAnswers(inputs, answers, kind === 'approve' ? kind : 'reject', world);
  switch (form.kind) {
    case 'valid':
      return { kind: 'answered', answers: form.answers };
    case 'ask':
      return { kind: 'ask-files', files: form.files };
    case 'unknown':
      return { kind: 'unknown', why: `A file that an answer names could not be looked up: ${form.why}.` };
    case 'invalid': {
      const { problems, understood } = form;
      const why = reason === undefined ? {} : { reason };
      return answer({ code: 'invalid-answers', verb: kind, problems, understood, inputs, ...why });
    }
  }
}

/** The web address of the host: comments and attachments live at the same one. */
const hostOf = ({ url }: Comment): string => url.split('/', 3).join('/');
