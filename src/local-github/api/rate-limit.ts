import type { Host, Viewer } from '../state/host.ts';
import { accountById } from '../state/lookup.ts';

export type Budget = {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  /** Seconds since 1970. */
  readonly reset: number;
};

/** A request that came too often; `seconds` is what `retry-after` says, null where the headers tell the time. */
export type Excess = {
  readonly kind: 'primary' | 'secondary';
  readonly message: string;
  readonly seconds: number | null;
};

export type Resource = 'core' | 'graphql';

export type RateLimits = {
  /** Refuses whoever has used up the hour. */
  readonly primary: boolean;
  /** Refuses whoever writes or asks too fast; off where nothing else is said, as on an Enterprise Server. */
  readonly secondary: boolean;
};

export type RateLedger = {
  /** Whether a request is one too many. A read costs one point, a write five. */
  readonly excess: (viewer: Viewer, now: Date, resource: Resource, writes: boolean) => Excess | null;
  /** Counts a request of the viewer; a conditional request that changed nothing is free. */
  readonly count: (viewer: Viewer, now: Date, free: boolean, resource: Resource) => Record<string, string>;
  readonly read: (viewer: Viewer, now: Date, resource?: Resource) => Budget;
};

const keyOf = (viewer: Viewer): string => {
  if (viewer.kind === 'user') return `user ${viewer.userId}`;
  if (viewer.kind === 'installation') return `installation ${viewer.installationId}`;
  return viewer.kind === 'app' ? `app ${viewer.appId}` : 'anonymous';
};

/**
 * GitHub's primary limits for an hour: 60 without credentials, 5,000 with them; an installation on an organization gets
 * 50 more for each repository and each member above 20, up to 12,500.
 */
export function hourlyLimit(host: Pick<Host, 'state'>, viewer: Viewer): number {
  if (viewer.kind === 'anonymous') return 60;
  const installation =
    viewer.kind === 'installation' ? host.state.installations.get(viewer.installationId) : undefined;
  if (installation === undefined) return 5_000;
  const { accountId } = installation;
  if (accountById(host.state, accountId).kind !== 'Organization') return 5_000;
  const repositories = [...host.state.repositories.values()].filter(
    (row) => row.ownerId === accountId,
  ).length;
  const people = host.state.memberships.get(accountId)?.userIds.length ?? 0;
  const more = 50 * (Math.max(0, repositories - 20) + Math.max(0, people - 20));
  return Math.min(12_500, 5_000 + more);
}

/** GitHub's secondary limits: writes a minute, writes an hour, and points a minute. */
const secondary = { writesPerMinute: 80, writesPerHour: 500, pointsPerMinute: { core: 900, graphql: 2_000 } };

type Window = { start: number; count: number };

/** Adds to a window that begins anew when its time has passed. */
function add(windows: Map<string, Window>, key: string, now: number, length: number, more: number): number {
  const known = windows.get(key);
  const current = known === undefined || now - known.start >= length ? { start: now, count: 0 } : known;
  current.count += more;
  windows.set(key, current);
  return current.count;
}

/** Counts for each viewer and resource; nothing is kept over a restart. */
export function openRateLedger(
  limitOf: (viewer: Viewer) => number = () => 5_000,
  enforced: RateLimits = { primary: false, secondary: false },
): RateLedger {
  const used = new Map<string, number>();
  const windows = new Map<string, Window>();
  let hour = 0;
  const enter = (now: Date) => {
    const current = Math.floor(now.getTime() / 3_600_000);
    if (current !== hour) used.clear();
    hour = current;
  };
  const read = (viewer: Viewer, now: Date, resource: Resource = 'core') => {
    enter(now);
    const count = used.get(`${keyOf(viewer)} ${resource}`) ?? 0;
    const limit = limitOf(viewer);
    return { limit, remaining: Math.max(0, limit - count), used: count, reset: (hour + 1) * 3_600 };
  };
  const tooFast = (viewer: Viewer, now: Date, resource: Resource, writes: boolean): boolean => {
    const key = `${keyOf(viewer)} ${resource}`;
    const at = now.getTime();
    const points = add(windows, `points ${key}`, at, 60_000, writes ? 5 : 1);
    const minute = writes ? add(windows, `minute ${keyOf(viewer)}`, at, 60_000, 1) : 0;
    const inHour = writes ? add(windows, `hour ${keyOf(viewer)}`, at, 3_600_000, 1) : 0;
    const { writesPerMinute, writesPerHour, pointsPerMinute } = secondary;
    return minute > writesPerMinute || inHour > writesPerHour || points > pointsPerMinute[resource];
  };
  return {
    read,
    excess: (viewer, now, resource, writes) => {
      if (enforced.primary && read(viewer, now, resource).remaining === 0)
        return { kind: 'primary', message: `API rate limit exceeded for ${keyOf(viewer)}.`, seconds: null };
      if (!enforced.secondary || !tooFast(viewer, now, resource, writes)) return null;
      const message =
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      return { kind: 'secondary', message, seconds: 60 };
    },
    count: (viewer, now, free, resource) => {
      enter(now);
      const key = `${keyOf(viewer)} ${resource}`;
      if (!free) used.set(key, (used.get(key) ?? 0) + 1);
      const { limit, remaining, used: count, reset } = read(viewer, now, resource);
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
