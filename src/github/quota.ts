import type { Clock } from '../ports/clock.ts';
import type { CallEnding } from './connection.ts';

export type AnswerHeaders = { readonly [name: string]: string | number | undefined };

/** What is left of the hour for whoever calls. REST and GraphQL have a budget each, and every answer tells of one. */
export type Quota = {
  /** Takes over what the newest answer says; a host that does not count says nothing. */
  note(headers: AnswerHeaders, api: CallEnding['api']): void;
  /** Milliseconds that work which decides nothing should wait; 0 where enough is left. */
  spareTime(): number;
};

/**
 * The share of an hour's quota that upkeep leaves to decisions (T17). A decision takes four calls, three of them GraphQL:
 * of the least quota that an installation has, 5,000 an hour, a fifth is good for more than 300 decisions, and upkeep
 * that keeps to the other four fifths still looks at thousands of repositories.
 */
const reserved = 1 / 5;

/** The host tells the end in whole seconds. */
const marginMs = 1_000;

type Budget = { readonly limit: number; readonly remaining: number; readonly endsAt: number };

/** Remembers the newest budget of each resource. Where answers overtake each other it is off by a few calls, no more. */
export const createQuota = (clock: Clock): Quota => {
  const budgets = new Map<string, Budget>();
  return {
    note: (headers, api) => {
      const now = Date.parse(clock.now());
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
        Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
      ) as [number, number, number];
      // The end is the host's time, so it is measured from the host's own now (T20).
      const left = reset * 1000 - Date.parse(String(headers['date']));
      if (!Number.isFinite(limit + remaining + left)) return;
      const resource = headers['x-ratelimit-resource'] ?? (api === 'graphql' ? 'graphql' : 'core');
      budgets.set(String(resource), { limit, remaining, endsAt: now + left + marginMs });
    },
    spareTime: () => {
      const now = Date.parse(clock.now());
      const scarce = [...budgets.values()].filter(({ limit, remaining }) => remaining < limit * reserved);
      return Math.max(0, ...scarce.map(({ endsAt }) => endsAt - now));
    },
  };
};
