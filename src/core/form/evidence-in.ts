import type { Answers, AnswerValue } from './answer.ts';
import { isList } from './answer-text.ts';
import type { Evidence } from './evidence.ts';

export type EvidenceFile = Extract<Evidence, { readonly kind: 'file' }>;

export const isEvidence = (value: AnswerValue): value is Evidence =>
  typeof value === 'object' && !isList(value);

/** The files that answers name, in the order of the form. */
export const evidenceIn = (answers: Answers): readonly EvidenceFile[] =>
  Object.values(answers).flatMap((value) => (isEvidence(value) && value.kind === 'file' ? [value] : []));
