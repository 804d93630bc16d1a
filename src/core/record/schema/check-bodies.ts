import { z } from 'zod';
import type { CheckKinds } from '../../release/check-event.ts';
import type { HappeningOf } from '../../release/event.ts';
import { count, githubId, identifier, instant } from './value-schema.ts';

const attempt = { activity: identifier, attempt: count };

const run = z.strictObject({
  id: githubId,
  name: z.string(),
  app: z.string(),
  workflow: z.strictObject({ path: z.string(), event: z.string(), run: githubId }).exactOptional(),
  url: z.string(),
  startedAt: instant.exactOptional(),
  ended: z.strictObject({ conclusion: z.string(), at: instant }),
});

/** Bodies of the events about checks of others. */
export const checkBodies = {
  'check-seen': z.strictObject({ ...attempt, run, advisory: z.literal(true).exactOptional() }),
  'preconditions-met': z.strictObject(attempt),
} satisfies { readonly [K in keyof CheckKinds]: z.ZodType<HappeningOf<K>['body']> };
