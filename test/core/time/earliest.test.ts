import { expect, it } from 'vitest';
import { earliest } from '../../../src/core/time/earliest.ts';

it('finds the first moment, whatever is missing and however it is written', () => {
  const [first, second] = ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.500Z'];
  expect(earliest([second, undefined, first])).toBe(first);
  expect(earliest([undefined])).toBeUndefined();
});
