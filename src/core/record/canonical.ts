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

/**
 * Whether a text is plainly the canonical form of the value that was parsed from it: then it is; else it may be all the same.
 * The engine's own printing is several times faster than ours, and `verify` asks this of every event there is.
 */
export function isPlainlyCanonical(value: Json, text: string): boolean {
  // An escape may hide a lone surrogate, and a member of this name is lost to whoever copies the value.
  if (text.includes('\\u') || text.includes('__proto__')) return false;
  return isOrdered(value) && JSON.stringify(value) === text;
}

/** Whether all members are listed in order of their UTF-16 units; names that are numbers are not always. */
function isOrdered(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((item: Json) => isOrdered(item));
  let before = '';
  for (const [key, member] of Object.entries(value)) {
    if (key < before || !isOrdered(member)) return false;
    before = key;
  }
  return true;
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
