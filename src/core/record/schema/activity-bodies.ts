import { z } from 'zod';
import type { EventKind, HappeningOf } from '../../release/event.ts';
import { answers } from './answer-schema.ts';
import { principal } from './plan-schema.ts';
import { issue } from './release-bodies.ts';
import { count, digest, githubId, identifier, instant, person } from './value-schema.ts';
import { elector } from './vote-bodies.ts';

const attempt = { activity: identifier, attempt: count };

const differences = z.array(
  z.strictObject({
    path: z.string(),
    before: z.string().exactOptional(),
    after: z.string().exactOptional(),
  }),
);

export const bindings = z.array(z.strictObject({ principal: z.string(), id: githubId }));

export const timetable = z.strictObject({
  opens: instant.exactOptional(),
  openUntil: instant.exactOptional(),
  deadline: instant.exactOptional(),
  reminders: z.array(instant),
  escalations: z.array(
    z.strictObject({ at: instant, to: z.array(principal), grant: z.literal(true).exactOptional() }),
  ),
  approves: instant.exactOptional(),
});

/** Bodies of the events about one attempt of an activity, votes apart. */
export const activityBodies = {
  'activity-activated': z.strictObject({
    ...attempt,
    scope: digest,
    roster: z.array(elector),
    bindings,
    timetable: timetable.exactOptional(),
  }),
  'scope-changed': z.strictObject({
    ...attempt,
    from: digest,
    to: digest,
    differences,
    lapsed: z.array(person),
    roster: z.array(elector),
    bindings,
    timetable: timetable.exactOptional(),
  }),
  'notice-posted': z.strictObject({
    ...attempt,
    scope: digest,
    issue,
    comment: githubId.exactOptional(),
    at: instant,
  }),
  'activity-approved': z.strictObject({
    ...attempt,
    scope: digest,
    approvals: z.array(person),
    inputs: answers,
    automatic: z.string().exactOptional(),
  }),
  'activity-rejected': z.strictObject({
    ...attempt,
    scope: digest,
    rejections: z.array(person),
    reason: z.string().exactOptional(),
  }),
  'attempt-superseded': z.strictObject({ ...attempt, from: digest, to: digest, differences }),
  'activity-aborted': z.strictObject({
    ...attempt,
    why: z.enum(['removed', 'cancelled', 'release-aborted', 'release-failed', 'unneeded']),
  }),
  'activity-skipped': z.strictObject({ activity: identifier }),
  'activity-expired': z.strictObject({ ...attempt, scope: digest, deadline: instant }),
} satisfies { readonly [K in EventKind]?: z.ZodType<HappeningOf<K>['body']> };
