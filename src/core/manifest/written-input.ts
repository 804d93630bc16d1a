import { z } from 'zod';
import { byId, line, oneOrMany, userLogin } from '../written/leaves.ts';

const required = z
  .union([z.boolean(), z.literal('always')], { error: 'true (to approve), false, or always (to reject too)' })
  .describe('true: needed to approve; always: needed to reject too.');

const common = {
  label: line('a label').optional().describe('What people read.'),
  description: line('a description', 500).optional().describe('One line that says more than the label.'),
  required: required.optional(),
  message: line('a message').optional().describe('What is said to whoever breaks a rule of this field.'),
};

const defaultText = 'What the block to copy says already; used only where its line is sent.';

const defaultLine = line('a default', 500).optional().describe(defaultText);

const count = (phrase: string, least: number, most: number) =>
  z
    .number({ error: phrase })
    .int({ error: phrase })
    .min(least, { error: phrase })
    .max(most, { error: phrase });

const length = count('a whole number from 0 to 10000', 0, 10_000).optional();

const finite = (phrase: string) => z.number({ error: phrase });

const optionPhrase = 'an option: one line of 1 to 200 characters that neither starts nor ends with a space';

const options = z
  .array(
    z
      .string({ error: optionPhrase })
      .regex(/^\S(?:.*\S)?$/, { error: optionPhrase })
      .max(200, { error: optionPhrase }),
    { error: 'a list of options' },
  )
  .min(1, { error: 'a list of at least one option' })
  .max(100, { error: 'a list of at most 100 options' });

const chosen = count('a whole number from 1 to 100', 1, 100).optional();

const patterned = (phrase: string, pattern: RegExp) =>
  z.string({ error: phrase }).regex(pattern, { error: phrase });

const ending = patterned('an ending such as .pdf, in lower case', /^\.[a-z0-9]{1,16}$/);

const size = patterned(
  'a size such as 500 KB or 10 MB, at most 25 MB',
  /^(?:[1-9]\d{0,4} ?KB|(?:[1-9]|1\d|2[0-5]) ?MB)$/,
);

const host = patterned(
  'the name of a host such as jira.example.com, or *.example.com',
  /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?$/,
);

const day = patterned('a date such as 2026-11-23, in quotes or not', /^\d{4}-\d{2}-\d{2}$/);

const itemsPhrase = 'boxes keyed by their ids, each with the line that is confirmed';

const boxesPhrase = 'all, or a whole number from 1 to 50';

/** One field of a form as people write it (S-037, S-091 to S-099, G-21). */
export const input = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({
        type: z.literal('text'),
        ...common,
        default: defaultLine,
        'min-length': length,
        'max-length': length,
        pattern: line('a regular expression')
          .optional()
          .describe('JavaScript, with the flag u; it is searched for.'),
      }),
      z.strictObject({
        type: z.literal('number'),
        ...common,
        default: finite('a number').optional().describe(defaultText),
        min: finite('the smallest number allowed').optional(),
        max: finite('the largest number allowed').optional(),
      }),
      z.strictObject({ type: z.literal('dropdown'), ...common, default: defaultLine, options }),
      z.strictObject({
        type: z.literal('multi-select'),
        ...common,
        default: oneOrMany(line('an option'), 'an option or a list of options')
          .optional()
          .describe(defaultText),
        options: options.describe('Options without commas, for commas part those that are chosen.'),
        min: chosen.describe('The fewest options to choose.'),
        max: chosen.describe('The most options to choose.'),
      }),
      z.strictObject({ type: z.literal('checkbox'), ...common }),
      z.strictObject({
        type: z.literal('checkboxes'),
        ...common,
        items: byId(line('the line that is confirmed'), itemsPhrase, `${itemsPhrase}.`),
        min: z
          .union([z.literal('all'), count(boxesPhrase, 1, 50)], { error: boxesPhrase })
          .optional()
          .describe(
            'How many boxes must be ticked: all, or a number; all by default where the field is required.',
          ),
      }),
      z.strictObject({
        type: z.literal('file'),
        ...common,
        accept: oneOrMany(ending, 'an ending such as .pdf, or a list of them')
          .optional()
          .describe('Endings of the names; the content must be what the ending promises.'),
        'max-size': size.optional().describe('For example 500 KB or 10 MB; 25 MB by default.'),
      }),
      z.strictObject({
        type: z.literal('url'),
        ...common,
        default: defaultLine,
        hosts: oneOrMany(host, 'the name of a host, or a list of them')
          .optional()
          .describe('Hosts that links may lead to; *.example.com stands for every host below it.'),
        schemes: oneOrMany(z.enum(['https', 'http'], { error: 'https or http' }), 'https, http or both')
          .optional()
          .describe('https by default.'),
      }),
      z.strictObject({
        type: z.literal('date'),
        ...common,
        default: day.optional().describe(defaultText),
        min: day.optional(),
        max: day.optional(),
      }),
      z.strictObject({
        type: z.literal('user'),
        ...common,
        default: userLogin.optional().describe(defaultText),
      }),
    ],
    {
      error:
        'an input with the type text, number, dropdown, multi-select, checkbox, checkboxes, file, url, date or user',
    },
  )
  .describe('A field that approvers fill in.');

export type WrittenInput = z.infer<typeof input>;
