import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestFile } from '../../../src/core/written/decode-text.ts';
import { type Read, readYaml } from '../../../src/core/written/read-yaml.ts';
import { plain } from '../../../src/core/written/tree.ts';

const read = (file: string | Uint8Array): Read =>
  readYaml(typeof file === 'string' ? new TextEncoder().encode(file) : file);

const found = (file: string | Uint8Array): readonly string[] =>
  read(file).problems.map(({ code, position }) => `${position.line}:${position.column} ${code}`);

const value = (file: string): unknown => {
  const result = read(file);
  return result.kind === 'tree' && result.problems.length === 0 ? plain(result.root) : result;
};

describe('files that cannot be read on', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', '1:1 empty'],
    ['only comments', '# nothing\n', '1:1 empty'],
    ['null', '~', '1:1 empty'],
    ['a scalar', '42', '1:1 wrong-type'],
    ['a list', '- a\n- b\n', '1:1 wrong-type'],
    ['a large file', new Uint8Array(largestFile + 1), '1:1 too-large'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0), '1:1 not-text'],
    ['a broken byte', Uint8Array.of(0x61, 0x0a, 0x62, 0x80), '2:2 not-text'],
    ['NUL', 'a: 1\nb\0: 2\n', '2:2 not-text'],
    ['tabs', 'a:\n\tb: 1\n', '2:1 syntax'],
    ['an open list', 'a: [1', '1:6 syntax'],
    ['two documents', 'a: 1\n---\nb: 2\n', '2:1 syntax'],
    ['a stray brace', 'a: 1\n}\n', '2:1 syntax'],
    ['a stray value', 'a: "b" c\n', '1:8 syntax'],
    ['deep flow', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, '1:35 syntax'],
    ['deep open flow', '{a: '.repeat(20_000), '1:129 syntax'],
    ['deep lists', '- '.repeat(20_000), '1:65 syntax'],
    ['deep keys', '? '.repeat(20_000), '1:65 syntax'],
    [
      'deep blocks',
      Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      '33:33 syntax',
    ],
  ])('%s', (_, file, problem) => {
    expect(read(file).kind).toBe('unreadable');
    expect(found(file)).toEqual([problem]);
  });

  it.each(['---\n', '}', '"', '&a ', '!a ', '%a\n', '[*b,', '? - '])('a file full of %j', (part) => {
    expect(found(part.repeat(largestFile / part.length)).length).toBeLessThan(120);
  });

  it('an alias bomb', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]\n`);
    expect(new Set(found(`k0: &a0 lol\n${levels.join('')}`).map((problem) => problem.split(' ')[1]))).toEqual(
      new Set(['forbidden-yaml']),
    );
  });
});

describe('what YAML has and our files have not', () => {
  it.each([
    ['a: 1\nb: 2\na: 3\na: 4\n', '3:1 duplicate-key', '4:1 duplicate-key'],
    ['a: &x 1\nb: *x\n', '1:4 forbidden-yaml', '2:4 forbidden-yaml'],
    ['<<: {a: 1}\n', '1:1 forbidden-yaml'],
    ['a: !!str 1\n', '1:4 forbidden-yaml'],
    ['a: !t |\n  x\n', '1:4 forbidden-yaml'],
    ['!t\na: 1\n', '1:1 forbidden-yaml'],
    ['%YAML 1.1\n---\na: yes\n', '1:1 forbidden-yaml'],
    ['? [a]\n: 1\n', '1:3 forbidden-yaml'],
    ['? &a b\n: {*c : 1}\n', '1:3 forbidden-yaml', '2:4 forbidden-yaml', '2:4 forbidden-yaml'],
    ['a: "\\u202e"\n', '1:4 forbidden-yaml'],
    ['a: "x\\0"\n', '1:4 forbidden-yaml'],
    ['"a\\u200b": 1\n', '1:1 forbidden-yaml'],
    ['a: \u202ex\n# \u200b\n', '1:4 forbidden-yaml', '2:3 forbidden-yaml'],
    ['a: ☁\u200d1\n', '1:5 forbidden-yaml'],
  ])('%j', (file, ...problems) => {
    expect(read(file).kind).toBe('tree');
    expect(found(file)).toEqual(problems);
  });

  it('is named at most ten times for characters', () => {
    expect(found(`a: ${'\u200b'.repeat(1000)}`)).toHaveLength(10);
  });
});

describe('what is read', () => {
  it.each<[string, unknown]>([
    ['\uFEFFa: 1\n', { a: 1 }],
    ['a: 1\n... # end\n', { a: 1 }],
    ['---\na: ❤️ 👩‍💻 👍🏽 1️⃣\n...\n', { a: '❤️ 👩‍💻 👍🏽 1️⃣' }],
    ['a: |\n  x\n  y\n', { a: 'x\ny\n' }],
    ['{a: 1, b}', { a: 1, b: null }],
    ['a: yes\nb: 1.50\nc: [x, {d: ~}]\n', { a: 'yes', b: 1.5, c: ['x', { d: null }] }],
    ['1: x\ntrue: y\n', { 1: 'x', true: 'y' }],
    ['? \n: 1\n', { '': 1 }],
  ])('%j', (file, expected) => {
    expect(value(file)).toEqual(expected);
  });

  it('keeps keys that objects know as plain keys', () => {
    const map = value('__proto__: {polluted: 1}\nconstructor: 2\n') as object;
    expect(Object.getPrototypeOf(map)).toBeNull();
    expect(Object.keys(map)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('never throws on any bytes', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '- ',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a',
      '*a',
      '? ',
      '|',
      '#',
      '\t',
    );
    const files = fc.oneof(
      fc.uint8Array(),
      fc.array(piece).map((pieces) => new TextEncoder().encode(pieces.join(''))),
    );
    fc.assert(
      fc.property(files, (file) => read(file).kind === 'tree' || found(file).length > 0),
      { numRuns: 500 },
    );
  });
});
