import { z } from 'zod';
import { line } from '../written/leaves.ts';

const required = z
  .union([z.boolean(), z.literal('always')], { error: 'true (to approve), false, or always (to reject too)' })
  .describe('true: needed to approve; always: needed to reject too.');

const common = {
  label: line('a label').optional().describe('What people read.'),
  required: required.optional(),
};

const count = (phrase: string, most: number) =>
  z.number({ error: phrase }).int({ error: phrase }).min(0, { error: phrase }).max(most, { error: phrase });

const finite = (phrase: string) => z.number({ error: phrase });

const optionPhrase = 'an option: one line of 1 to 200 characters that neither starts nor ends with a space';

/** One field of a form as people write it (S-091 to S-099). */
export const input = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({
        type: z.literal('text'),
        ...common,
        'min-length': count('a whole number from 0 to 10000', 10_000).optional(),
        pattern: line('a regular expression')
          .optional()
          .describe('JavaScript, with the flag u; it is searched for.'),
      }),
      z.strictObject({
        type: z.literal('number'),
        ...common,
        min: finite('the smallest number allowed').optional(),
        max: finite('the largest number allowed').optional(),
      }),
      z.strictObject({
        type: z.literal('dropdown'),
        ...common,
        options: z
          .array(
            z
              .string({ error: optionPhrase })
              .regex(/^\S(?:.*\S)?$/, { error: optionPhrase })
              .max(200, { error: optionPhrase }),
            { error: 'a list of options' },
          )
          .min(1, { error: 'a list of at least one option' })
          .max(100, { error: 'a list of at most 100 options' }),
      }),
      z.strictObject({ type: z.literal('checkbox'), ...common }),
    ],
    { error: 'an input with the type text, number, dropdown or checkbox' },
  )
  .describe('A field that approvers fill in.');

export type WrittenInput = z.infer<typeof input>;
