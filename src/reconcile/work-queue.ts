import type { Clock } from '../ports/clock.ts';
import type { Key, Outcome, WorkQueue } from '../ports/work-queue.ts';
import { type Ending, nextDelay } from './delay.ts';

export type WorkQueueOptions = {
  readonly clock: Clock;
  readonly run: (key: Key) => Promise<Outcome>;
  /** Told after every run; `ms` is how long it took by the clock. */
  readonly settled?: (key: Key, ending: Ending, ms: number) => void;
  /** How many keys run at once; 8 where nothing is said. */
  readonly concurrency?: number;
  /** How many different keys it holds at most; 100,000 where nothing is said (T17). */
  readonly most?: number;
  /** Told of a request that a full queue did not take. */
  readonly dropped?: (key: Key) => void;
};

const mostKeys = 100_000;

type Entry = {
  readonly key: Key;
  state: 'ready' | 'running' | 'resting';
  /** Asked for again while it ran. */
  again: boolean;
  /** Runs in a row that ended in a retry or a bug. */
  failures: number;
  /** When the newest `waiting` outcome wants to look again, in milliseconds since 1970. */
  due: number | undefined;
  cancelTimer: (() => void) | undefined;
};

type Queue = {
  readonly options: WorkQueueOptions;
  readonly entries: Map<string, Entry>;
  readonly ready: Entry[];
  running: number;
  stopped: boolean;
  idleWaiters: (() => void)[];
};

/** One string per key; a repository's name cannot contain a space. */
export function keyText(key: Key): string {
  return key.kind === 'release' ? `${key.repository} ${key.release}` : key.repository;
}

/**
 * A work queue in this process. Requests for one key coalesce while it waits; one that arrives while the key runs
 * leads to exactly one more run; a key never overlaps itself. Nothing is stored: after a restart the resync asks again.
 */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const queue: Queue = {
    options,
    entries: new Map(),
    ready: [],
    running: 0,
    stopped: false,
    idleWaiters: [],
  };
  const idle = (): Promise<void> => new Promise((resolve) => void waitForIdle(queue, resolve));
  return {
    enqueue: (key) => request(queue, key),
    idle,
    load: () => {
      const { running, ready, entries } = queue;
      return { ready: ready.length, running, resting: Math.max(0, entries.size - ready.length - running) };
    },
    stop: () => {
      queue.stopped = true;
      for (const entry of queue.entries.values()) entry.cancelTimer?.();
      queue.entries.clear();
      queue.ready.length = 0;
      return idle();
    },
  };
}

function waitForIdle(queue: Queue, resolve: () => void): void {
  queue.idleWaiters.push(resolve);
  releaseIdleWaiters(queue);
}

function releaseIdleWaiters(queue: Queue): void {
  if (queue.running > 0 || queue.ready.length > 0) return;
  const waiters = queue.idleWaiters;
  queue.idleWaiters = [];
  for (const waiter of waiters) waiter();
}

function request(queue: Queue, key: Key): void {
  if (queue.stopped) return;
  const entry = entryOf(queue, key);
  if (entry === undefined) {
    queue.options.dropped?.(key);
    return;
  }
  if (entry.state === 'running') entry.again = true;
  if (entry.state !== 'resting') return;
  entry.cancelTimer?.();
  entry.cancelTimer = undefined;
  entry.state = 'ready';
  queue.ready.push(entry);
  startReady(queue);
}

/** Undefined where the key is new and the queue is full. */
function entryOf(queue: Queue, key: Key): Entry | undefined {
  const text = keyText(key);
  const known = queue.entries.get(text);
  if (known !== undefined) return known;
  if (queue.entries.size >= (queue.options.most ?? mostKeys)) return undefined;
  const entry: Entry = {
    key,
    state: 'resting',
    again: false,
    failures: 0,
    due: undefined,
    cancelTimer: undefined,
  };
  queue.entries.set(text, entry);
  return entry;
}

function startReady(queue: Queue): void {
  while (queue.running < (queue.options.concurrency ?? 8)) {
    const entry = queue.ready.shift();
    if (entry === undefined) return;
    entry.state = 'running';
    entry.again = false;
    queue.running += 1;
    void runOnce(queue, entry);
  }
}

async function runOnce(queue: Queue, entry: Entry): Promise<void> {
  const { clock, run, settled } = queue.options;
  const began = Date.parse(clock.now());
  let ending: Ending;
  try {
    ending = await run(entry.key);
  } catch (error) {
    ending = { kind: 'bug', error };
  }
  settled?.(entry.key, ending, Date.parse(clock.now()) - began);
  queue.running -= 1;
  entry.state = 'resting';
  if (!queue.stopped) rest(queue, entry, ending);
  startReady(queue);
  releaseIdleWaiters(queue);
}

/** After a run: again at once, at a time, or only when something happens. */
function rest(queue: Queue, entry: Entry, ending: Ending): void {
  const failed = ending.kind === 'retry' || ending.kind === 'bug';
  entry.failures = failed ? entry.failures + 1 : 0;
  const now = Date.parse(queue.options.clock.now());
  if (!failed) entry.due = ending.kind === 'waiting' ? Date.parse(ending.until) : undefined;
  if (entry.again) {
    request(queue, entry.key);
    return;
  }
  const delay = nextDelay(ending, { failures: entry.failures, due: entry.due, now });
  if (delay === undefined) queue.entries.delete(keyText(entry.key));
  else entry.cancelTimer = queue.options.clock.after(delay, () => request(queue, entry.key));
}
