import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeKey, encodeKey, fingerprintOf, isSignedBy } from '../../../src/core/record/public-key.ts';
import { newSigner } from '../../support/happenings.ts';

const key = newSigner();
const bytes = Buffer.from('signed');

test('a key file says what it was given', () => {
  const { fingerprint, publicKey } = key;
  expect(decodeKey(encodeKey(key))).toEqual({ fingerprint, publicKey });
});

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['another shape', '{"version":1}'],
  ['a space too many', `${Buffer.from(encodeKey(key))} `],
  ['another fingerprint', Buffer.from(encodeKey({ ...key, fingerprint: newSigner().fingerprint }))],
  ['a member too many', `${String(Buffer.from(encodeKey(key))).slice(0, -1)},"z":1}`],
])('a key file with %s is none', (_, file) => {
  expect(decodeKey(Buffer.from(file))).toBeUndefined();
});

test('only Ed25519 keys have a fingerprint, in one spelling', () => {
  const other = generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(fingerprintOf(key.publicKey)).toBe(key.fingerprint);
  expect(fingerprintOf(other)).toBeUndefined();
  expect(fingerprintOf(key.publicKey.trimEnd())).toBeUndefined();
  expect(fingerprintOf('hello')).toBeUndefined();
});

test('a signature counts for its bytes, its key and its one spelling', () => {
  const signature = key.sign(bytes);
  expect(isSignedBy(key, bytes, signature)).toBe(true);
  expect(isSignedBy(key, Buffer.from('other'), signature)).toBe(false);
  expect(isSignedBy(newSigner(), bytes, signature)).toBe(false);
  expect(isSignedBy(key, bytes, ` ${signature}`)).toBe(false);
  expect(isSignedBy(key, bytes, '')).toBe(false);
});
