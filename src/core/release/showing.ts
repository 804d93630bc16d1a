import type { Anchor } from '../record/record.ts';
import type { Facts } from './facts.ts';
import type { Refusal } from './refusal.ts';
import type { OpenRelease } from './state.ts';
import type { Hindrances, StatusOf } from './status.ts';

/** What views need besides the state: who they are shown to, and how far the record reaches. */
export type Showing = {
  readonly state: OpenRelease;
  readonly facts: Facts;
  readonly refusals: readonly Refusal[];
  readonly hindrances: Hindrances;
  /** Login of the organization that owns the repository. */
  readonly organization: string;
  readonly anchor: Anchor;
};

/** The same with what more than one view shows, worked out once. */
export type Shown = Showing & {
  readonly statusOf: StatusOf;
  /** What the tracking issue says. */
  readonly page: string;
};
