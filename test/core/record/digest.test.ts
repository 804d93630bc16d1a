import { expect, test } from 'vitest';
import { blobIdOf, digestOf } from '../../../src/core/record/digest.ts';

test('a digest is SHA-256, of bytes and of text as UTF-8', () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(digestOf('abc')).toBe(expected);
  expect(digestOf(Buffer.from('abc'))).toBe(expected);
});

test('a blob id is what git calls the content', () => {
  expect(blobIdOf(Buffer.from(''))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(blobIdOf(Buffer.from('a\n'))).toBe('78981922613b2afb6025042ff6bd878ac1994e85');
});
