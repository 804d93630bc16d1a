import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalize, isPlainlyCanonical, wellFormed } from '../../../src/core/record/canonical.ts';
import type { Json } from '../../../src/core/values.ts';

/** IEEE 754 double from its 16 hexadecimal digits, as RFC 8785 Appendix B writes them. */
function double(hexadecimal: string): number {
  return Buffer.from(hexadecimal, 'hex').readDoubleBE(0);
}

test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('the double %s is %s', (hexadecimal, expected) => {
  expect(canonicalize(double(hexadecimal))).toBe(expected);
});

test('members are in order of their UTF-16 units', () => {
  const members = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const order = [...canonicalize(members).matchAll(/:"([^"]*)"/g)].map(([, name]) => name);
  expect(order).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('strings are escaped no more than JSON needs', () => {
  expect(canonicalize('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
});

test('literals, lists and objects have no white space', () => {
  expect(canonicalize({ b: [null, true, false, {}], a: [] })).toBe('{"a":[],"b":[null,true,false,{}]}');
});

test.each([
  ['NaN', Number.NaN],
  ['an infinite number', Number.POSITIVE_INFINITY],
  ['a lone surrogate', 'a\ud800'],
  ['a lone surrogate in a key', { '\udc00': 1 }],
  ['undefined', undefined],
  ['an undefined member', { a: undefined }],
  ['a function', () => 1],
])('%s is refused', (_, value) => {
  expect(() => canonicalize(value as Json)).toThrow(TypeError);
});

test('it is JSON, and the canonical form of what it says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(wellFormed(JSON.stringify(value))) as Json;
      const form = canonicalize(wellFormedJson(json));
      expect(canonicalize(JSON.parse(form) as Json)).toBe(form);
    }),
  );
});

test('a whole pair stays, half a pair is replaced', () => {
  expect(wellFormed('\u{1f600}\ud83d!\ude00')).toBe('\u{1f600}\u{FFFD}!\u{FFFD}');
});

test('what is plainly canonical is canonical', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
      const value = JSON.parse(text) as Json;
      if (isPlainlyCanonical(value, text)) expect(canonicalize(value)).toBe(text);
    }),
  );
  const form = '{"a":[{"b":null,"c":-5e-10},"ä\u{1f600}\\n"],"b":true,"ba":1}';
  expect(isPlainlyCanonical(JSON.parse(form) as Json, form)).toBe(true);
});

test.each([
  ['half a pair', '{"a":"\\ud800"}'],
  ['a member that a copy loses', '{"__proto__":1}'],
  ['members out of order', '{"b":1,"a":2}'],
  ['members out of order further in', '{"a":[{"b":1,"a":2}]}'],
  ['members that are numbers, which an engine orders its own way', '{"10":1,"2":1}'],
  ['a number written in another way', '{"a":1.0}'],
  ['a number that is none', '{"a":1e999}'],
  ['the negative zero', '[-0]'],
  ['white space', '{"a": 1}'],
  ['a member twice', '{"a":1,"a":1}'],
])('%s is not plainly canonical', (_, text) => {
  expect(isPlainlyCanonical(JSON.parse(text) as Json, text)).toBe(false);
});

function wellFormedJson(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'string' ? wellFormed(member) : member,
  ) as Json;
}
