// What can happen, said once. State functions announce a change; the webhook side renders and delivers it.

import type { Deployment, WorkflowRun } from '../actions/workflow.ts';
import type { QueueEntry } from '../merge-queue/queue-entry.ts';
import type {
  CheckRun,
  CheckSuite,
  Comment,
  Installation,
  Issue,
  Repository,
  Review,
  Team,
} from './types.ts';

/** One commit of a push, as the payload lists it. */
export type PushedCommit = {
  readonly sha: string;
  readonly treeSha: string;
  readonly message: string;
  readonly timestamp: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly committer: { readonly name: string; readonly email: string };
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
};

export type Change =
  | {
      readonly kind: 'issues';
      readonly action: 'opened' | 'edited' | 'closed' | 'reopened';
      readonly repository: Repository;
      readonly issue: Issue;
      readonly from?: { readonly title?: string; readonly body?: string };
    }
  | {
      readonly kind: 'sub_issues';
      readonly action: 'sub_issue_added' | 'parent_issue_added';
      readonly repository: Repository;
      readonly parent: Issue;
      readonly child: Issue;
    }
  | {
      readonly kind: 'issue_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly repository: Repository;
      readonly issue: Issue;
      readonly comment: Comment;
      readonly from?: { readonly body: string };
    }
  | {
      readonly kind: 'pull_request';
      readonly action: 'opened' | 'edited' | 'closed' | 'reopened' | 'synchronize' | 'enqueued' | 'dequeued';
      /** Why it left the queue. */
      readonly reason?: string;
      readonly repository: Repository;
      readonly issue: Issue;
      readonly from?: { readonly title?: string; readonly body?: string; readonly baseRef?: string };
      readonly before?: string;
      readonly after?: string;
    }
  | {
      readonly kind: 'pull_request_review';
      readonly action: 'submitted' | 'dismissed';
      readonly repository: Repository;
      readonly issue: Issue;
      readonly review: Review;
    }
  | {
      readonly kind: 'check_run';
      readonly action: 'created' | 'completed' | 'rerequested' | 'requested_action';
      readonly repository: Repository;
      readonly run: CheckRun;
      readonly identifier?: string;
    }
  | {
      readonly kind: 'check_suite';
      readonly action: 'requested';
      readonly repository: Repository;
      readonly suite: CheckSuite;
    }
  | {
      readonly kind: 'merge_group';
      readonly action: 'checks_requested' | 'destroyed';
      readonly repository: Repository;
      readonly entry: QueueEntry;
      readonly reason?: 'merged' | 'invalidated' | 'dequeued';
    }
  | {
      readonly kind: 'workflow_dispatch';
      readonly repository: Repository;
      readonly file: string;
      readonly ref: string;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'workflow_run';
      readonly action: 'requested' | 'in_progress' | 'completed';
      readonly repository: Repository;
      readonly run: WorkflowRun;
    }
  | {
      readonly kind: 'deployment';
      readonly action: 'created';
      readonly repository: Repository;
      readonly deployment: Deployment;
    }
  | {
      readonly kind: 'deployment_status';
      readonly action: 'created';
      readonly repository: Repository;
      readonly deployment: Deployment;
      readonly statusId: number;
    }
  | {
      readonly kind: 'deployment_protection_rule';
      readonly action: 'requested';
      readonly repository: Repository;
      readonly run: WorkflowRun;
      readonly deployment: Deployment;
      /** The App whose rule it is. */
      readonly appId: number;
    }
  | {
      readonly kind: 'push';
      readonly repository: Repository;
      readonly ref: string;
      readonly before: string;
      readonly after: string;
      readonly forced: boolean;
      readonly commits: readonly PushedCommit[];
    }
  | {
      readonly kind: 'create' | 'delete';
      readonly repository: Repository;
      readonly ref: string;
      readonly refType: 'branch' | 'tag';
    }
  | {
      readonly kind: 'membership';
      readonly action: 'added' | 'removed';
      readonly team: Team;
      readonly userId: number;
    }
  | { readonly kind: 'team'; readonly action: 'created' | 'deleted' | 'edited'; readonly team: Team }
  | { readonly kind: 'installation'; readonly action: 'created'; readonly installation: Installation };
