import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../../src/core/repository/glob.ts';

describe('a glob', () => {
  it.each([
    ['releases/*.yml', 'releases/a.yml', true],
    ['releases/*.yml', 'releases/.yml', true],
    ['releases/*.yml', 'releases/a.yaml', false],
    ['releases/*.yml', 'releases/a/b.yml', false],
    ['releases/*.yml', 'other/releases/a.yml', false],
    ['releases/**/*.yml', 'releases/a.yml', true],
    ['releases/**/*.yml', 'releases/a/b/c.yml', true],
    ['releases/**/*.yml', 'releasesa.yml', false],
    ['**/release.yml', 'release.yml', true],
    ['**/release.yml', 'a/b/release.yml', true],
    ['**/release.yml', 'a/b/prerelease.yml', false],
    ['releases/**', 'releases/a/b.yml', true],
    ['releases/**', 'releases/', true],
    ['releases/**', 'releases', false],
    ['r?.yml', 'r1.yml', true],
    ['r?.yml', 'r.yml', false],
    ['r?.yml', 'r/.yml', false],
    ['a.b', 'axb', false],
    ['a+(b)[c]', 'a+(b)[c]', true],
    ['constructor*', 'constructors', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(matchesGlob(pattern, path)).toBe(fits);
  });

  it('stands for itself without wildcards', () => {
    const plain = fc.stringMatching(/^[a-z/.+()]{0,12}$/);
    fc.assert(
      fc.property(plain, plain, (pattern, path) => {
        expect(matchesGlob(pattern, path)).toBe(pattern === path);
        expect(matchesGlob('**', path)).toBe(true);
        expect(matchesGlob('*', path)).toBe(!path.includes('/'));
      }),
    );
  });

  it('takes no longer for a pattern that a regular expression would never finish (T17)', () => {
    expect(matchesGlob('*a'.repeat(100), `${'a'.repeat(4_000)}b`)).toBe(false);
    expect(matchesGlob(`${'**/'.repeat(60)}x`, 'a/'.repeat(2_000))).toBe(false);
  });
});
