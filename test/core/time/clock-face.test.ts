import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantFrom, isZone, momentOfWallTime, wallTime } from '../../../src/core/time/clock-face.ts';
import { dateAt, endOfDay, momentAt, readDate, startOfDay } from '../../../src/core/time/date.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Scoresbysund',
  'Africa/Cairo',
  'Africa/Casablanca',
];

const date = (text: string): number => readDate(text) as number;

const at = (day: string, time: string, zone: string) => instantFrom(momentAt(date(day), time, zone));

describe('the clock on the wall', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28', '02:30', '2026-03-28T01:30:00Z'],
    // Skipped: the clock jumps from 02:00 to 03:00.
    ['Europe/Berlin', '2026-03-29', '02:00', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29', '03:30', '2026-03-29T01:30:00Z'],
    // Repeated: the first pass.
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
    ['Asia/Kolkata', '2026-11-01', '01:30', '2026-10-31T20:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00Z'],
    // A whole day that never was.
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T10:00:00Z'],
  ])('%s %s %s is %s', (zone, day, time, instant) => {
    expect(at(day, time, zone)).toBe(instant);
  });

  it('gives days of 23, 24 and 25 hours', () => {
    const hours = (text: string) =>
      (startOfDay(date(text) + 1, 'Europe/Berlin') - startOfDay(date(text), 'Europe/Berlin')) / 3_600_000;
    expect(['2026-03-29', '2026-03-30', '2026-10-25'].map(hours)).toEqual([23, 24, 25]);
  });

  it('begins a day whose midnight is skipped when the clock jumps', () => {
    expect(instantFrom(startOfDay(date('2026-04-24'), 'Africa/Cairo'))).toBe('2026-04-23T22:00:00Z');
    expect(instantFrom(endOfDay(date('2026-04-23'), 'Africa/Cairo'))).toBe('2026-04-23T21:59:59Z');
  });

  it('finds the first moment that shows a time or a later one', () => {
    const changes = ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-24', '2026-10-04'];
    const walls = fc.record({
      zone: fc.constantFrom(...zones),
      wall: fc.oneof(
        fc.integer({ min: 0, max: 3_000_000_000 }).map((seconds) => seconds * 1_000),
        fc
          .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 60, max: 36 * 60 }))
          .map(([day, minutes]) => date(day) * 86_400_000 + minutes * 60_000),
      ),
    });
    fc.assert(
      fc.property(walls, ({ zone, wall }) => {
        const moment = momentOfWallTime(wall, zone);
        expect(wallTime(moment, zone)).toBeGreaterThanOrEqual(wall);
        expect(wallTime(moment - 1_000, zone)).toBeLessThan(wall);
      }),
      { numRuns: 1_000 },
    );
  });

  it('puts every moment into the day that it is in', () => {
    const moments = fc.integer({ min: 0, max: 3_000_000_000 }).map((seconds) => seconds * 1_000);
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
        const day = dateAt(moment, zone);
        expect(startOfDay(day, zone)).toBeLessThanOrEqual(moment);
        expect(endOfDay(day, zone)).toBeGreaterThanOrEqual(moment);
      }),
      { numRuns: 500 },
    );
  });

  it('knows zones by name, not offsets, and does not go on without one', () => {
    expect([...zones, 'Etc/GMT+2'].every(isZone)).toBe(true);
    expect(['', 'Mars/Olympus', '+02:00', 'Europe', 'local'].some(isZone)).toBe(false);
    expect(() => wallTime(0, 'Mars/Olympus')).toThrow(new RangeError('Mars/Olympus is not a time zone'));
  });

  it('writes whole seconds', () => {
    expect(instantFrom(1_999)).toBe('1970-01-01T00:00:01Z');
    expect(instantFrom(-1)).toBe('1969-12-31T23:59:59Z');
  });
});
