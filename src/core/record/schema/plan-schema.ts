import { z } from 'zod';
import { permissions, type Role } from '../../configuration/configuration.ts';
import type { Floor } from '../../configuration/floor.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { input } from './input-schema.ts';
import { identifier, sha } from './value-schema.ts';

export const principal = z.strictObject({
  kind: z.enum(['user', 'team', 'role', 'owners']),
  name: z.string(),
});

const requirement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), count: z.int() }),
  z.strictObject({ kind: z.literal('majority') }),
  z.strictObject({ kind: z.literal('unanimous') }),
  z.strictObject({ kind: z.literal('all-but'), count: z.int() }),
]);

export const quorumRule = z.strictObject({
  from: z.array(principal),
  require: requirement,
  except: z.array(principal).exactOptional(),
  backups: z.array(principal).exactOptional(),
  inherited: z.literal(false).exactOptional(),
});

const rejection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), count: z.int() }),
  z.strictObject({ kind: z.literal('majority') }),
  z.strictObject({ kind: z.literal('outweighed') }),
]);

const onFailure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('continue') }),
  z.strictObject({ kind: z.literal('fail') }),
  z.strictObject({ kind: z.literal('run'), phase: identifier }),
]);

const timing = z.strictObject({
  session: identifier.exactOptional(),
  openFor: z.string().exactOptional(),
  deadline: z.string().exactOptional(),
  remind: z.array(z.string()),
  escalate: z.array(
    z.strictObject({ at: z.string(), to: z.array(principal), grant: z.literal(true).exactOptional() }),
  ),
  expire: z.literal('stay').exactOptional(),
  autoApprove: z.strictObject({ at: z.string(), comment: z.string() }).exactOptional(),
});

const duty = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('committers') }),
  z.strictObject({ kind: z.literal('approvers'), activity: identifier }),
]);

const checkDemand = z.strictObject({
  name: z.string(),
  workflow: z.string().exactOptional(),
  app: z.string().exactOptional(),
});

const activity = z.strictObject({
  id: identifier,
  phase: identifier,
  title: z.string(),
  instructions: z.string().exactOptional(),
  needs: z.array(identifier),
  task: z.strictObject({ authors: z.enum(['may-act', 'excluded']) }).exactOptional(),
  approvers: z.array(quorumRule),
  exclude: z.array(principal),
  apartFrom: z.array(duty).exactOptional(),
  inputs: z.array(input),
  preconditions: z.array(checkDemand).exactOptional(),
  if: z.string().exactOptional(),
  onFailure: onFailure.or(z.strictObject({ kind: z.literal('hold') })).exactOptional(),
  distinct: z.literal(false).exactOptional(),
  order: z.literal('sequential').exactOptional(),
  reject: rejection.exactOptional(),
  delegation: z.strictObject({ max: z.int().min(0) }).exactOptional(),
  advisory: z.literal(true).exactOptional(),
  uses: identifier.exactOptional(),
  origins: z.array(z.strictObject({ part: z.string(), from: z.string() })).exactOptional(),
  floors: z.array(z.string()).exactOptional(),
  timing: timing.exactOptional(),
  environment: z.string().exactOptional(),
  validFor: z.string().exactOptional(),
  checks: z.array(checkDemand).exactOptional(),
  workflow: z.string().exactOptional(),
  with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
});

const phase = z.strictObject({
  id: identifier,
  title: z.string(),
  owner: principal.exactOptional(),
  needs: z.array(identifier),
  onFailure: onFailure.exactOptional(),
  activities: z.array(activity),
});

const details = {
  since: z.string().exactOptional(),
  artifacts: z.array(z.strictObject({ name: z.string(), digest: z.string() })).exactOptional(),
};

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ref'), ref: z.string(), ...details }),
  z.strictObject({ kind: z.literal('sha'), sha, ...details }),
]);

/** An accepted manifest, normalized, as an event carries it. */
export const plan: z.ZodType<Manifest> = z.strictObject({
  release: z.string(),
  title: z.string(),
  owner: principal.exactOptional(),
  profile: z.array(identifier).exactOptional(),
  target,
  start: z.string().exactOptional(),
  supersedes: z.literal('previous').exactOptional(),
  phases: z.array(phase),
});

const lineNumber = z.int().min(1);

/** A floor that said something about a plan when it was accepted, with the place it was written at. */
export const floor: z.ZodType<Floor> = z.strictObject({
  source: z.strictObject({ path: z.string(), line: lineNumber }),
  for: z.strictObject({ kind: z.enum(['environment', 'profile', 'uses']), name: z.string() }),
  activities: z.array(identifier),
  approvers: z.record(identifier, z.array(quorumRule)),
  exclude: z.array(principal),
  apartFrom: z.array(duty).exactOptional(),
  inputs: z.record(
    identifier,
    z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('named'), id: identifier }),
        z.strictObject({ kind: z.literal('defined'), input }),
      ]),
    ),
  ),
  profile: z.array(identifier),
  distinct: z.literal(false).exactOptional(),
  reject: rejection.exactOptional(),
  delegation: z.strictObject({ max: z.int().min(0) }).exactOptional(),
  guarded: z.literal(true).exactOptional(),
  lines: z.record(z.string(), lineNumber),
});

export const roles: z.ZodType<readonly Role[]> = z.array(
  z.strictObject({
    id: z.union([identifier, z.string().startsWith('owners:')]),
    members: z.array(principal),
    permission: z.enum(permissions).exactOptional(),
  }),
);
