import { z } from 'zod';
import type { Answers, AnswerValue } from '../../form/answer.ts';
import { digest, identifier, sha } from './value-schema.ts';

const answer: z.ZodType<AnswerValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.strictObject({
    kind: z.literal('file'),
    name: z.string(),
    commit: sha,
    sha256: digest,
    size: z.int().min(0),
    type: z.string(),
    stored: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('link'), url: z.string() }),
]);

/** Answers by input id, as an event carries them. */
export const answers: z.ZodType<Answers> = z.record(identifier, answer);
