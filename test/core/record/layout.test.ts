import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkpointPath,
  eventPath,
  evidencePath,
  isReleaseName,
  keyPath,
  manifestPath,
  pagePath,
  placeOf,
  readmePath,
  releaseTouched,
} from '../../../src/core/record/layout.ts';

const digest = 'a'.repeat(64);
const fingerprint = `SHA256:${'a+/'.repeat(14)}b`;

test.each([
  [readmePath, { kind: 'readme' }],
  [keyPath(fingerprint), { kind: 'key', fingerprint }],
  [checkpointPath(42), { kind: 'checkpoint', number: 42 }],
  [checkpointPath(1_234_567), { kind: 'checkpoint', number: 1_234_567 }],
  [pagePath('x'), { kind: 'page', release: 'x' }],
  [manifestPath('x', digest), { kind: 'manifest', release: 'x', digest }],
  [evidencePath('x', digest), { kind: 'evidence', release: 'x', digest }],
  [eventPath('x', 7), { kind: 'event', release: 'x', sequence: 7 }],
])('%s has one meaning', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test.each([
  '',
  'README',
  'readme.md',
  'README.md/x',
  'keys/abc.json',
  `${keyPath(fingerprint)}/x`,
  'keys/x/y.json',
  'checkpoints/1.json',
  'checkpoints/000000.json',
  'checkpoints/0000001.json',
  'checkpoints/000001.json/',
  'checkpoints/000001.json/a/b',
  'other/000001.json',
  'releases',
  'releases/x',
  'releases/x/record.md',
  'releases/X/RECORD.md',
  'releases/../RECORD.md',
  'releases/x/events/7.json',
  'releases/x/events/000007.json/more',
  'releases/x/manifest/abc.yml',
  `releases/x/evidence/${digest}.yml`,
  `releases/x/evidence/${digest.toUpperCase()}`,
  `releases/x/events/${digest}.yml`,
])('%j means nothing', (path) => {
  expect(placeOf(path)).toBeUndefined();
});

test('numbers have one spelling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (sequence) => {
      expect(placeOf(eventPath('x', sequence))).toEqual({ kind: 'event', release: 'x', sequence });
    }),
  );
});

test('release names are harmless path segments', () => {
  expect(['payments-2026.11', 'x', '0_a'].every(isReleaseName)).toBe(true);
  const bad = ['', '.x', 'x.', 'a..b', 'x.lock', 'A', '-x', 'a/b', 'ä', 'a'.repeat(64), 'a\nb'];
  expect(bad.filter(isReleaseName)).toEqual([]);
});

test('a path touches the release whose folder it is in', () => {
  expect(releaseTouched('releases/x/anything')).toBe('x');
  expect(releaseTouched('releases/x')).toBeUndefined();
  expect(releaseTouched('README.md')).toBeUndefined();
});
