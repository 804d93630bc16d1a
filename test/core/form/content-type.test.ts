import { expect, test } from 'vitest';
import { contentType, endingOf, promisedType } from '../../../src/core/form/content-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['report.pdf', bytes('%PDF-1.7'), 'application/pdf'],
  ['report.txt', bytes('%PDF-1.7'), 'application/pdf'],
  ['a.png', bytes('\x89PNG\r\n\x1a\n'), 'image/png'],
  ['a.jpg', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
  ['a.gif', bytes('GIF89a'), 'image/gif'],
  ['a.webp', bytes('RIFF\x01\x02\x03\x04WEBP'), 'image/webp'],
  ['a.docx', bytes('PK\x03\x04'), 'application/zip'],
  ['a.tar.gz', bytes('\x1f\x8b'), 'application/gzip'],
  ['a.md', bytes('# Plan'), 'text/markdown'],
  ['a.MD', bytes(''), 'text/markdown'],
  ['a.json', bytes('{}'), 'application/json'],
  ['a.constructor', bytes('text'), 'text/plain'],
  ['LICENSE', bytes('text'), 'text/plain'],
  ['a.pdf', bytes('no'), 'text/plain'],
  ['a.txt', bytes('nul\0'), 'application/octet-stream'],
  ['a.txt', bytes('\xff\xfe'), 'application/octet-stream'],
])('G-22: the content of %s decides what it is', (name, content, type) => {
  expect(contentType(name, content)).toBe(type);
});

test('a name promises a type by its ending', () => {
  expect([endingOf('docs/a.PDF'), endingOf('docs/.gitignore'), endingOf('docs.d/a')]).toEqual([
    '.pdf',
    '',
    '',
  ]);
  expect([promisedType('a.pdf'), promisedType('a.md'), promisedType('a.xyz'), promisedType('a')]).toEqual([
    'application/pdf',
    'text/markdown',
    undefined,
    undefined,
  ]);
});
