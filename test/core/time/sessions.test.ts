import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSession, type Sessions } from '../../../src/core/time/sessions.ts';
import { instants } from './calendars.ts';

const board: Sessions = {
  kind: 'weekly',
  every: 'tue',
  at: '14:00',
  zone: 'Europe/Berlin',
  except: ['2026-12-29', '2027-01-05'],
};

describe('S-065 G-32 the next session of a change advisory board', () => {
  it.each([
    ['later that week', '2026-11-23T09:00:00Z', '2026-11-24T13:00:00Z'],
    ['later that day', '2026-11-24T12:59:59Z', '2026-11-24T13:00:00Z'],
    ['not the one that begins', '2026-11-24T13:00:00Z', '2026-12-01T13:00:00Z'],
    ['in summer time', '2026-03-25T00:00:00Z', '2026-03-31T12:00:00Z'],
    ['after those that do not take place', '2026-12-23T00:00:00Z', '2027-01-12T13:00:00Z'],
  ])('%s', (_, after, expected) => {
    expect(nextSession(board, after)).toBe(expected);
  });

  it('of a list is the nearest that is left', () => {
    const listed: Sessions = { kind: 'listed', at: ['2026-12-01T13:00:00Z', '2026-11-24T13:00:00Z'] };
    expect(nextSession(listed, '2026-11-01T00:00:00Z')).toBe('2026-11-24T13:00:00Z');
    expect(nextSession(listed, '2026-11-24T13:00:00Z')).toBe('2026-12-01T13:00:00Z');
    expect(nextSession(listed, '2026-12-01T13:00:00Z')).toBeUndefined();
  });

  it('of a weekly board comes within eight days, and its clock shows the same time', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata');
    fc.assert(
      fc.property(instants, zones, (after, zone) => {
        const next = nextSession({ ...board, zone, except: [] }, after) ?? '';
        const wait = Date.parse(next) - Date.parse(after);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThan(8 * 86_400_000);
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
        });
        expect(shown.format(Date.parse(next))).toMatch(/^Tue\W+14:00$/);
      }),
    );
  });
});
