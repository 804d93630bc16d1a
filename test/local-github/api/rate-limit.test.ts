import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRateLedger } from '../../../src/local-github/api/rate-limit.ts';
import type { Viewer } from '../../../src/local-github/state/host.ts';
import { at, startWorld, type World } from '../world.ts';

const mona: Viewer = { kind: 'user', userId: 1, viaAppId: null };
const ada: Viewer = { kind: 'user', userId: 2, viaAppId: null };
const nine = new Date('2026-11-23T09:00:00Z');
const later = (seconds: number) => new Date(nine.getTime() + seconds * 1_000);

describe('the hourly limit', () => {
  const ledger = openRateLedger(() => 3, { primary: true, secondary: false });
  const ask = (who: Viewer, when: Date, free = false) => {
    const excess = ledger.excess(who, when, 'core', false);
    if (excess === null) ledger.count(who, when, free, 'core');
    return excess?.kind ?? 'fine';
  };
  it('refuses one too many of one viewer and one resource, until the hour is over', () => {
    expect([1, 2, 3, 4].map(() => ask(mona, nine))).toEqual(['fine', 'fine', 'fine', 'primary']);
    expect(ask(ada, nine)).toBe('fine');
    expect(ledger.excess(mona, nine, 'graphql', false)).toBeNull();
    expect(ask(mona, later(3_599))).toBe('primary');
    expect(ask(mona, later(3_600))).toBe('fine');
  });
  it('does not count what changed nothing', () => {
    for (let index = 0; index < 9; index += 1) expect(ask(ada, later(7_200), true)).toBe('fine');
  });
});

describe('the secondary limits', () => {
  const all = { primary: false, secondary: true };
  const many = (count: number, writes: boolean, when: (index: number) => Date) => {
    const ledger = openRateLedger(() => 5_000, all);
    const answers = Array.from({ length: count }, (_, index) =>
      ledger.excess(mona, when(index), 'core', writes),
    );
    return answers.findIndex((answer) => answer !== null);
  };
  it('let 80 writes and 900 points pass in a minute, and 500 writes in an hour', () => {
    expect(many(100, true, () => nine)).toBe(80);
    expect(many(1_000, false, () => nine)).toBe(900);
    expect(many(600, true, (index) => later(index))).toBe(500);
    expect(many(80, true, () => nine)).toBe(-1);
  });
  it('say how long to wait', () => {
    const ledger = openRateLedger(() => 5_000, all);
    for (let index = 0; index < 80; index += 1) ledger.excess(mona, nine, 'core', true);
    expect(ledger.excess(mona, nine, 'core', true)).toMatchObject({ kind: 'secondary', seconds: 60 });
    expect(ledger.excess(mona, later(60), 'core', true)).toBeNull();
  });
});

describe('over HTTP', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.end());
  beforeEach(() => {
    world.clock.now = new Date(world.clock.now.getTime() + 3_600_000);
  });

  it('somebody without credentials has 60 requests an hour, and can always ask how many are left', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1)
      statuses.push((await world.rest('anybody', 'GET', '/users/mona')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    const refused = await world.rest('anybody', 'GET', '/users/mona');
    expect(refused).toMatchObject({
      status: 403,
      body: { message: 'API rate limit exceeded for anonymous.' },
    });
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(at((await world.rest('anybody', 'GET', '/rate_limit')).body, 'rate.limit')).toBe(60);
    expect((await world.rest('mona', 'GET', '/users/mona')).status).toBe(200);
  });
});
