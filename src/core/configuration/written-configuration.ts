import { z } from 'zod';
import { rule } from '../manifest/written-rule.ts';
import { datePhrase, isTimeOfDay, readDate, timeOfDayPhrase, weekdays } from '../time/date.ts';
import { byId, oneOrMany, ref, teamSlug, userLogin } from '../written/leaves.ts';
import { permissions } from './configuration.ts';
import { catalog, floor } from './written-floor.ts';
import { dayPhrase, holdKeys } from './written-holds.ts';

const globPhrase = 'a glob of files in the repository, such as releases/*.yml';

const zonePhrase = 'the name of a time zone, such as Europe/Berlin';

const keyPhrase = 'the fingerprint of a key: "SHA256:" and 43 characters of base64';

const date = z
  .string({ error: datePhrase })
  .refine((text) => readDate(text) !== undefined, { error: datePhrase });

const sessionPhrase = "a session such as { every: tue, at: '14:00' }";

const session = z
  .strictObject(
    {
      every: z.enum(weekdays, { error: dayPhrase }),
      at: z.string({ error: timeOfDayPhrase }).refine(isTimeOfDay, { error: timeOfDayPhrase }),
      except: z
        .array(date, { error: 'a list of dates' })
        .max(1000, { error: 'at most 1000 dates' })
        .optional()
        .describe('Dates on which it does not take place.'),
    },
    { error: sessionPhrase },
  )
  .describe('When a board meets, every week.');

const role = z
  .strictObject(
    {
      users: oneOrMany(userLogin, 'the login of a user, or a list of them').optional(),
      teams: oneOrMany(teamSlug, 'the slug of a team, or a list of them').optional(),
      permission: z
        .enum(permissions, { error: 'read, triage, write, maintain or admin' })
        .optional()
        .describe('Everybody who may do at least this on the repository.'),
    },
    { error: 'a role with users, teams or permission' },
  )
  .meta({
    description: 'The union of the users and teams it names and of everybody with the permission.',
    minProperties: 1,
  });

/** `.github/countersign.yml` as people write it. */
export const writtenConfiguration = z
  .strictObject({
    manifests: z
      .string({ error: globPhrase })
      .regex(/^(?![/])(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\s]{1,200}$/, { error: globPhrase })
      .optional()
      .describe('Which files are manifests; releases/*.yml by default.'),
    records: z
      .strictObject(
        {
          branch: ref('a branch').optional(),
          keys: oneOrMany(
            z.string({ error: keyPhrase }).regex(/^SHA256:[A-Za-z0-9+/]{43}$/, { error: keyPhrase }),
            `${keyPhrase}, or a list of them`,
          )
            .optional()
            .describe('Fingerprints of the signing keys to trust.'),
        },
        { error: 'records with branch, keys, or both' },
      )
      .optional()
      .describe('Where the record is kept; the branch countersign-records by default.'),
    'time-zone': z.string({ error: zonePhrase }).optional().describe('IANA name; UTC by default.'),
    calendar: z
      .strictObject(
        {
          'business-days': z
            .array(z.enum(weekdays, { error: dayPhrase }), { error: `a list of days: ${dayPhrase}` })
            .min(1, { error: 'at least one business day' })
            .optional()
            .describe('Monday to Friday by default.'),
          holidays: z
            .array(date, { error: 'a list of dates' })
            .max(1000, { error: 'at most 1000 holidays' })
            .optional(),
          sessions: byId(session, 'sessions keyed by their ids', 'When boards meet, keyed by id.').optional(),
        },
        { error: 'a calendar with business-days, holidays or sessions' },
      )
      .optional()
      .describe('Which days count as business days, and when boards meet.'),
    roles: byId(role, 'roles keyed by their ids', 'Keyed by id.').optional(),
    custodians: rule.optional().describe('Who may change this file, overrule and acknowledge.'),
    catalog: catalog.optional(),
    floors: oneOrMany(floor, 'a list of floors')
      .optional()
      .describe('The least that manifests must ask for.'),
    ...holdKeys,
  })
  .describe('The configuration of Countersign, .github/countersign.yml on the default branch.');

export type WrittenConfiguration = z.infer<typeof writtenConfiguration>;
