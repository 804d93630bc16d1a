import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSignedBy } from '../../src/core/record/public-key.ts';
import { createSigner } from '../../src/records/signer.ts';

const pemOf = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  String(key.export({ type: 'pkcs8', format: 'pem' }));

test('a signer’s signatures are those of its public key', () => {
  const made = createSigner(pemOf(generateKeyPairSync('ed25519').privateKey));
  if (made.kind === 'problem') throw new Error(made.problem);
  const bytes = Buffer.from('x');
  expect(isSignedBy(made.signer, bytes, made.signer.sign(bytes))).toBe(true);
  expect(made.signer.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
});

test('a key of another type is one sentence, without the key', () => {
  const pem = pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  const made = createSigner(pem);
  expect(made).toMatchObject({ kind: 'problem', problem: expect.stringContaining('Ed25519') });
  expect(JSON.stringify(made)).not.toContain(pem.split('\n')[1]);
});

test.each(['', 'hello', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'])(
  '%j is no key',
  (pem) => {
    expect(createSigner(pem)).toMatchObject({ kind: 'problem', problem: expect.stringContaining('PEM') });
  },
);
