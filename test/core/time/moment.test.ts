import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMoment } from '../../../src/core/time/moment.ts';

describe('T20 a moment is read once and means one instant', () => {
  it.each([
    ['2026-11-25T09:00:00Z', '2026-11-25T09:00:00Z'],
    ['2026-11-25t09:00:00z', '2026-11-25T09:00:00Z'],
    ['2026-11-25T09:00:00+01:00', '2026-11-25T08:00:00Z'],
    ['2026-11-25T23:30:00-05:30', '2026-11-26T05:00:00Z'],
    ['2026-11-25T09:00:00.999Z', '2026-11-25T09:00:00Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00Z'],
  ])('%s is %s in every zone', (text, instant) => {
    expect(readMoment(text, 'Europe/Berlin')).toBe(instant);
    expect(readMoment(text, 'Asia/Kolkata')).toBe(instant);
  });

  it.each([
    ['Europe/Berlin', '2026-11-25', '2026-11-25T22:59:59Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-29T21:59:59Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25T22:59:59Z'],
    ['America/New_York', '2026-11-25', '2026-11-26T04:59:59Z'],
    ['Asia/Kolkata', '2026-11-25', '2026-11-25T18:29:59Z'],
    ['UTC', '2024-02-29', '2024-02-29T23:59:59Z'],
  ])('a date in %s, %s, is its last second, %s', (zone, text, instant) => {
    expect(readMoment(text, zone)).toBe(instant);
  });

  it.each([
    '2026-11-25T09:00:00',
    '2026-11-25T09:00Z',
    '2026-11-25 09:00:00Z',
    '2026-11-25T09:00:00 Europe/Berlin',
    '2026-11-25T09:00:00+0100',
    '2026-11-25T09:00:00+01',
    '2026-11-25T09:00:00+24:00',
    '2026-11-25T24:00:00Z',
    '2026-11-25T23:59:60Z',
    '2026-11-25T09:60:00Z',
    '2026-02-29T09:00:00Z',
    '2026-02-30',
    '2026-11-31',
    '2026-11',
    'tomorrow',
    '',
  ])('%j is no moment', (text) => {
    expect(readMoment(text, 'Europe/Berlin')).toBeUndefined();
  });

  it('is not guessed where the zone is not known', () => {
    expect(readMoment('2026-11-25', 'Mars/Olympus')).toBeUndefined();
    expect(readMoment('2026-11-25T09:00:00Z', 'Mars/Olympus')).toBe('2026-11-25T09:00:00Z');
  });

  it('reads back every instant, and nothing else than instants', () => {
    const instants = fc
      .integer({ min: 0, max: 30_000_000_000 })
      .map((seconds) => new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z'));
    fc.assert(
      fc.property(instants, (instant) => {
        expect(readMoment(instant, 'UTC')).toBe(instant);
      }),
    );
    const anything = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$/),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(readMoment(text, 'Europe/Berlin') ?? '1970-01-01T00:00:00Z').toMatch(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
