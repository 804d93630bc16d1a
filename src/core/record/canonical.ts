import type { Json } from '../values.ts';

const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;
/** Text that needs no escape. */
const plain = /^[ !#-[\]-~]*$/;

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
  const object = value as { readonly [key: string]: Json };
  let members = '';
  // Without a comparison of its own, sorting is by UTF-16 units; `verify` does this for every event there is.
  for (const key of Object.keys(object).sort())
    members += `${members === '' ? '' : ','}${quote(key)}:${canonicalize(object[key] as Json)}`;
  return `{${members}}`;
}

/** Text that UTF-8 can carry: each half of a broken surrogate pair becomes U+FFFD. People's text passes here first. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogates, '\u{FFFD}');
}

function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text)) throw new TypeError('a lone surrogate has no canonical form');
  return JSON.stringify(text);
}
