import type { Time } from '../state/types.ts';

/** A pull request that waits in the queue of its base branch. */
export type QueueEntry = {
  readonly id: number;
  readonly repositoryId: number;
  readonly issueId: number;
  readonly baseRef: string;
  readonly enqueuedById: number;
  readonly enqueuedAt: Time;
  group: MergeGroup | null;
  /** The head that Apps were last asked to check. */
  announced?: string;
};

/** The merge that is being checked before the branch moves to it; `headRef` is a full name. */
export type MergeGroup = {
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string;
  readonly treeSha: string;
  readonly message: string;
  readonly timestamp: Time;
};
