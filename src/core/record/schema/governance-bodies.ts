import { z } from 'zod';
import type { EventKind, HappeningOf } from '../../release/event.ts';
import { bindings } from './activity-bodies.ts';
import { answers } from './answer-schema.ts';
import { count, identifier, instant, person } from './value-schema.ts';
import { elector, source } from './vote-bodies.ts';

const act = z.enum(['retry', 'ignore']);
const wanted = z.enum(['retry', 'ignore', 'override']);

const cast = {
  elector,
  roster: z.array(elector),
  bindings,
  reason: z.string(),
  source,
  seenAt: instant,
};

/** Bodies of the events about what owners and custodians did. */
export const governanceBodies = {
  'overrule-cast': z.strictObject({
    ...cast,
    activity: identifier,
    attempt: count,
    act: wanted,
    inputs: answers,
  }),
  'activity-overruled': z.strictObject({
    activity: identifier,
    attempt: count,
    act,
    by: z.array(person),
    reason: z.string(),
    inputs: answers,
  }),
  'acknowledgement-cast': z.strictObject({ ...cast, deviations: count }),
  'deviations-acknowledged': z.strictObject({ by: z.array(person), deviations: count }),
  'release-aborted': z.strictObject({
    person,
    as: z.enum(['owner', 'approver']),
    bindings,
    reason: z.string(),
    source,
    seenAt: instant,
  }),
} satisfies { readonly [K in EventKind]?: z.ZodType<HappeningOf<K>['body']> };
