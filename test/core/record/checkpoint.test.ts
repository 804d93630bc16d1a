import { expect, test } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  largestCheckpoint,
  signingBytes,
  tipsDigest,
} from '../../../src/core/record/checkpoint.ts';
import { digestOf } from '../../../src/core/record/digest.ts';
import type { Checkpoint } from '../../../src/core/record/record.ts';
import { newSigner, noon } from '../../support/happenings.ts';

const tip = { release: 'x', sequence: 1, event: 'a'.repeat(64) };
const checkpoint: Checkpoint = {
  version: 1,
  number: 1,
  repository: { id: 7, name: 'acme/payments' },
  host: 'https://github.com',
  at: noon,
  tips: tipsDigest([tip]),
  changed: [tip],
  foreign: ['b'.repeat(40)],
  key: newSigner().fingerprint,
  signature: `${'A'.repeat(86)}==`,
};

test.each([checkpoint, { ...checkpoint, number: 2, previous: 'c'.repeat(64) }])(
  'a checkpoint is read as written',
  (one) => {
    expect(decodeCheckpoint(encodeCheckpoint(one))).toEqual({ kind: 'valid', checkpoint: one });
  },
);

test('the signature is over everything but itself', () => {
  const second = { ...checkpoint, previous: 'c'.repeat(64) };
  const { signature: _, ...unsigned } = JSON.parse(String(Buffer.from(encodeCheckpoint(second))));
  expect(JSON.parse(String(Buffer.from(signingBytes(second))))).toEqual(unsigned);
  expect('previous' in JSON.parse(String(Buffer.from(signingBytes(checkpoint))))).toBe(false);
});

test('the order of tips does not matter, their content does', () => {
  const other = { ...tip, release: 'y' };
  expect(tipsDigest([tip, other])).toBe(tipsDigest([other, tip]));
  expect(tipsDigest([tip])).not.toBe(tipsDigest([other]));
  expect(tipsDigest([])).toBe(digestOf('[]'));
});

test.each([
  ['garbage', Buffer.from([0xff, 0xfe, 0])],
  ['another shape', Buffer.from('{"version":2}')],
  ['white space', Buffer.concat([encodeCheckpoint(checkpoint), Buffer.from('\n')])],
  ['half a surrogate pair', Buffer.from(JSON.stringify({ ...checkpoint, host: '\ud800' }))],
  ['an endless file', Buffer.alloc(largestCheckpoint + 1)],
  ['a day that does not exist', Buffer.from(JSON.stringify({ ...checkpoint, at: '2026-13-45T00:00:00Z' }))],
])('%s is no checkpoint', (_, bytes) => {
  expect(decodeCheckpoint(bytes)).toMatchObject({ kind: 'invalid' });
});
