import { z } from 'zod';
import { profileIds } from '../catalog/profiles.ts';
import { longestExpression } from '../expression/parse-expression.ts';
import { askedPrincipal, byId, id, line, oneOrMany, principal, ref, text } from '../written/leaves.ts';
import { artifacts } from './written-artifact.ts';
import { checks, preconditions } from './written-checks.ts';
import { input } from './written-input.ts';
import { askedPhrase, excluded, excludedPhrase, judgement, rule, rulePhrase } from './written-rule.ts';
import { duration, moment, timingKeys } from './written-timing.ts';

/** The form of a release's name (syntax, Grammar). It becomes a folder, a part of check names and of links. */
const releasePattern = /^(?!.*\.\.)(?!.*\.lock$)[a-z0-9][a-z0-9._-]{0,62}(?<!\.)$/;

const releasePhrase =
  'a release name of lower-case letters, digits, ".", "_" and "-", at most 63 long, without ".." and not ending in "." or ".lock"';

const needs = (what: string) =>
  oneOrMany(id, `the id of ${what}, or a list of them`).describe(`Waits for: ${what}.`);

const profilePhrase = `a profile, one of ${profileIds.join(', ')}`;

/** The id of an industry profile, as people write it. */
export const profile = z.enum(profileIds, { error: profilePhrase });

export const profileList = oneOrMany(profile, `${profilePhrase}, or a list of them`);

const environmentPhrase = 'the name of an environment: letters, digits, spaces and . _ - /, at most 63 long';

/** The name of an environment; it becomes a part of the name of a check (T4). */
export const environment = z
  .string({ error: environmentPhrase })
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9 ._/-]{0,61}[A-Za-z0-9])?$/, { error: environmentPhrase });

const workflowPhrase = 'the name of a workflow file, such as deploy.yml';

/** It stands under `.github/workflows`, which may be written before it. */
const workflowFile = z
  .string({ error: workflowPhrase })
  .regex(/^(?:\.github\/workflows\/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,94}\.ya?ml$/, { error: workflowPhrase });

const onFailure = z
  .union(
    [
      z.enum(['hold', 'fail', 'continue']),
      z.strictObject({ run: id }, { error: 'the phase to run, such as { run: rollback }' }),
    ],
    { error: 'hold, fail, continue, or the phase to run, such as { run: rollback }' },
  )
  .describe('What follows from a failure: hold (the default), fail, continue, or { run: PHASE }.');

const activity = z
  .strictObject(
    {
      title: line('a title').optional().describe('What people read; the id by default.'),
      instructions: text('instructions', 10_000)
        .optional()
        .describe('Markdown that tells approvers what to look at.'),
      needs: needs('an activity of the same phase').optional(),
      uses: id.optional().describe('An entry of the catalog: brings title, instructions and inputs.'),
      with: z
        .record(
          z.string(),
          z.union([line('a value'), z.number(), z.boolean()], { error: 'a text or a number' }),
          {
            error: 'values keyed by name',
          },
        )
        .optional()
        .describe('Data that the entry of the catalog asks for, or that the workflow is given.'),
      approvers: oneOrMany(rule, `${rulePhrase}, or a list of rules`, 20)
        .optional()
        .describe(
          'Who must approve. A list means that every rule must be met. With uses, the configuration may say it instead.',
        ),
      assignees: oneOrMany(askedPrincipal, askedPhrase)
        .optional()
        .describe('Makes it a task: one of them does it, fills in the inputs and marks it done.'),
      exclude: oneOrMany(excluded, `${excludedPhrase}; or a list of them`)
        .optional()
        .describe('Who can neither approve nor reject. The author never can; of a task, where it says so.'),
      ...judgement,
      inputs: byId(
        input,
        'inputs keyed by their ids',
        'Fields that approvers fill in, keyed by id.',
      ).optional(),
      preconditions: preconditions.optional(),
      if: line('a condition', longestExpression)
        .optional()
        .describe('An expression; where it is false the activity is skipped.'),
      'on-failure': onFailure.optional(),
      environment: environment
        .optional()
        .describe(
          'Opens this environment for the target, once everything before it is done; nobody is asked.',
        ),
      workflow: workflowFile
        .optional()
        .describe('Started in the environment once it is open: a file under .github/workflows.'),
      'valid-for': duration
        .optional()
        .describe(
          'How long the environment stays open if nothing is deployed; until the release ends by default.',
        ),
      checks: checks.optional(),
      ...timingKeys,
    },
    { error: 'an activity with its keys, at least approvers or assignees' },
  )
  .describe('An activity: it waits for people or for checks of others, or opens an environment.');

const phase = z
  .strictObject(
    {
      title: line('a title').optional().describe('What people read; the id by default.'),
      owner: principal.optional(),
      needs: needs('a phase').optional(),
      'on-failure': onFailure.optional(),
      activities: byId(activity, 'activities keyed by their ids', 'Keyed by id, in reading order.'),
    },
    { error: 'a phase with its keys, at least activities' },
  )
  .describe('A named group of activities.');

const shaPhrase = 'a commit as 40 lower-case hexadecimal digits, in quotes';

/** A manifest as people write it. */
export const writtenManifest = z
  .strictObject({
    release: z
      .string({ error: releasePhrase })
      .regex(releasePattern, { error: releasePhrase })
      .describe('The name of the release, unique in the repository and never reused.'),
    title: line('a title').optional().describe('What people read; the name by default.'),
    owner: principal.optional(),
    profile: profileList
      .optional()
      .describe('Industry profiles whose mandatory approvals must be there; a list is a union.'),
    target: z
      .strictObject(
        {
          ref: ref('a branch or tag').optional(),
          sha: z
            .string({ error: shaPhrase })
            .regex(/^[0-9a-f]{40}$/, { error: shaPhrase })
            .optional(),
          since: ref('a branch, tag or commit')
            .optional()
            .describe('What was released before: whoever committed anything since then is a committer.'),
          artifacts: artifacts.optional(),
        },
        { error: 'a target, either { ref: … } or { sha: … }' },
      )
      .meta({ description: 'What is released: either ref or sha.', minProperties: 1, maxProperties: 3 }),
    schedule: z
      .strictObject(
        { start: moment.describe('Nothing begins before this moment.') },
        { error: 'a schedule such as { start: 2026-11-25T09:00:00Z }' },
      )
      .optional(),
    supersedes: z
      .literal('previous', { error: 'previous' })
      .optional()
      .describe('previous: older releases that wait for the same environment end when this one opens.'),
    phases: byId(phase, 'phases keyed by their ids', 'Keyed by id, in reading order.'),
  })
  .describe('A release manifest of Countersign.');

export type WrittenManifest = z.infer<typeof writtenManifest>;
export type WrittenActivity = z.infer<typeof activity>;
export type WrittenPhase = z.infer<typeof phase>;
export type WrittenOnFailure = z.infer<typeof onFailure>;
