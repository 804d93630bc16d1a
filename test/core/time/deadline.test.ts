import { describe, expect, it } from 'vitest';
import {
  type Deadline,
  deadlineInstant,
  readDeadline,
  writeDeadline,
} from '../../../src/core/time/deadline.ts';
import { berlin } from './calendars.ts';

const activated = '2026-11-20T09:00:00Z';

describe('S-086 a deadline', () => {
  it.each([
    ['24h', '1d', '2026-11-21T09:00:00Z'],
    ['2 business days', '2 business days', '2026-11-24T09:00:00Z'],
    ['2026-11-25T10:00:00+01:00', '2026-11-25T09:00:00Z', '2026-11-25T09:00:00Z'],
    ['2026-11-25', '2026-11-25T22:59:59Z', '2026-11-25T22:59:59Z'],
    ['2026-11-01', '2026-11-01T22:59:59Z', '2026-11-01T22:59:59Z'],
  ])('of %s is written %s and falls on %s', (text, written, instant) => {
    const deadline = readDeadline(text, berlin.zone) as Deadline;
    expect(writeDeadline(deadline)).toBe(written);
    expect(readDeadline(written, berlin.zone)).toEqual(deadline);
    expect(deadlineInstant(deadline, activated, berlin)).toBe(instant);
  });

  it.each(['soon', '', '50%', '2h before', '2026-11-25T10:00:00'])('is not %j', (text) => {
    expect(readDeadline(text, berlin.zone)).toBeUndefined();
  });
});
