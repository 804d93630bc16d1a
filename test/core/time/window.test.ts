import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../../../src/core/time/date.ts';
import { type Freeze, frozenBy } from '../../../src/core/time/freeze.ts';
import { nextOpenMoment } from '../../../src/core/time/next-open-moment.ts';
import { isInWindow, type Window } from '../../../src/core/time/window.ts';

const office: Window = { days: ['mon', 'tue'], from: '09:00', until: '17:00', zone: 'Europe/Berlin' };
const night: Window = { days: ['fri'], from: '22:00', until: '04:00', zone: 'America/New_York' };
const dawn: Window = { days: ['sun'], from: '02:30', until: '03:30', zone: 'Europe/Berlin' };

const freeze = (from: string, until: string): Freeze => ({ name: 'x', from, until, environments: [] });

const open = (freezes: readonly Freeze[], windows: readonly Window[], from: string) =>
  nextOpenMoment(freezes, windows, 'production', from);

describe('G-31 a change window', () => {
  it.each<[string, Window, string, boolean]>([
    ['before it opens', office, '2026-11-23T07:59:59Z', false],
    ['as it opens', office, '2026-11-23T08:00:00Z', true],
    ['just before it closes', office, '2026-11-23T15:59:59Z', true],
    ['as it closes', office, '2026-11-23T16:00:00Z', false],
    ['on another day', office, '2026-11-25T12:00:00Z', false],
    ['past midnight', night, '2026-11-28T08:59:59Z', true],
    ['past its end', night, '2026-11-28T09:00:00Z', false],
    ['past midnight of a day before it', night, '2026-11-27T06:00:00Z', false],
    ['opened by a clock that jumps', dawn, '2026-03-29T01:00:00Z', true],
    ['closed again by that clock', dawn, '2026-03-29T01:30:00Z', false],
    ['open while the hour is repeated', dawn, '2026-10-25T01:45:00Z', true],
  ])('%s', (_, window, at, expected) => {
    expect(isInWindow([window], at)).toBe(expected);
    expect(isInWindow([{ ...office, days: [] }, window], at)).toBe(expected);
  });

  it('of equal ends lasts a day, and without windows it is always open', () => {
    const daily: Window = { days: ['mon'], from: '12:00', until: '12:00', zone: 'UTC' };
    const open = [
      '2026-11-23T11:59:59Z',
      '2026-11-23T12:00:00Z',
      '2026-11-24T11:59:59Z',
      '2026-11-24T12:00:00Z',
    ];
    expect(open.map((at) => isInWindow([daily], at))).toEqual([false, true, true, false]);
    expect(isInWindow([], '2026-11-23T12:00:00Z')).toBe(true);
  });
});

describe('G-31 the next moment at which nothing holds', () => {
  const holidays = freeze('2026-11-23T00:00:00Z', '2026-11-24T10:00:00Z');

  it.each<[string, readonly Freeze[], readonly Window[], string, string | undefined]>([
    ['is now', [], [], '2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z'],
    ['is now, in whole seconds', [], [office], '2026-11-23T12:00:00.250Z', '2026-11-23T12:00:01Z'],
    ['is when the window opens', [], [office], '2026-11-25T12:00:00Z', '2026-11-30T08:00:00Z'],
    ['is the nearest window', [], [office, night], '2026-11-25T12:00:00Z', '2026-11-28T03:00:00Z'],
    ['is a week on', [], [{ ...office, days: ['mon'] }], '2026-11-23T16:00:00Z', '2026-11-30T08:00:00Z'],
    ['is when the freeze ends', [holidays], [], '2026-11-23T12:00:00Z', '2026-11-24T10:00:00Z'],
    ['is in a window that is left', [holidays], [office], '2026-11-23T12:00:00Z', '2026-11-24T10:00:00Z'],
    [
      'is after freezes that meet',
      [holidays, freeze('2026-11-24T10:00:00Z', '2026-11-24T16:00:00Z')],
      [office],
      '2026-11-23T12:00:00Z',
      '2026-11-30T08:00:00Z',
    ],
    ['never comes without a day', [], [{ ...office, days: [] }], '2026-11-23T12:00:00Z', undefined],
    [
      'never comes within two years',
      [freeze('2026-01-01T00:00:00Z', '2029-01-01T00:00:00Z')],
      [],
      '2026-11-23T12:00:00Z',
      undefined,
    ],
    [
      'skips a window that the clock swallows',
      [],
      [{ ...dawn, from: '02:10', until: '02:50' }],
      '2026-03-28T12:00:00Z',
      '2026-04-05T00:10:00Z',
    ],
  ])('%s', (_, freezes, windows, from, expected) => {
    expect(open(freezes, windows, from)).toBe(expected);
  });

  it('is open, and no minute before it is', () => {
    const start = Date.parse('2026-10-20T00:00:00Z');
    const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString().replace('.000Z', 'Z');
    const times = fc
      .integer({ min: 0, max: 24 * 4 - 1 })
      .map(
        (quarter) =>
          `${String(quarter >> 2).padStart(2, '0')}:${String((quarter & 3) * 15).padStart(2, '0')}`,
      );
    const windows: fc.Arbitrary<Window> = fc.record({
      days: fc.subarray([...weekdays], { minLength: 1 }),
      from: times,
      until: times,
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
    });
    const minutes = fc.integer({ min: 0, max: 14 * 24 * 60 });
    const freezes = fc
      .record({ from: minutes, length: fc.integer({ min: 1, max: 5_000 }), all: fc.boolean() })
      .map(({ from, length, all }) => ({
        ...freeze(at(from), at(from + length)),
        environments: all ? [] : ['Production'],
      }));
    const some = fc.record({
      windows: fc.array(windows, { maxLength: 2 }),
      freezes: fc.array(freezes, { maxLength: 4 }),
      from: minutes,
    });
    fc.assert(
      fc.property(some, ({ windows, freezes, from }) => {
        const isOpen = (instant: string) =>
          frozenBy(freezes, 'production', instant).length === 0 && isInWindow(windows, instant);
        const found = open(freezes, windows, at(from)) as string;
        expect(isOpen(found)).toBe(true);
        const until = Math.min((Date.parse(found) - start) / 60_000, from + 3 * 24 * 60);
        for (let minute = from; minute < until; minute += 1) if (isOpen(at(minute))) expect.fail(at(minute));
      }),
      { numRuns: 60 },
    );
  });
});
