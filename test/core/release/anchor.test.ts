import { expect, it } from 'vitest';
import { anchorOf, anchorWords } from '../../../src/core/release/anchor.ts';

const anchor = { number: 42, digest: 'c'.repeat(64) };

it('reads back what it wrote, alone or after other words (T8)', () => {
  expect(anchorOf(anchorWords(anchor))).toEqual(anchor);
  expect(anchorOf(`r1/signoff 1 abcdef0 ${anchorWords(anchor)}`)).toEqual(anchor);
});

it.each([
  '',
  'r1',
  `checkpoint=0:${anchor.digest}`,
  `checkpoint=042:${anchor.digest}`,
  `checkpoint=42:${anchor.digest.slice(1)}`,
  `checkpoint=42:${anchor.digest}0`,
  `checkpoint=42:${anchor.digest} more`,
  `xcheckpoint=42:${anchor.digest}`,
  `checkpoint=9999999999999999:${anchor.digest}`,
])('takes nothing else for a witness: %j', (words) => {
  expect(anchorOf(words)).toBeUndefined();
});
