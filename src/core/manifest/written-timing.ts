import { z } from 'zod';
import { deadlinePhrase, readDeadline } from '../time/deadline.ts';
import { durationPhrase, readDuration } from '../time/duration.ts';
import { momentOrDatePhrase, readMoment } from '../time/moment.ts';
import { offsetPhrase, readOffset } from '../time/offset.ts';
import { id, line, oneOrMany, principal } from '../written/leaves.ts';

/** Text that a reader understands; a date is judged in UTC here, because every day exists in every zone. */
const readable = (phrase: string, read: (text: string) => unknown) =>
  z.string({ error: phrase }).refine((text) => read(text) !== undefined, { error: phrase });

export const duration = readable(durationPhrase, readDuration);
const offset = readable(offsetPhrase, readOffset);
export const moment = readable(momentOrDatePhrase, (text) => readMoment(text, 'UTC'));

const escalation = z.strictObject(
  {
    at: offset.describe('When: a percentage or a duration after activation, or one before the deadline.'),
    to: oneOrMany(principal, 'a principal (user:login, team:slug or role:id) or a list of them'),
    grant: z.boolean({ error: 'true or false' }).optional().describe('true: they may vote too.'),
  },
  { error: 'an escalation such as { at: 75%, to: [role:release-manager] }' },
);

const automatic = z.strictObject(
  {
    after: duration.optional(),
    at: moment.optional(),
    comment: line('a comment').describe('Why nobody has to look; it is recorded.'),
  },
  { error: 'an automatic approval such as { after: 24h, comment: Standard change }' },
);

/** What an activity says about time. */
export const timingKeys = {
  session: id
    .optional()
    .describe('A board of the configuration’s calendar: votes count from its next session on.'),
  'open-for': duration.optional().describe('Shortest voting time: nothing is approved before it is over.'),
  deadline: readable(deadlinePhrase, (text) => readDeadline(text, 'UTC'))
    .optional()
    .describe('The last moment at which a vote counts.'),
  remind: oneOrMany(offset, `${offsetPhrase}, or a list of them`, 10)
    .optional()
    .describe('When to remind; at 50% of the deadline by default.'),
  escalate: oneOrMany(escalation, 'an escalation such as { at: 75%, to: [role:release-manager] }', 10)
    .optional()
    .describe('Whom to tell when nobody has decided; the owner at 75% by default.'),
  expire: z
    .enum(['reject', 'stay'], { error: 'reject or stay' })
    .optional()
    .describe('What a missed deadline does: reject (the default) or stay.'),
  'auto-approve': automatic.optional().describe('Approves by itself; never counts as a person.'),
};

const written = z.strictObject(timingKeys);

export type WrittenTiming = z.infer<typeof written>;
