import { z } from 'zod';

const bare = z.enum([
  'creation',
  'update',
  'deletion',
  'non_fast_forward',
  'required_linear_history',
  'required_signatures',
]);

// What would not be enforced cannot be asked for: only its absence is taken.
const pullRequest = z.object({
  dismiss_stale_reviews_on_push: z.literal(false),
  require_code_owner_review: z.literal(false),
  require_last_push_approval: z.literal(false),
  required_approving_review_count: z.int().min(0).max(10),
  required_review_thread_resolution: z.boolean(),
});

const requiredChecks = z.object({
  required_status_checks: z.array(
    z.object({ context: z.string().min(1), integration_id: z.int().optional() }),
  ),
  strict_required_status_checks_policy: z.boolean(),
  do_not_enforce_on_create: z.boolean().default(false),
});

const mergeQueue = z.object({
  check_response_timeout_minutes: z.int().min(1).max(360),
  grouping_strategy: z.enum(['ALLGREEN', 'HEADGREEN']),
  max_entries_to_build: z.int().min(0).max(100),
  max_entries_to_merge: z.int().min(0).max(100),
  merge_method: z.enum(['MERGE', 'SQUASH']),
  min_entries_to_merge: z.int().min(0).max(100),
  min_entries_to_merge_wait_minutes: z.int().min(0).max(360),
});

/** A rule, in the words of GitHub's API. A kind that is not here is refused: it would not be enforced. */
const rule = z.discriminatedUnion('type', [
  z.object({ type: bare, parameters: z.looseObject({}).optional() }),
  z.object({ type: z.literal('pull_request'), parameters: pullRequest }),
  z.object({ type: z.literal('required_status_checks'), parameters: requiredChecks }),
  z.object({ type: z.literal('merge_queue'), parameters: mergeQueue }),
]);

const bypassActor = z.object({
  actor_id: z.int().nullable().default(null),
  actor_type: z.enum(['Integration', 'OrganizationAdmin', 'RepositoryRole', 'Team', 'DeployKey', 'User']),
  bypass_mode: z.enum(['always', 'pull_request', 'exempt']).default('always'),
});

const refNames = z.object({
  include: z.array(z.string()).default([]),
  exclude: z.array(z.string()).default([]),
});

/** What somebody who makes a ruleset says, over the API and in a seed. */
export const rulesetBody = z.object({
  name: z.string().min(1),
  target: z.enum(['branch', 'tag']).default('branch'),
  enforcement: z.enum(['active', 'disabled', 'evaluate']),
  bypass_actors: z.array(bypassActor).default([]),
  conditions: z.object({ ref_name: refNames }).default({ ref_name: { include: [], exclude: [] } }),
  rules: z.array(rule).default([]),
});

export type RulesetBody = z.output<typeof rulesetBody>;
export type Rule = z.output<typeof rule>;
export type BypassActor = z.output<typeof bypassActor>;
export type RequiredChecks = z.output<typeof requiredChecks>;

export type Ruleset = RulesetBody & {
  readonly id: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};
