/** The longest answer that a pattern is tried on, in code points. */
export const longestPatternedText = 500;

/**
 * How many ways a regular expression could try to match a text of 500 characters before it gives up: an upper
 * bound on backtracking. Sequences multiply, alternatives add, repetitions raise to a power; so `(a+)+` is beyond
 * any limit while `^CHG-\d+$` has 500 ways (T17). The pattern must have been compiled with the flag `u` before.
 */
export const patternCost = (pattern: string): number => {
  const tokens = pattern.match(token) as string[] | null;
  const cost = alternatives({ tokens: tokens ?? [], next: 0 });
  return pattern.startsWith('^') ? cost : cost * longestPatternedText;
};

/** Three open-ended repetitions one after the other, which takes some tenths of a second at the very worst. */
export const highestPatternCost = longestPatternedText ** 3;

const token =
  /\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\k<[^>]*>|\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu;

type Cursor = { readonly tokens: readonly string[]; next: number };

const alternatives = (cursor: Cursor): number => {
  let sum = 0;
  let product = 1;
  for (let piece = take(cursor); piece !== undefined && piece !== ')'; piece = take(cursor)) {
    if (piece === '|') {
      sum += product;
      product = 1;
    } else {
      const inner = piece.startsWith('(') ? alternatives(cursor) : 1;
      product *= repeated(inner, cursor);
    }
  }
  return sum + product;
};

const take = (cursor: Cursor): string | undefined => cursor.tokens[cursor.next++];

/** The ways of an atom with the quantifier that may follow it: the sum of `inner` to the power of every count. */
const repeated = (inner: number, cursor: Cursor): number => {
  const [least, most] = countsOf(cursor.tokens[cursor.next]);
  if (least === 1 && most === 1) return inner;
  cursor.next++;
  if (least > longestPatternedText) return Number.POSITIVE_INFINITY;
  // Repeating what matches nothing takes a step for every count that is demanded.
  if (inner === 1) return (most - least + 1) * Math.max(1, least);
  let ways = 0;
  for (let count = least; count <= most && ways <= highestPatternCost; count++) ways += inner ** count;
  return ways;
};

const countsOf = (quantifier: string | undefined): readonly [number, number] => {
  const kind = quantifier?.[0];
  if (kind === '*') return [0, longestPatternedText];
  if (kind === '+') return [1, longestPatternedText];
  if (kind === '?') return [0, 1];
  if (quantifier === undefined || kind !== '{') return [1, 1];
  const [least, most] = quantifier.replace(/[{}?]/g, '').split(',');
  if (most === undefined) return [Number(least), Number(least)];
  return [Number(least), most === '' ? longestPatternedText : Math.min(Number(most), longestPatternedText)];
};
