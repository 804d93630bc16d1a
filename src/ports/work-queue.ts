import type { Instant } from '../core/values.ts';

/** A reconcile request is only a name (design 6). `repository` is `owner/name`. */
export type Key =
  | { readonly kind: 'repository'; readonly repository: string }
  | { readonly kind: 'release'; readonly repository: string; readonly release: string };

/** What happens next (house style 9): nothing until something changes, at a time, when a person acts, or again soon. */
export type Outcome =
  | { readonly kind: 'settled' }
  | { readonly kind: 'waiting'; readonly until: Instant }
  | { readonly kind: 'stalled'; readonly who: string; readonly what: string }
  | { readonly kind: 'retry'; readonly afterMs?: number; readonly why: string };

/** Requests for one key coalesce and never overlap; different keys run in parallel. */
export type WorkQueue = {
  enqueue(key: Key): void;
  /** Resolves when nothing runs and nothing is ready; timers may still be pending. */
  idle(): Promise<void>;
  /** How many keys wait for their turn, run now, or rest until a time. */
  load(): { readonly ready: number; readonly running: number; readonly resting: number };
  /** Takes no more work and resolves when what runs has ended. */
  stop(): Promise<void>;
};
