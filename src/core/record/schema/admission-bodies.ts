import { z } from 'zod';
import type { AdmissionKinds } from '../../release/admission-event.ts';
import type { HappeningOf } from '../../release/event.ts';
import { count, githubId, identifier, instant } from './value-schema.ts';

const attempt = { activity: identifier, attempt: count };

const runAttempt = { run: githubId, attempt: count };

/** Bodies of the events about jobs that wait for us. */
export const admissionBodies = {
  'run-admitted': z.strictObject({
    ...attempt,
    environment: z.string(),
    run: z.strictObject({ ...runAttempt, path: z.string(), event: z.string(), url: z.string() }),
  }),
  'admitted-run-ended': z.strictObject({
    ...attempt,
    run: z.strictObject({ ...runAttempt, conclusion: z.string(), ended: instant }),
  }),
} satisfies { readonly [K in keyof AdmissionKinds]: z.ZodType<HappeningOf<K>['body']> };
