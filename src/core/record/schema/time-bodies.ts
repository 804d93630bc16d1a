import { z } from 'zod';
import type { EventKind, HappeningOf } from '../../release/event.ts';
import { bindings, timetable } from './activity-bodies.ts';
import { principal } from './plan-schema.ts';
import { count, identifier, instant, person } from './value-schema.ts';
import { elector, source } from './vote-bodies.ts';

const attempt = { activity: identifier, attempt: count };
const rung = z.int().min(0);

/** Bodies of the events about time. */
export const timeBodies = {
  'reminder-due': z.strictObject({ ...attempt, rung, to: z.array(person) }),
  'activity-escalated': z.strictObject({
    ...attempt,
    rung,
    to: z.array(principal),
    granted: z.array(elector),
    bindings,
  }),
  'activity-deferred': z.strictObject({
    ...attempt,
    until: instant,
    person,
    as: z.enum(['owner', 'approver']),
    bindings,
    reason: z.string(),
    source,
    seenAt: instant,
    timetable: timetable.exactOptional(),
  }),
  'voting-opened': z.strictObject(attempt),
  'voting-closed': z.strictObject(attempt),
  'activity-resumed': z.strictObject(attempt),
} satisfies { readonly [K in EventKind]?: z.ZodType<HappeningOf<K>['body']> };
