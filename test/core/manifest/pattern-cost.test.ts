import { describe, expect, it } from 'vitest';
import { highestPatternCost, patternCost } from '../../../src/core/manifest/pattern-cost.ts';

describe('the cost of a pattern', () => {
  it.each([
    ['', 500],
    ['^CHG-\\d+$', 500],
    ['CHG-\\d+', 250_000],
    ['^[A-Z]{2,10}-\\d{1,6}$', 18 * 6],
    ['^(?:CHG|INC|\\p{Lu}\\u{41})-\\d{4}$', 3 * 4],
    ['^(?<year>\\d{4})(-\\d+)?\\k<year>(?=x)(?!y)$', 4 * 501],
    ['^(\\d{1,3}\\.){3}\\d{1,3}$', 81],
    ['^a{2,}?b*?c{0,900}[)(*\\]+]$', 499 * 2 * 501 * 501],
    ['^\\(a{1}$', 1],
  ])('%s is %i', (pattern, cost) => {
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
    expect(patternCost(pattern)).toBe(cost);
  });

  it.each([
    '(a+)+$',
    '^(a|a)*$',
    '^(a*)*$',
    '^(\\w+\\s?)*$',
    '\\d+\\d+\\d+x',
    '^(a?){40}$',
    `^${'a?'.repeat(60)}$`,
    '^(?:){501}$',
  ])('%s is beyond the limit', (pattern) => {
    expect(patternCost(pattern)).toBeGreaterThan(highestPatternCost);
  });
});
