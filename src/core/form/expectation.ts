import type { Input, InputOf } from '../manifest/input.ts';

/** Where nothing else is said, lists of options are cut off after this many characters. */
const longestList = 300;

/** What an input takes, as a phrase; long lists of options are cut at about `most` characters (T17). */
export const expectation = (input: Input, most = longestList): string => {
  switch (input.type) {
    case 'text':
      return ofText(input);
    case 'number':
      return `a number${within(input.min, input.max)}`;
    case 'dropdown':
      return listed(input.options, 'or', most);
    case 'multi-select':
      return `${counted(input.min, input.max)} ${listed(input.options, 'and', most)}, with commas between`;
    case 'checkbox':
      return `a tick, written - [x] ${input.id}`;
    case 'checkboxes':
      return ofCheckboxes(input, most);
    case 'file':
      return ofFile(input, most);
    case 'url': {
      const at = input.hosts === undefined ? '' : ` at ${listed(input.hosts, 'or', most)}`;
      return `a link that begins with https://${input.http ? ' or http://' : ''}${at}`;
    }
    case 'date':
      return `a date such as 2026-11-23${within(input.min, input.max)}`;
    case 'user':
      return 'the login of a user';
  }
};

/** `Low, Medium or High`, or `Low, Medium or one of 98 more`. */
export const listed = (words: readonly string[], last: 'and' | 'or', most = longestList): string => {
  let length = 0;
  let fitting = 0;
  while (fitting < words.length && length <= most) length += (words[fitting++] as string).length + 2;
  const shown = words.slice(0, fitting);
  const rest = words.length - shown.length;
  const named = rest === 0 ? shown : [...shown, `${last === 'or' ? 'one of ' : ''}${rest} more`];
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} ${last} ${named.at(-1)}`;
};

const ofText = ({ minLength = 0, maxLength, pattern }: InputOf<'text'>): string => {
  const form = pattern === undefined ? '' : ` that matches ${pattern}`;
  if (maxLength === undefined)
    return minLength > 1 ? `text of at least ${minLength} characters${form}` : `text${form}`;
  const length = minLength > 1 ? `${minLength} to ${maxLength}` : `at most ${maxLength}`;
  return `text of ${length} characters${form}`;
};

const within = (min: number | string | undefined, max: number | string | undefined): string => {
  const [least, most] =
    typeof min === 'string' || typeof max === 'string' ? ['not before', 'not after'] : words;
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` ${least} ${min}`;
  return max === undefined ? '' : ` ${most} ${max}`;
};

const words = ['of at least', 'of at most'] as const;

const counted = (min: number | undefined, max: number | undefined): string => {
  if (min !== undefined && min === max) return `${min} of`;
  if (min !== undefined && max !== undefined) return `${min} to ${max} of`;
  if (min !== undefined) return `at least ${min} of`;
  return max === undefined ? 'any of' : `at most ${max} of`;
};

const ofCheckboxes = ({ id, items, min }: InputOf<'checkboxes'>, most: number): string => {
  const ids = listed(
    items.map((item) => item.id),
    'and',
    most,
  );
  const many = min === undefined || min === items.length ? 'a tick at each of' : `ticks at ${min} or more of`;
  return `${many} ${ids}, written - [x] ${id}.${items[0]?.id}`;
};

const ofFile = ({ accept, maxSize }: InputOf<'file'>, most: number): string => {
  const endings = accept === undefined ? '' : ` ending in ${listed(accept, 'or', most)}`;
  const size = maxSize === undefined ? '' : `, at most ${sizeWords(maxSize)}`;
  return `a file${endings}${size}, written path@commit, or the link of an attachment`;
};

/** `12 bytes`, `500 KB`, `1.5 MB`. */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / (1024 * 1024), 'MB'];
  return `${Math.round(amount * 10) / 10} ${unit}`;
};
