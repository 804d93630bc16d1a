import { z } from 'zod';
import type { EventKind, HappeningOf } from '../../release/event.ts';
import { weekdays } from '../../time/date.ts';
import { floor, plan, quorumRule, roles } from './plan-schema.ts';
import { count, digest, identifier, instant, person, repository, sha } from './value-schema.ts';

export const issue = z.strictObject({ number: z.int().min(1), nodeId: z.string(), url: z.string() });

const calendar = z.strictObject({
  zone: z.string(),
  businessDays: z.array(z.enum(weekdays)),
  holidays: z.array(z.string()),
  sessions: z
    .record(
      z.string(),
      z.strictObject({
        every: z.enum(weekdays),
        at: z.string(),
        except: z.array(z.string()),
        zone: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
});

const proof = z.enum(['proven', 'claimed']);

const inherited = z.strictObject({
  repository,
  commit: sha,
  digest,
  checkpoint: z.strictObject({ number: count, digest }).exactOptional(),
});

const revision = z.strictObject({
  manifest: digest,
  path: z.string(),
  commit: sha,
  authors: z.array(z.strictObject({ person, proof })),
  plan,
  roles,
  custodians: quorumRule.exactOptional(),
  floors: z.array(floor).exactOptional(),
  calendar: calendar.exactOptional(),
  inherited: inherited.exactOptional(),
});

const target = z.strictObject({
  commit: sha,
  ref: z.string().exactOptional(),
  since: sha.exactOptional(),
});

/** Bodies of the events about a release as a whole. */
export const releaseBodies = {
  'release-opened': z.strictObject({
    title: z.string(),
    revision,
    target,
  }),
  'manifest-revised': z.strictObject({ revision, target }),
  'duties-established': z.strictObject({
    base: sha,
    target: sha,
    commits: z.int().min(0),
    committers: z.array(z.strictObject({ person, proof, commits: z.array(sha) })),
    unattributable: z.array(
      z.strictObject({ commit: sha, name: z.string(), why: z.enum(['no-account', 'not-proven']) }),
    ),
  }),
  'release-announced': z.strictObject({ issue, at: instant }),
  'deviation-recorded': z.discriminatedUnion('what', [
    z.strictObject({ what: z.literal('foreign-commit'), commit: sha, paths: z.array(z.string()) }),
    z.strictObject({ what: z.literal('target-moved'), ref: z.string(), from: sha, to: sha }),
  ]),
  'release-cancelled': z.discriminatedUnion('why', [
    z.strictObject({ why: z.literal('manifest-removed'), commit: sha }),
    z.strictObject({ why: z.literal('superseded'), by: z.string() }),
  ]),
  'release-succeeded': z.strictObject({}),
  'release-partially-succeeded': z.strictObject({ without: z.array(identifier) }),
  'release-failed': z.strictObject({ activity: identifier }),
} satisfies { readonly [K in EventKind]?: z.ZodType<HappeningOf<K>['body']> };
