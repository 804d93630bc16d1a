import { z } from 'zod';
import { line, oneOrMany } from '../written/leaves.ts';

/** The App of GitHub's own runners: every workflow posts as it, so it tells nothing about where a check comes from (T14). */
export const ACTIONS = 'github-actions';

const namePhrase = 'the name of a check of somebody else, as GitHub shows it';

/** Names of our own checks are no evidence of anything but ourselves: activities wait for each other by `needs`. */
const name = line(namePhrase).refine((text) => !text.startsWith('countersign/'), { error: namePhrase });

const workflowPhrase = 'the path of a workflow file, such as .github/workflows/smoke.yml';

const appPhrase = `the slug of an App other than ${ACTIONS}, as its address has it`;

const written = z.strictObject(
  {
    name,
    workflow: z
      .string({ error: workflowPhrase })
      .regex(/^\.github\/workflows\/[A-Za-z0-9._-]{1,100}\.ya?ml$/, { error: workflowPhrase })
      .optional()
      .describe('The workflow file that must have made it.'),
    app: z
      .string({ error: appPhrase })
      .regex(/^(?!github-actions$)[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/, { error: appPhrase })
      .optional()
      .describe('The third-party App that must have made it.'),
  },
  { error: 'a check such as { name: smoke-tests, workflow: .github/workflows/smoke.yml }' },
);

const checkPhrase = 'a check: its name, or { name: smoke-tests, workflow: .github/workflows/smoke.yml }';

/** Checks of others that the target must have passed. */
export const checks = oneOrMany(
  z.union([name, written], { error: checkPhrase }),
  `${checkPhrase}, or a list of them`,
  20,
).describe(
  'Checks of others on the target that must have passed. With workflow or app they are evidence; a bare name is advisory.',
);

const preconditionPhrase = 'a precondition such as { checks: [smoke-tests] }';

/** What has to hold before votes count. */
export const preconditions = oneOrMany(
  z.strictObject({ checks }, { error: preconditionPhrase }),
  `${preconditionPhrase}, or a list of them`,
  20,
).describe('What has to hold before anybody may vote.');

export type WrittenChecks = z.infer<typeof checks>;
export type WrittenPreconditions = z.infer<typeof preconditions>;
