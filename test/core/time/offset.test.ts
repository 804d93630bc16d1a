import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration } from '../../../src/core/time/calendar.ts';
import { type Duration, readDuration } from '../../../src/core/time/duration.ts';
import {
  instantOf,
  needsDeadline,
  type Offset,
  readOffset,
  writeOffset,
} from '../../../src/core/time/offset.ts';
import { berlin, calendars, instants } from './calendars.ts';

const read = (text: string) => readOffset(text) as Offset;
const activated = '2026-11-23T09:00:00Z';

describe('S-138 S-145 an offset', () => {
  it.each([
    ['50%', '2026-11-23T21:00:00Z'],
    ['75%', '2026-11-24T03:00:00Z'],
    ['100%', '2026-11-24T09:00:00Z'],
    ['1%', '2026-11-23T09:14:24Z'],
    ['2h', '2026-11-23T11:00:00Z'],
    ['1 business day', '2026-11-24T09:00:00Z'],
    ['6h before', '2026-11-24T03:00:00Z'],
    ['1 business day before', '2026-11-23T09:00:00Z'],
    ['2 business days before', '2026-11-20T09:00:00Z'],
  ])('%s of a deadline of a day is %s', (text, instant) => {
    expect(instantOf(read(text), activated, '2026-11-24T09:00:00Z', berlin)).toBe(instant);
  });

  it('of a QA sign-off is the hour of its worked example, and falls on whole seconds', () => {
    expect(instantOf(read('75%'), activated, '2026-11-25T09:00:01Z', berlin)).toBe('2026-11-24T21:00:00Z');
  });

  it('seen from the deadline means nothing without one', () => {
    const told = ['50%', '2h', '6h before'].map((text) => [
      needsDeadline(read(text)),
      instantOf(read(text), activated, undefined, berlin),
    ]);
    expect(told).toEqual([
      [true, undefined],
      [false, '2026-11-23T11:00:00Z'],
      [true, undefined],
    ]);
  });

  it.each([
    '0%',
    '101%',
    '50.5%',
    '050%',
    '50 %',
    '-5%',
    '%',
    '6h  before',
    '6h Before',
    'before',
    '6h after',
    '',
  ])('is not %j', (text) => {
    expect(readOffset(text)).toBeUndefined();
  });

  it('is read back as it was written', () => {
    const durations = fc
      .tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('m', 'h', 'd', 'w', ' business days'))
      .map(([count, unit]) => readDuration(`${count}${unit}`) as Duration);
    const offsets: fc.Arbitrary<Offset> = fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ kind: fc.constantFrom('after' as const, 'before' as const), duration: durations }),
    );
    fc.assert(
      fc.property(offsets, (offset) => {
        expect(readOffset(writeOffset(offset))).toEqual(offset);
      }),
    );
  });

  it('in percent lies between activation and deadline, a larger one no earlier', () => {
    const some = fc.record({
      calendar: calendars,
      from: instants,
      days: fc.integer({ min: 1, max: 10 }),
      percents: fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })),
    });
    fc.assert(
      fc.property(some, ({ calendar, from, days, percents }) => {
        const deadline = addDuration(from, { kind: 'business-days', days }, calendar);
        const [low, high] = percents
          .toSorted((one, other) => one - other)
          .map((percent) =>
            Date.parse(instantOf({ kind: 'percent', percent }, from, deadline, calendar) ?? ''),
          );
        expect(low).toBeGreaterThanOrEqual(Date.parse(from));
        expect(high).toBeGreaterThanOrEqual(low as number);
        expect(high).toBeLessThanOrEqual(Date.parse(deadline));
      }),
    );
  });
});
