import fc from 'fast-check';
import type { Calendar } from '../../../src/core/time/calendar.ts';
import { type Weekday, weekdays } from '../../../src/core/time/date.ts';

export const berlin: Calendar = {
  zone: 'Europe/Berlin',
  businessDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  holidays: ['2026-12-25', '2027-01-01'],
};

export const newYork: Calendar = { ...berlin, zone: 'America/New_York', holidays: ['2026-11-26'] };

export const kolkata: Calendar = { ...berlin, zone: 'Asia/Kolkata', holidays: ['2026-01-26'] };

/** Where the clock is changed in a business day. */
export const everyDay: Calendar = { zone: 'Europe/Berlin', businessDays: [...weekdays], holidays: [] };

const instant = (seconds: number): string => new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');

/** Any second of 2025 to 2028. */
export const instants = fc.integer({ min: 1_735_689_600, max: 1_861_919_999 }).map(instant);

const holidays = fc
  .uniqueArray(fc.integer({ min: 1_735_689_600, max: 1_861_919_999 }), { maxLength: 40 })
  .map((all) => all.map((seconds) => instant(seconds).slice(0, 10)));

export const calendars: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Scoresbysund'),
  businessDays: fc.subarray<Weekday>([...weekdays], { minLength: 1 }),
  holidays,
});
