import { expect, test } from 'vitest';
import { troubleOnly } from '../../src/local-github/trouble-only.ts';

test('faults of the host are passed on, what it answered is not', () => {
  const told: string[] = [];
  const log = troubleOnly((line) => void told.push(line));
  const faults = ['bug: TypeError: x', 'webhook: Error: y', 'snapshot failed: z', 'delivery log failed: z'];
  for (const line of ['GET /user 200', ...faults, 'webhook push -> 502', 'fault cut on GET /user']) log(line);
  expect(told).toEqual(faults);
});
