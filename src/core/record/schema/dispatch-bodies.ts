import { z } from 'zod';
import type { DispatchKinds } from '../../release/dispatch-event.ts';
import type { HappeningOf } from '../../release/event.ts';
import { count, githubId, identifier, instant, sha } from './value-schema.ts';

const attempt = { activity: identifier, attempt: count };

const run = z.strictObject({
  id: githubId,
  url: z.string(),
  path: z.string(),
  event: z.string(),
  commit: sha,
  createdAt: instant,
  ended: z.strictObject({ conclusion: z.string(), at: instant }),
});

const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), run: githubId, url: z.string() }),
  z.strictObject({ kind: z.literal('accepted') }),
  z.strictObject({
    kind: z.literal('refused'),
    why: z.enum(['moved', 'forbidden', 'missing', 'invalid']),
    said: z.string(),
  }),
]);

/** Bodies of the events about workflows that a release starts. */
export const dispatchBodies = {
  'workflow-ordered': z.strictObject({
    ...attempt,
    environment: z.string(),
    workflow: z.string(),
    ref: z.string(),
    commit: sha,
    inputs: z.record(z.string(), z.string()),
  }),
  'workflow-answered': z.strictObject({ ...attempt, answer }),
  'workflow-ended': z.strictObject({ ...attempt, run }),
} satisfies { readonly [K in keyof DispatchKinds]: z.ZodType<HappeningOf<K>['body']> };
