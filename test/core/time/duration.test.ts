import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, readDuration, writeDuration } from '../../../src/core/time/duration.ts';

const hours = (count: number): Duration => ({ kind: 'elapsed', ms: count * 3_600_000 });

describe('S-139 a duration', () => {
  it.each<[string, Duration]>([
    ['90m', hours(1.5)],
    ['24h', hours(24)],
    ['3d', hours(72)],
    ['2w', hours(336)],
    ['366d', hours(366 * 24)],
    ['2 business days', { kind: 'business-days', days: 2 }],
    ['1 business day', { kind: 'business-days', days: 1 }],
    ['366 business days', { kind: 'business-days', days: 366 }],
  ])('is read from %s', (text, duration) => {
    expect(readDuration(text)).toEqual(duration);
  });

  it.each([
    ...['', '0m', '-1h', '24', '1.5h', '1 h', '24H', '24hours', '1h30m', '01h', '+1h', '1e3m', ' 1h', '1h\n'],
    ...['367d', '53w', '8785h', '367 business days', '0 business days', '2 Business Days', '2businessdays'],
    '9'.repeat(400).concat('m'),
  ])('is not read from %j', (text) => {
    expect(readDuration(text)).toBeUndefined();
  });

  it.each([
    ['14d', '2w'],
    ['48h', '2d'],
    ['60m', '1h'],
    ['90m', '90m'],
    ['1 business days', '1 business day'],
    ['5 business days', '5 business days'],
  ])('%s is written %s', (text, written) => {
    expect(writeDuration(readDuration(text) as Duration)).toBe(written);
  });

  it('never writes less than there is', () => {
    expect(writeDuration({ kind: 'elapsed', ms: 90_000 })).toBe('2m');
  });

  it('reads back what it writes', () => {
    const durations = fc.oneof(
      fc
        .integer({ min: 1, max: 366 * 24 * 60 })
        .map((minutes): Duration => ({ kind: 'elapsed', ms: minutes * 60_000 })),
      fc.integer({ min: 1, max: 366 }).map((days): Duration => ({ kind: 'business-days', days })),
    );
    fc.assert(
      fc.property(durations, (duration) => {
        expect(readDuration(writeDuration(duration))).toEqual(duration);
      }),
      { numRuns: 500 },
    );
  });
});
