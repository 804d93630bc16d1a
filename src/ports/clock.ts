import type { Instant } from '../core/values.ts';

/** Our own clock: used to schedule, never to judge (T20). */
export type Clock = {
  now(): Instant;
  /** Runs `task` once, after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
};
