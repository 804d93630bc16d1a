import { z } from 'zod';
import type { EventKind, HappeningOf } from '../../release/event.ts';
import { answers } from './answer-schema.ts';
import { count, digest, githubId, identifier, instant, person } from './value-schema.ts';

const attempt = { activity: identifier, attempt: count };

const via = z.strictObject({
  principal: z.string(),
  id: githubId,
  inherited: z.boolean(),
  role: z.string().exactOptional(),
});

export const elector = z.strictObject({
  person,
  rules: z.array(
    z.strictObject({ rule: z.int().min(0), via: z.array(via), guest: z.literal(true).exactOptional() }),
  ),
});

export const source = z.strictObject({
  kind: z.literal('comment'),
  id: githubId,
  url: z.string(),
  createdAt: instant,
  body: digest,
});

/** Bodies of the events about what people said. */
export const voteBodies = {
  'vote-cast': z.strictObject({
    ...attempt,
    scope: digest,
    elector,
    choice: z.enum(['approve', 'reject']),
    reason: z.string().exactOptional(),
    inputs: answers,
    source,
    seenAt: instant,
  }),
  'seat-delegated': z.strictObject({
    ...attempt,
    from: elector,
    to: person.exactOptional(),
    source,
    seenAt: instant,
  }),
  'advice-given': z.strictObject({
    ...attempt,
    person,
    choice: z.enum(['approve', 'reject']).exactOptional(),
    reason: z.string().exactOptional(),
    source,
  }),
  'vote-withdrawn': z.strictObject({ ...attempt, person, source, said: z.literal('reject').exactOptional() }),
  'doubt-raised': z.strictObject({
    ...attempt,
    person,
    what: z.enum(['edited', 'deleted']),
    comment: githubId,
    since: instant,
  }),
} satisfies { readonly [K in EventKind]?: z.ZodType<HappeningOf<K>['body']> };
