import type { Json } from '../values.ts';

const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * The canonical form of RFC 8785: no white space, members in order of their UTF-16 units, numbers as ECMAScript
 * prints them. Throws a `TypeError` for what JSON cannot carry: it would be a bug of ours to record that.
 */
export function canonicalize(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalize(item)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no canonical form`);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${quote(key)}:${canonicalize(member)}`).join(',')}}`;
}

/** Text that UTF-8 can carry: each half of a broken surrogate pair becomes U+FFFD. People's text passes here first. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogates, '\u{FFFD}');
}

function quote(text: string): string {
  if (loneSurrogate.test(text)) throw new TypeError('a lone surrogate has no canonical form');
  return JSON.stringify(text);
}
