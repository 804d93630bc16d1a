import { writtenKey } from '../manifest/written-key.ts';
import type { Json } from '../values.ts';

type Fields = { readonly [key: string]: Json };

/** A value as people write it in a manifest, on one line: `{ from: team:sre, require: { all-but: 1 } }`. Not escaped. */
export function writtenForm(value: Json): string {
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(writtenForm).join(', ')}]`;
  const fields = value as Fields;
  if (isPrincipal(fields)) return `${fields['kind']}:${fields['name']}`;
  const written = Object.entries(fields)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .flatMap(([key, one]) => fieldWords(key, one));
  return `{ ${written.join(', ')} }`;
}

/** What people look for first. */
const first = ['name', 'type', 'label', 'from', 'until', 'require'];
const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);

const isPlain = (text: string): boolean =>
  /^[A-Za-z0-9](?:[\w./@: -]*[\w./@-])?$/.test(text) && !/: /.test(text);

const isPrincipal = (fields: Fields): boolean => Object.keys(fields).sort().join() === 'kind,name';

function fieldWords(key: string, value: Json): readonly string[] {
  if (key === 'require') return [`require: ${requireWords(value as Fields)}`];
  if (key === 'required')
    return value === 'optional' ? [] : [`required: ${value === 'always' ? value : true}`];
  const alone = key === 'from' && Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
  return [`${writtenKey(key)}: ${writtenForm(alone)}`];
}

const requireWords = ({ kind, count }: Fields): string => {
  if (kind === 'count') return String(count);
  return count === undefined ? String(kind) : `{ ${kind}: ${count} }`;
};
