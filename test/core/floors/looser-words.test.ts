import { describe, expect, it } from 'vitest';
import { looserWords } from '../../../src/core/floors/looser-words.ts';
import type { Input } from '../../../src/core/manifest/input.ts';

const words = (field: string, least: object): readonly string[] => {
  const { key, wrong, write } = looserWords('why', field, { id: 'why', label: 'Why', ...least } as Input);
  return [key, wrong, write];
};

describe('design 3.10: what a floor says of a field that lets too much pass', () => {
  it('names the key as it is written', () => {
    expect(words('minLength', { minLength: 50 })).toEqual([
      'min-length',
      'The min-length of the input "why" lets answers pass that the floor refuses.',
      'Expected min-length: 50.',
    ]);
    expect(words('maxLength', { maxLength: 5 })[2]).toBe('Expected max-length: 5.');
    expect(words('maxSize', { maxSize: 2 * 1024 * 1024 })[2]).toBe('Expected max-size: 2 MB.');
    expect(words('maxSize', { maxSize: 500 * 1024 })[2]).toBe('Expected max-size: 500 KB.');
    expect(words('http', {})).toEqual([
      'schemes',
      'The schemes of the input "why" let answers pass that the floor refuses.',
      'Expected schemes: https.',
    ]);
  });

  it('keeps to the number of what it names', () => {
    expect(words('options', { options: ['Low', 'High'] })).toEqual([
      'options',
      'The options of the input "why" let answers pass that the floor refuses.',
      'Expected nothing but Low, High.',
    ]);
    expect(words('items', { items: [] })[2]).toBe('Expected the same boxes, with the same words.');
    expect(words('strange', {})[2]).toBe('Expected no strange.');
  });
});
