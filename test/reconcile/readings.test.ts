import { expect, test } from 'vitest';
import { readYaml } from '../../src/core/written/read-yaml.ts';
import { createReadings } from '../../src/reconcile/readings.ts';

const one = Buffer.from('title: One\n');
const other = Buffer.from('title: [\n');

test('the same bytes are read once, and say what they always say', () => {
  const readings = createReadings();
  expect(readings(one)).toEqual(readYaml(one));
  expect(readings(Buffer.from(one))).toBe(readings(one));
  expect(readings(other)).toEqual(readYaml(other));
  expect(readings(one)).not.toEqual(readings(other));
});

test('T17: files that nobody asks for any more do not fill the memory', () => {
  const readings = createReadings(one.byteLength + other.byteLength - 1);
  const first = readings(one);
  const second = readings(other);
  expect(readings(other)).toBe(second);
  expect(readings(one)).not.toBe(first);
  const small = createReadings(one.byteLength - 1);
  expect(small(one)).not.toBe(small(one));
  expect(small(one)).toEqual(first);
});
