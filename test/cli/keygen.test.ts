import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keygen } from '../../src/cli/keygen.ts';
import { createSigner } from '../../src/records/signer.ts';
import { recordIo } from '../support/record-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'keygen-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a key file is for its owner only, and the fingerprint is the key’s own', async () => {
  const io = recordIo();
  const file = join(folder, 'key.pem');
  expect(await keygen(['--out', file], io)).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const made = createSigner(readFileSync(file, 'utf8'));
  const fingerprint = made.kind === 'signer' ? made.signer.fingerprint : '';
  expect(io.err.join('\n')).toContain(`keys: ['${fingerprint}']`);
  expect(io.out).toEqual([]);
});

test('a key file is never overwritten', async () => {
  const file = join(folder, 'twice.pem');
  await keygen(['--out', file], recordIo());
  const before = readFileSync(file, 'utf8');
  const io = recordIo();
  expect(await keygen(['--out', file], io)).toBe(1);
  expect(io.err.join()).toContain('exists already');
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a folder that is not there is told', async () => {
  const io = recordIo();
  expect(await keygen(['--out', join(folder, 'no', 'key.pem')], io)).toBe(1);
  expect(io.err.join()).toContain('ENOENT');
});

test('without a file only the private key goes to standard output', async () => {
  const io = recordIo();
  expect(await keygen([], io)).toBe(0);
  expect(createSigner(io.out.join('\n')).kind).toBe('signer');
  expect(io.err.join('\n')).not.toContain('PRIVATE KEY');
});

test('wrong use is code 2', async () => {
  expect(await keygen(['--force'], recordIo())).toBe(2);
});
