import type { Position } from '../problem.ts';
import type { Sha } from '../values.ts';
import type { Conclusion, Reaction } from './facts.ts';

/** A mark at a place of a file in a check. Lines and columns count from 1. */
export type Annotation = {
  readonly path: string;
  readonly position: Position;
  readonly level: 'failure' | 'warning';
  readonly title: string;
  readonly message: string;
};

export type CheckContent = {
  readonly name: string;
  readonly commit: Sha;
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  /** Never judged for equality: it carries the newest checkpoint as an anchor (T8). */
  readonly externalId: string;
  readonly annotations: readonly Annotation[];
};

/** One change to what people see. `decide` asks only for what differs from what GitHub shows. */
export type Write =
  | { readonly kind: 'create-check'; readonly check: CheckContent }
  /** Only where the conclusion stays: a state change is a new run (design 4). */
  | { readonly kind: 'update-check'; readonly nodeId: string; readonly check: CheckContent }
  /** `parent` is the node id of the tracking issue, where it exists already. */
  | { readonly kind: 'create-issue'; readonly title: string; readonly body: string; readonly parent?: string }
  | { readonly kind: 'update-issue'; readonly nodeId: string; readonly title: string; readonly body: string }
  | { readonly kind: 'close-issue'; readonly nodeId: string; readonly reason: 'COMPLETED' | 'NOT_PLANNED' }
  | { readonly kind: 'reopen-issue'; readonly nodeId: string }
  | { readonly kind: 'link-issue'; readonly parent: string; readonly child: string }
  | { readonly kind: 'comment'; readonly issue: string; readonly body: string }
  | { readonly kind: 'react'; readonly subject: string; readonly reaction: Reaction };
