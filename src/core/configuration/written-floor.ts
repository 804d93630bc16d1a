import { z } from 'zod';
import { preconditions } from '../manifest/written-checks.ts';
import { input } from '../manifest/written-input.ts';
import { profile, profileList } from '../manifest/written-manifest.ts';
import { excluded, excludedPhrase, judgement, rule, rulePhrase } from '../manifest/written-rule.ts';
import { byId, id, line, oneOrMany } from '../written/leaves.ts';

/** One rule or several, all of which must be met. */
export const approvers = oneOrMany(rule, `${rulePhrase}, or a list of rules`, 20);

const forPhrase = 'exactly one of environment, profile and uses';

const scope = z
  .strictObject(
    {
      environment: line('the name of an environment, or * for every one').optional(),
      profile: profile.optional(),
      uses: id.optional(),
    },
    { error: forPhrase },
  )
  .meta({
    description: 'What the floor is for: exactly one of environment, profile and uses.',
    minProperties: 1,
    maxProperties: 1,
  });

/** One floor as people write it. */
export const floor = z
  .strictObject(
    {
      for: scope,
      activities: oneOrMany(id, 'the id of an activity, or a list of them')
        .optional()
        .describe('Activities that must be there, approved before anything that the floor is for.'),
      approvers: byId(
        approvers,
        'rules keyed by activity',
        'Who must approve at least, by activity.',
      ).optional(),
      exclude: oneOrMany(excluded, `${excludedPhrase}; or a list of them`)
        .optional()
        .describe('Who can neither approve nor reject these activities.'),
      inputs: byId(
        z.union(
          [
            id,
            z.array(id).min(1, { error: 'a list of at least one input' }),
            byId(input, 'inputs keyed by their ids', 'Inputs, each with what it must be at least.'),
          ],
          { error: 'the ids of inputs, or inputs keyed by their ids' },
        ),
        'inputs keyed by activity',
        'Inputs that must be answered, by activity.',
      ).optional(),
      distinct: judgement.distinct,
      reject: judgement.reject,
      delegation: judgement.delegation,
      guarded: z
        .literal('required', { error: 'required, or nothing' })
        .optional()
        .describe(
          'The environment opens only while GitHub itself guards it: our protection rule on, branches restricted, no bypass.',
        ),
      profile: profileList.optional().describe('Profiles whose mandatory approvals must be there, too.'),
    },
    { error: 'a floor with for and what it demands' },
  )
  .describe('The least that manifests must ask for.');

const catalogEntry = z
  .strictObject(
    {
      title: line('a title').optional(),
      instructions: z.string({ error: 'instructions' }).min(1, { error: 'instructions' }).optional(),
      approvers: approvers.optional().describe('Who must approve where a manifest does not say.'),
      preconditions: preconditions.optional(),
      inputs: byId(input, 'inputs keyed by their ids', 'Fields that approvers fill in.').optional(),
    },
    { error: 'an entry with title, instructions, approvers, preconditions or inputs' },
  )
  .describe('What `uses` brings into an activity: changes of a built-in type, or a type of your own.');

export const catalog = byId(
  catalogEntry,
  'entries keyed by their ids',
  'Approval types by id; the fifteen built-in ones are there anyway.',
);

export type WrittenFloor = z.infer<typeof floor>;
export type WrittenCatalogEntry = z.infer<typeof catalogEntry>;
