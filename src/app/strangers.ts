import { numberAt } from '../github/payload.ts';
import type { Clock } from '../ports/clock.ts';
import type { Forge } from '../ports/forge.ts';
import type { Key, WorkQueue } from '../ports/work-queue.ts';
import { type Memory, targetKey } from '../reconcile/memory.ts';
import { keyText } from '../reconcile/work-queue.ts';

/** Looks at one release that strangers may cause at once; after that all of them together cause one a minute. */
const atOnce = 20;
const refillMs = 60_000;

type Bucket = { looks: number; filledAt: number; waiting: boolean };

/**
 * People who can decide nothing must not be able to spend what decisions need (T17): beyond a handful, what they say is
 * looked at together, once a minute; where little of the hour's quota is left, all of it is. A pull request decides nothing
 * before it is merged, and then a push tells of it, so it waits for a new quota. Who is a stranger is taken from the delivery and from the last look at the release;
 * where either is wrong, it costs a minute and nothing else (T6).
 */
export function createStrangerBudget(world: {
  readonly memory: Pick<Memory, 'voters'>;
  readonly queue: Pick<WorkQueue, 'enqueue'>;
  readonly clock: Clock;
  readonly spareTime: Forge['spareTime'];
  /** Asks for work that decides nothing. */
  readonly upkeep: (key: Key) => void;
}): (event: string, payload: unknown, key: Key) => void {
  const { memory, queue, clock, spareTime, upkeep } = world;
  const buckets = new Map<string, Bucket>();
  const later = (key: Key, bucket: Bucket): void => {
    if (bucket.waiting) return;
    bucket.waiting = true;
    clock.after(refillMs, () => {
      bucket.waiting = false;
      queue.enqueue(key);
    });
  };
  return (event, payload, key) => {
    if (event === 'pull_request') return upkeep(key);
    if (!isStrangers(memory, event, payload, key)) return queue.enqueue(key);
    const now = Date.parse(clock.now());
    const bucket = buckets.get(keyText(key)) ?? { looks: atOnce, filledAt: now, waiting: false };
    buckets.set(keyText(key), bucket);
    const filled = Math.floor((now - bucket.filledAt) / refillMs);
    bucket.looks = Math.min(atOnce, bucket.looks + filled);
    bucket.filledAt += filled * refillMs;
    if (bucket.looks === 0 || spareTime(key.repository) > 0) return later(key, bucket);
    bucket.looks -= 1;
    queue.enqueue(key);
  };
}

/** A comment that nobody wrote or touched who may vote on the release. Where that is not known, nobody is a stranger. */
function isStrangers(memory: Pick<Memory, 'voters'>, event: string, payload: unknown, key: Key): boolean {
  if (event !== 'issue_comment' || key.kind !== 'release') return false;
  const voters = memory.voters.get(targetKey(key.repository, key.release));
  const people = [numberAt(payload, 'sender', 'id'), numberAt(payload, 'comment', 'user', 'id')];
  return voters !== undefined && people.every((id) => id !== undefined && !voters.has(id));
}
