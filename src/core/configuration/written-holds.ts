import { z } from 'zod';
import { environment } from '../manifest/written-manifest.ts';
import { isTimeOfDay, timeOfDayPhrase, weekdays } from '../time/date.ts';
import { freezeMomentPhrase } from '../time/freeze.ts';
import { readMoment } from '../time/moment.ts';
import { line, oneOrMany } from '../written/leaves.ts';

export const dayPhrase = 'mon, tue, wed, thu, fri, sat or sun';

const timeOfDay = z.string({ error: timeOfDayPhrase }).refine(isTimeOfDay, { error: timeOfDayPhrase });

const end = z
  .string({ error: freezeMomentPhrase })
  .refine((text) => readMoment(text, 'UTC') !== undefined, { error: freezeMomentPhrase });

const environments = oneOrMany(environment, 'the name of an environment, or a list of them')
  .optional()
  .describe('Every environment by default.');

const freeze = z.strictObject(
  {
    name: line('a name').describe('What people read while it holds a release.'),
    from: end.describe('A date, which means its first moment, or a moment.'),
    until: end.describe('A date, which means its last moment, or the moment that is free again.'),
    environments,
  },
  { error: 'a freeze such as { name: Year end, from: 2026-12-18, until: 2027-01-04 }' },
);

const window = z.strictObject(
  {
    environments,
    days: oneOrMany(z.enum(weekdays, { error: dayPhrase }), `${dayPhrase}, or a list of them`).describe(
      'On which days it opens.',
    ),
    from: timeOfDay,
    until: timeOfDay.describe('On the next day, where it is not later than from.'),
  },
  { error: "a window such as { days: [tue, thu], from: '09:00', until: '16:00' }" },
);

/** What holds an opening after every approval (design 3.9). */
export const holdKeys = {
  freezes: oneOrMany(freeze, 'a list of freezes')
    .optional()
    .describe('Times in which no environment is opened.'),
  windows: oneOrMany(window, 'a list of change windows')
    .optional()
    .describe('The only times in which environments are opened; all the time by default.'),
};

const written = z.strictObject(holdKeys);

export type WrittenHolds = z.infer<typeof written>;
