import type { Viewer } from '../state/host.ts';

const hourly = 5_000;

export type Budget = {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  readonly reset: number;
};

export type RateLedger = {
  /** Counts a request of the viewer; a conditional request that changed nothing is free. */
  readonly count: (viewer: Viewer, now: Date, free: boolean, resource: string) => Record<string, string>;
  readonly read: (viewer: Viewer, now: Date) => Budget;
};

const keyOf = (viewer: Viewer): string =>
  viewer.kind === 'user'
    ? `user ${viewer.userId}`
    : viewer.kind === 'installation'
      ? `installation ${viewer.installationId}`
      : viewer.kind === 'app'
        ? `app ${viewer.appId}`
        : 'anonymous';

/** Primary limits are counted and shown, never enforced: as on a GitHub Enterprise Server by default. */
export function openRateLedger(): RateLedger {
  const used = new Map<string, number>();
  let hour = 0;
  const enter = (now: Date) => {
    const current = Math.floor(now.getTime() / 3_600_000);
    if (current !== hour) used.clear();
    hour = current;
  };
  const read = (viewer: Viewer, now: Date) => {
    enter(now);
    const count = used.get(keyOf(viewer)) ?? 0;
    return { limit: hourly, remaining: Math.max(0, hourly - count), used: count, reset: (hour + 1) * 3_600 };
  };
  return {
    read,
    count: (viewer, now, free, resource) => {
      enter(now);
      if (!free) used.set(keyOf(viewer), (used.get(keyOf(viewer)) ?? 0) + 1);
      const { limit, remaining, used: count, reset } = read(viewer, now);
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-used': String(count),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-resource': resource,
      };
    },
  };
}
