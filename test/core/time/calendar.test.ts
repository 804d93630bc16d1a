import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addDuration,
  type Calendar,
  defaultCalendar,
  hasBusinessDays,
  isBusinessDate,
  subtractDuration,
} from '../../../src/core/time/calendar.ts';
import { type Duration, readDuration } from '../../../src/core/time/duration.ts';
import { berlin, calendars, everyDay, instants, kolkata, newYork } from './calendars.ts';

const read = (text: string) => readDuration(text) as Duration;

/** Date and time on the wall, by another way than the code goes. */
const wall = (instant: string, zone: string): string => {
  const at = Date.parse(instant);
  return new Date(at + IANAZone.create(zone).offset(at) * 60_000).toISOString().slice(0, 19);
};

const businessDays = (days: number): Duration => ({ kind: 'business-days', days });

describe('S-144 business days', () => {
  it.each<[string, Calendar, string, string, string]>([
    ['over a weekend', berlin, '2026-11-20T10:00:00Z', '2 business days', '2026-11-24T10:00:00Z'],
    ['the board has five', berlin, '2026-11-23T08:30:00Z', '5 business days', '2026-11-30T08:30:00Z'],
    ['over a holiday', berlin, '2026-12-24T10:00:00Z', '1 business day', '2026-12-28T10:00:00Z'],
    ['another zone, its holiday', newYork, '2026-11-25T15:00:00Z', '1 business day', '2026-11-27T15:00:00Z'],
    ['half an hour', kolkata, '2026-01-23T04:30:00Z', '1 business day', '2026-01-27T04:30:00Z'],
    // 10:00 stays 10:00 on the wall.
    ['into summer time', berlin, '2026-03-27T09:00:00Z', '1 business day', '2026-03-30T08:00:00Z'],
    ['out of it', newYork, '2026-10-30T14:00:00Z', '1 business day', '2026-11-02T15:00:00Z'],
    [
      'from a Saturday: the whole Monday',
      berlin,
      '2026-11-21T14:00:00Z',
      '1 business day',
      '2026-11-23T23:00:00Z',
    ],
    [
      'from a holiday: the whole Monday',
      berlin,
      '2026-12-25T14:00:00Z',
      '1 business day',
      '2026-12-28T23:00:00Z',
    ],
    ['the day before in UTC', berlin, '2026-11-22T23:30:00Z', '1 business day', '2026-11-23T23:30:00Z'],
    ['a skipped time', everyDay, '2026-03-28T01:30:00Z', '1 business day', '2026-03-29T01:00:00Z'],
    ['a repeated time', everyDay, '2026-10-24T00:30:00Z', '1 business day', '2026-10-25T00:30:00Z'],
    ['without a calendar', defaultCalendar, '2026-11-20T10:00:00Z', '1 business day', '2026-11-23T10:00:00Z'],
  ])('are counted %s', (_, calendar, from, duration, until) => {
    expect(addDuration(from, read(duration), calendar)).toBe(until);
  });

  it.each<[string, Calendar, string, string, string]>([
    ['over a weekend', berlin, '2026-11-24T10:00:00Z', '2 business days', '2026-11-20T10:00:00Z'],
    ['out of summer time', berlin, '2026-03-30T08:00:00Z', '1 business day', '2026-03-27T09:00:00Z'],
    [
      'from a Sunday: the whole Friday',
      berlin,
      '2026-11-22T14:00:00Z',
      '1 business day',
      '2026-11-19T23:00:00Z',
    ],
    ['from a holiday', newYork, '2026-11-26T14:00:00Z', '2 business days', '2026-11-24T05:00:00Z'],
  ])('are counted back %s', (_, calendar, until, duration, from) => {
    expect(subtractDuration(until, read(duration), calendar)).toBe(from);
  });

  it('do not leave a day whose end is skipped', () => {
    const calendar: Calendar = { zone: 'America/Scoresbysund', businessDays: ['fri', 'sat'], holidays: [] };
    expect(addDuration('2026-03-28T01:30:00Z', businessDays(1), calendar)).toBe('2026-03-29T00:59:59Z');
  });

  it('need a day of the week; without one the counting still ends', () => {
    const none: Calendar = { ...berlin, businessDays: [] };
    expect([hasBusinessDays(none), hasBusinessDays(berlin)]).toEqual([false, true]);
    expect(addDuration('2026-11-20T10:00:00Z', businessDays(1), none)).toBe('2026-11-21T10:00:00Z');
  });

  it('are dates that one can ask for', () => {
    const asked = ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-32'];
    expect(asked.map((date) => isBusinessDate(date, berlin))).toEqual([true, false, false, false]);
  });

  it('never end on another day', () => {
    const some = fc.record({ calendar: calendars, from: instants, days: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(some, ({ calendar, from, days }) => {
        const later = addDuration(from, businessDays(days), calendar);
        const earlier = subtractDuration(from, businessDays(days), calendar);
        for (const instant of [later, earlier])
          expect(isBusinessDate(wall(instant, calendar.zone).slice(0, 10), calendar)).toBe(true);
        expect(Date.parse(later)).toBeGreaterThan(Date.parse(from));
        expect(Date.parse(earlier)).toBeLessThan(Date.parse(from));
      }),
      { numRuns: 500 },
    );
  });

  it('are as many as asked for, and more of them end later', () => {
    const some = fc.record({ calendar: calendars, from: instants, days: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(some, ({ calendar, from, days }) => {
        const until = addDuration(from, businessDays(days), calendar);
        const [first, last] = [from, until].map((instant) => wall(instant, calendar.zone).slice(0, 10));
        let counted = 0;
        for (
          let at = Date.parse(`${first}T00:00:00Z`);
          at < Date.parse(`${last}T00:00:00Z`);
          at += 86_400_000
        )
          if (isBusinessDate(new Date(at).toISOString().slice(0, 10), calendar)) counted += 1;
        expect(counted).toBe(days);
        const more = addDuration(from, businessDays(days + 1), calendar);
        expect(Date.parse(more)).toBeGreaterThan(Date.parse(until));
      }),
      { numRuns: 300 },
    );
  });

  it('end no earlier where they begin later, apart from the hour that the clock repeats', () => {
    const durations = fc.oneof(
      fc.integer({ min: 1, max: 20 }).map(businessDays),
      fc
        .integer({ min: 1, max: 30_000 })
        .map((minutes): Duration => ({ kind: 'elapsed', ms: minutes * 60_000 })),
    );
    const some = fc.record({
      calendar: calendars,
      from: instants,
      seconds: fc.integer({ min: 0, max: 400_000 }),
      duration: durations,
    });
    fc.assert(
      fc.property(some, ({ calendar, from, seconds, duration }) => {
        const later = new Date(Date.parse(from) + seconds * 1_000).toISOString();
        fc.pre(wall(from, calendar.zone) <= wall(later, calendar.zone));
        for (const shift of [addDuration, subtractDuration])
          expect(Date.parse(shift(later, duration, calendar))).toBeGreaterThanOrEqual(
            Date.parse(shift(from, duration, calendar)),
          );
      }),
      { numRuns: 500 },
    );
  });
});

describe('S-139 elapsed time', () => {
  it('is what a stopwatch shows, weekends and summer time or not', () => {
    expect(addDuration('2026-03-28T10:00:00Z', read('1d'), berlin)).toBe('2026-03-29T10:00:00Z');
    expect(subtractDuration('2026-03-29T10:00:00Z', read('90m'), berlin)).toBe('2026-03-29T08:30:00Z');
  });
});
