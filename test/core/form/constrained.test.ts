import { expect, test } from 'vitest';
import { constrained } from '../../../src/core/form/constrained.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import { base } from './fields.ts';

const text = (pattern?: string): Input => ({
  ...base,
  id: 'x',
  type: 'text',
  ...(pattern === undefined ? {} : { pattern }),
});

test.each<[Input, boolean]>([
  [{ ...base, id: 'x', type: 'dropdown', options: ['a'] }, true],
  [{ ...base, id: 'x', type: 'multi-select', options: ['a'] }, true],
  [{ ...base, id: 'x', type: 'checkbox' }, true],
  [{ ...base, id: 'x', type: 'checkboxes', items: [] }, true],
  [{ ...base, id: 'x', type: 'number' }, true],
  [{ ...base, id: 'x', type: 'date' }, true],
  [{ ...base, id: 'x', type: 'file' }, false],
  [{ ...base, id: 'x', type: 'url' }, false],
  [{ ...base, id: 'x', type: 'user' }, false],
  [text(), false],
  [text('^CHG-\\d+$'), true],
  [text('^v\\d+\\.\\d+\\.\\d+$'), true],
  [text('^(?:alpha|beta(?:-(?:1|2))?)$'), true],
  [text('^[a-z][a-z0-9-]{0,20}$'), true],
  [text('CHG-\\d+'), false],
  [text('^CHG'), false],
  [text('CHG$'), false],
  [text('^a$|^b$'), false],
  [text('^a|b$'), false],
  [text('^.*$'), false],
  [text('^[^;]*$'), false],
  [text('^\\S+$'), false],
  [text('^[\\s\\S]+$'), false],
  [text('^\\p{Any}+$'), false],
  [text('^CHG-\\d+\\$'), false],
])('T14: %o may feed a workflow: %s', (input, expected) => {
  expect(constrained(input)).toBe(expected);
});
