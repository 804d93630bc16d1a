import type { Deployment, WorkflowRun } from '../actions/workflow.ts';
import type { QueueEntry } from '../merge-queue/queue-entry.ts';
import type {
  Account,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Delivery,
  Installation,
  Issue,
  Membership,
  Repository,
  Review,
  Team,
  TimelineEvent,
  Token,
} from './types.ts';

/** Where each kind of id starts. The ranges do not overlap, so a mixed-up id is noticed at once. */
const firstIds = {
  account: 10_001,
  team: 200_001,
  repository: 400_001,
  installation: 600_001,
  hook: 800_001,
  ruleset: 900_001,
  label: 1_000_001,
  environment: 2_000_001,
  issue: 100_000_001,
  pull: 200_000_001,
  comment: 300_000_001,
  event: 400_000_001,
  reaction: 500_000_001,
  review: 600_000_001,
  suite: 700_000_001,
  run: 800_000_001,
  activity: 900_000_001,
  queue: 950_000_001,
  deployment: 960_000_001,
  workflowRun: 980_000_001,
  delivery: 1_000_000_001,
} as const;

export type IdKind = keyof typeof firstIds;

/** Everything the local GitHub knows besides git objects: one table per kind of row, keyed by id. */
export type State = {
  readonly counters: Record<string, number>;
  readonly accounts: Map<number, Account>;
  readonly memberships: Map<number, Membership>;
  readonly teams: Map<number, Team>;
  readonly repositories: Map<number, Repository>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Token>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly events: Map<number, TimelineEvent>;
  readonly reviews: Map<number, Review>;
  readonly suites: Map<number, CheckSuite>;
  readonly runs: Map<number, CheckRun>;
  readonly deployments: Map<number, Deployment>;
  readonly workflowRuns: Map<number, WorkflowRun>;
  readonly queue: Map<number, QueueEntry>;
  readonly deliveries: Map<number, Delivery>;
};

export const emptyState = (): State => ({
  counters: {},
  accounts: new Map(),
  memberships: new Map(),
  teams: new Map(),
  repositories: new Map(),
  apps: new Map(),
  installations: new Map(),
  tokens: new Map(),
  issues: new Map(),
  comments: new Map(),
  events: new Map(),
  reviews: new Map(),
  suites: new Map(),
  runs: new Map(),
  deployments: new Map(),
  workflowRuns: new Map(),
  queue: new Map(),
  deliveries: new Map(),
});

/** The next id of its kind; ids only grow, so equal times still have an order. */
export function nextId(state: State, kind: IdKind): number {
  const id = state.counters[kind] ?? firstIds[kind];
  state.counters[kind] = id + 1;
  return id;
}
