import { z } from 'zod';
import type { HappeningOf } from '../../release/event.ts';
import type { MachineKinds } from '../../release/machine-event.ts';
import { weekdays } from '../../time/date.ts';
import { bindings } from './activity-bodies.ts';
import { count, githubId, identifier, instant, person, sha } from './value-schema.ts';
import { source } from './vote-bodies.ts';

const attempt = { activity: identifier, attempt: count };

const freeze = z.strictObject({
  name: z.string(),
  from: instant,
  until: instant,
  environments: z.array(z.string()),
});

const holds = z.strictObject({
  freezes: z.array(freeze),
  windows: z.array(
    z.strictObject({
      days: z.array(z.enum(weekdays)),
      from: z.string(),
      until: z.string(),
      zone: z.string(),
    }),
  ),
});

const barrier = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('freeze'), freeze }),
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('unapproved'), activities: z.array(identifier) }),
  z.strictObject({ kind: z.literal('rejected'), activity: identifier }),
  z.strictObject({ kind: z.literal('moved'), ref: z.string() }),
  z.strictObject({ kind: z.literal('unclear'), why: z.string() }),
]);

const guard = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('known'), value: z.array(z.enum(['rule', 'branches', 'bypass'])) }),
  z.strictObject({ kind: z.literal('unknown'), why: z.string() }),
]);

/** Bodies of the events about automated activities. */
export const machineBodies = {
  'environment-opened': z.strictObject({
    ...attempt,
    environment: z.string(),
    commit: sha,
    until: instant.exactOptional(),
    holds,
  }),
  'environment-shut': z.strictObject({ ...attempt, environment: z.string(), holds, why: barrier }),
  'guard-seen': z.strictObject({ ...attempt, environment: z.string(), guard }),
  'deployment-seen': z.strictObject({
    ...attempt,
    environment: z.string(),
    deployment: githubId,
    state: z.enum(['success', 'failure']),
    ended: instant,
  }),
  'environment-taken': z.strictObject({ ...attempt, environment: z.string(), by: z.string(), commit: sha }),
  'activity-succeeded': z.strictObject(attempt),
  'activity-failed': z.strictObject({
    ...attempt,
    why: z.enum([
      ...['deployment-failed', 'not-deployed', 'environment-taken', 'check-failed', 'checks-late'],
      ...['workflow-refused', 'run-failed', 'run-of-another', 'run-missing'],
    ] as const),
  }),
  'retry-ordered': z.strictObject({
    ...attempt,
    person,
    bindings,
    reason: z.string().exactOptional(),
    source,
    seenAt: instant,
  }),
  'holds-lifted': z.strictObject({ ...attempt, by: z.array(person), reason: z.string() }),
} satisfies { readonly [K in keyof MachineKinds]: z.ZodType<HappeningOf<K>['body']> };
