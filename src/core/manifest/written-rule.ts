import { z } from 'zod';
import { askedPrincipal, oneOrMany } from '../written/leaves.ts';

const countPhrase = 'a whole number of at least 1, majority, unanimous or { all-but: 1 }';

const people = (phrase: string) =>
  z.number({ error: phrase }).int({ error: phrase }).min(1, { error: phrase }).max(1000, {
    error: 'a whole number of at most 1000',
  });

export const rulePhrase = 'a rule such as { from: [team:qa], require: 1 }';

export const askedPhrase = 'a principal (user:login, team:slug, role:id or owners:path) or a list of them';

/** From which principals, how many, as people write it. */
export const rule = z
  .strictObject(
    {
      from: oneOrMany(askedPrincipal, askedPhrase).describe('Who may approve.'),
      require: z
        .union(
          [
            people(countPhrase),
            z.enum(['majority', 'unanimous']),
            z.strictObject({ 'all-but': people(countPhrase) }, { error: countPhrase }),
          ],
          { error: countPhrase },
        )
        .optional()
        .describe(
          'How many of them: a number (1 by default), majority (more than half), unanimous, or all but some.',
        ),
      except: oneOrMany(askedPrincipal, askedPhrase)
        .optional()
        .describe('Who does not count for this rule, whatever else they are.'),
      backups: oneOrMany(askedPrincipal, askedPhrase)
        .optional()
        .describe('Who may approve too without being counted in a majority or among everybody.'),
      inherited: z
        .boolean({ error: 'true or false' })
        .optional()
        .describe('false: members of a child team only do not count. They do by default.'),
    },
    { error: rulePhrase },
  )
  .describe('From which principals, how many.');

export type WrittenRule = z.infer<typeof rule>;

export const excludedPhrase =
  'author, committers, approvers: with the id of another activity, or a principal (user:login, team:slug, role:id or owners:path)';

const approversOf = z
  .string()
  .regex(/^approvers:[a-z][a-z0-9-]{0,62}$/, { error: excludedPhrase })
  .describe('Whoever approved another activity of this release.');

/** Who can neither approve nor reject. */
export const excluded = z.union([z.enum(['author', 'committers']), approversOf, askedPrincipal], {
  error: excludedPhrase,
});

const rejectPhrase = '{ require: 2 }, majority or outweighed';

const seatsPhrase = 'a whole number from 0 to 1000';

/** How votes add up; every key is left out where the default is meant. */
export const judgement = {
  distinct: z
    .boolean({ error: 'true or false' })
    .optional()
    .describe(
      'false: one person may fill a seat in each rule they are in. By default, one seat of one rule.',
    ),
  order: z
    .literal('sequential', { error: 'sequential' })
    .optional()
    .describe('sequential: the rules open one after the other.'),
  reject: z
    .union(
      [
        z.strictObject({ require: people(rejectPhrase) }, { error: rejectPhrase }),
        z.enum(['majority', 'outweighed']),
      ],
      { error: rejectPhrase },
    )
    .optional()
    .describe('How many rejections end it; one by default. outweighed: at least as many as approvals.'),
  delegation: z
    .strictObject(
      {
        max: z
          .number({ error: seatsPhrase })
          .int({ error: seatsPhrase })
          .min(0, { error: seatsPhrase })
          .max(1000, { error: seatsPhrase }),
      },
      { error: 'delegation such as { max: 1 }' },
    )
    .optional()
    .describe('How many seats may be delegated at one time; 0: none.'),
  advisory: z
    .boolean({ error: 'true or false' })
    .optional()
    .describe('true: everybody may vote; who is not asked does so without weight.'),
};
