import type { Input } from '../manifest/input.ts';

/**
 * Whether an answer can only be what the manifest foresaw, so that it may feed a workflow as data (T14): choices, boxes,
 * numbers, dates, and text that a pattern binds from its first character to its last. Links, logins and files are not.
 */
export const constrained = (input: Input): boolean => {
  switch (input.type) {
    case 'dropdown':
    case 'multi-select':
    case 'checkbox':
    case 'checkboxes':
    case 'number':
    case 'date':
      return true;
    case 'text':
      return input.pattern !== undefined && binds(input.pattern);
    case 'file':
    case 'url':
    case 'user':
      return false;
  }
};

/**
 * A pattern is searched for, so it binds only between `^` and `$`, without alternatives beside them, and names the
 * characters it takes: no dot, no negated class.
 */
const binds = (pattern: string): boolean => {
  const bare = pattern.replace(/\\[^DSWPp]/g, 'x').replace(/\[(?!\^)[^\]\\]*\]/g, 'x');
  return /^\^[^.\\[\]]*\$$/.test(bare) && !outside(bare).includes('|');
};

/** A pattern without its groups. */
const outside = (pattern: string): string => {
  const smaller = pattern.replace(/\([^()]*\)/g, 'x');
  return smaller === pattern ? pattern : outside(smaller);
};
