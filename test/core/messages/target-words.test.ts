import { expect, it } from 'vitest';
import { targetWords } from '../../../src/core/messages/target-words.ts';

const commit = 'b'.repeat(40);
const digest = `sha256:${'a'.repeat(64)}`;

it('says what is released, what it was written as, and what was built from it', () => {
  expect(targetWords({ commit }, { kind: 'sha', sha: commit })).toBe(`\`${commit}\``);
  expect(
    targetWords({ commit, ref: 'v1' }, { kind: 'ref', ref: 'v1', artifacts: [{ name: 'api', digest }] }),
  ).toBe(`\`${commit}\` (v1), api \`${digest}\``);
});

it('escapes what people wrote (T18)', () => {
  const artifacts = [{ name: '`|<b>@mona', digest }];
  const words = targetWords({ commit, ref: 'a|b' }, { kind: 'ref', ref: 'a|b', artifacts });
  expect(words).not.toMatch(/[^\\]\||<b>|[^\\`]@mona/);
});
