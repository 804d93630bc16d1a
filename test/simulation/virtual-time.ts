import { createPrivateKey, type KeyObject, sign, webcrypto } from 'node:crypto';
import type { Clock } from '../../src/ports/clock.ts';
import { beginning } from './subject.ts';

type Timer = {
  readonly at: number;
  readonly order: number;
  readonly owner: number;
  readonly task: () => void;
};

/** One clock for the host and for every process of the App; it moves only when it is told to. */
export type VirtualTime = Clock & {
  readonly milliseconds: () => number;
  /** A process's own view of the clock: when the process dies, so do its timers. */
  readonly of: (owner: number) => Clock;
  readonly forget: (owner: number) => void;
  readonly advance: (milliseconds: number) => void;
  /** Lets the clocks of all processes go wrong by so much; that of the host is always right. */
  readonly skew: (milliseconds: number) => void;
  /** Moves on to the next timer that falls due within `milliseconds`, and runs it. False: there is none. */
  readonly next: (milliseconds: number) => boolean;
};

export function createVirtualTime(start = beginning): VirtualTime {
  let now = start;
  let skewed = 0;
  let order = 0;
  let timers: Timer[] = [];
  const dead = new Set<number>();
  const of = (owner: number): Clock => ({
    now: () => new Date(now + (owner === 0 ? 0 : skewed)).toISOString(),
    after: (milliseconds, task) => {
      if (dead.has(owner)) return () => undefined;
      order += 1;
      const timer = { at: now + milliseconds, order, owner, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  return {
    ...of(0),
    of,
    milliseconds: () => now,
    skew: (milliseconds) => {
      skewed = milliseconds;
    },
    forget: (owner) => {
      dead.add(owner);
      timers = timers.filter((timer) => timer.owner !== owner);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
    next: (milliseconds) => {
      const [first] = [...timers].sort((a, b) => a.at - b.at || a.order - b.order);
      if (first === undefined || first.at > now + milliseconds) return false;
      timers = timers.filter((timer) => timer !== first);
      now = Math.max(now, first.at);
      first.task();
      return true;
    },
  };
}

const keys = new Map<string, KeyObject>();

/** Reading a key takes longer than signing with it. */
function keyOf(der: Buffer): KeyObject {
  const name = der.toString('base64');
  const known = keys.get(name) ?? createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  keys.set(name, known);
  return known;
}

/**
 * Runs `work` while the machine's own clock and its threads stay out of the game: libraries that ask what time it is are
 * told the virtual time, and web tokens are signed at once instead of when a thread comes to it.
 */
export async function outOfTime<T>(time: VirtualTime, work: () => Promise<T>): Promise<T> {
  const { now } = Date;
  const { subtle } = webcrypto;
  const own = { importKey: subtle.importKey, sign: subtle.sign };
  Date.now = time.milliseconds;
  Object.assign(subtle, {
    importKey: async (_: string, key: ArrayBuffer) => keyOf(Buffer.from(key)),
    sign: async (_: string, key: KeyObject, data: ArrayBuffer) => sign('RSA-SHA256', Buffer.from(data), key),
  });
  try {
    return await work();
  } finally {
    Date.now = now;
    Object.assign(subtle, own);
  }
}
