import { describe, expect, it } from 'vitest';
import { closest, didYouMean, editDistance } from '../../../src/core/written/closest.ts';

describe('the closest name', () => {
  it.each([
    ['titel', 'title'],
    ['Title', 'title'],
    ['phase', 'phases'],
    ['approver', 'approvers'],
    ['owner', undefined],
    ['x', undefined],
  ])('to %s is %s', (name, expected) => {
    expect(closest(name, ['title', 'phases', 'approvers', 'qa'])).toBe(expected);
  });

  it('is the nearest of several, the first of equals', () => {
    expect(closest('needs', ['seeds', 'needs', 'need'])).toBe('needs');
    expect(closest('neads', ['heads', 'needs'])).toBe('heads');
  });

  it('becomes a question, or nothing', () => {
    expect(didYouMean('titel', ['title'])).toBe(' Did you mean "title"?');
    expect(didYouMean('x', ['title'])).toBe('');
  });

  it.each([
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['abcd', 'acbd', 1],
  ])('%s is from %s %i edits away', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});
