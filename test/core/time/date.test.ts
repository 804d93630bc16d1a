import { describe, expect, it } from 'vitest';
import { isTimeOfDay, readDate, weekdayOf, writeDate } from '../../../src/core/time/date.ts';

describe('a date', () => {
  it.each(['1970-01-01', '2024-02-29', '2026-12-31', '2999-12-31'])('is %s', (text) => {
    expect(writeDate(readDate(text) as number)).toBe(text);
  });

  it.each([
    ...['2026-02-29', '2026-02-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32', '2026-1-1'],
    ...['1969-12-31', '3000-01-01', '26-01-01', '2026/01/01', '20260101', '2026-01-01 ', '', 'today'],
  ])('is not %j', (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it('has a day of the week, before 1970 too', () => {
    const from = readDate('2026-11-23') as number;
    const week = [0, 1, 2, 3, 4, 5, 6].map((days) => weekdayOf(from + days));
    expect(week).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    expect([weekdayOf(-1), weekdayOf(-10)]).toEqual(['wed', 'mon']);
  });

  it('and a time of day have one way to be written', () => {
    expect(['00:00', '09:05', '19:59', '23:59'].every(isTimeOfDay)).toBe(true);
    expect(['24:00', '9:00', '09:60', '09:00:00', '0900', ''].some(isTimeOfDay)).toBe(false);
  });
});
