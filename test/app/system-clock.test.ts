import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') }));
afterEach(() => void vi.useRealTimers());

test('a task runs once, at its time', () => {
  const task = vi.fn();
  systemClock.after(1_000, task);
  vi.advanceTimersByTime(999);
  expect(task).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(task).toHaveBeenCalledTimes(1);
});

test('a deadline two months away does not run at once, as a bare timer of Node would', () => {
  const days = 24 * 3_600_000;
  const task = vi.fn();
  systemClock.after(60 * days, task);
  vi.advanceTimersByTime(60 * days - 1);
  expect(task).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(task).toHaveBeenCalledTimes(1);
});

test('a cancelled task never runs, on whichever leg of a long wait', () => {
  const task = vi.fn();
  const cancel = systemClock.after(2 ** 31 + 5_000, task);
  vi.advanceTimersByTime(2 ** 31);
  cancel();
  vi.advanceTimersByTime(2 ** 31);
  expect(task).not.toHaveBeenCalled();
});

test('now is a moment in UTC', () => {
  expect(systemClock.now()).toBe('2026-11-23T09:00:00.000Z');
});
