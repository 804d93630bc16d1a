import { show } from '../written/check-shape.ts';
import type { ExpressionProblem } from './expression.ts';

const marks = ['==', '!=', '<=', '>=', '&&', '||', '<', '>', '!', '(', ')', ','] as const;

export type Mark = (typeof marks)[number];

/** The smallest parts of an expression; `source` is what stands there. */
export type Token = { readonly offset: number; readonly source: string } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' }
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'end' }
);

export type Tokens =
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[] }
  | { readonly kind: 'invalid'; readonly problem: ExpressionProblem };

// A closing quote is not followed by another one; so no text is ever read in two ways, and reading takes linear time.
const pattern =
  /(?<space>[ \t\r\n]+)|(?<text>'(?:[^']|'')*'(?!'))|(?<number>-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?![\w.]))|(?<name>[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*(?![\w.-]))|(?<mark>[=!<>]=|&&|\|\||[<>!(),])/y;

/**
 * Cuts an expression into tokens, the last of kind `end`, or says what stands where nothing can be read. Offsets are
 * UTF-16 units of the text, plus `base`.
 */
export const tokenize = (text: string, base: number): Tokens => {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    pattern.lastIndex = offset;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) return { kind: 'invalid', problem: strange(text.slice(offset), base + offset) };
    const source = Object.values(groups).find((group) => group !== undefined) as string;
    const token = tokenFrom(groups, { offset: base + offset, source });
    if (token !== undefined) tokens.push(token);
    offset += source.length;
  }
  tokens.push({ kind: 'end', offset: base + offset, source: '' });
  return { kind: 'tokens', tokens };
};

const tokenFrom = (
  groups: { readonly [name: string]: string | undefined },
  place: { readonly offset: number; readonly source: string },
): Token | undefined => {
  const { source } = place;
  if (groups['space'] !== undefined) return undefined;
  if (groups['text'] !== undefined)
    return { kind: 'text', value: source.slice(1, -1).replaceAll("''", "'"), ...place };
  // Adding zero makes one zero of two.
  if (groups['number'] !== undefined) return { kind: 'number', value: Number(source) + 0, ...place };
  if (groups['name'] !== undefined) return { kind: 'name', ...place };
  return { kind: 'mark', mark: source as Mark, ...place };
};

const singleQuotes = "a text in single quotes, such as 'High'";
const dottedPath = 'a path with dots, such as activities.go-no-go.status';
const noArithmetic = `one of the operators ${marks.slice(0, 9).join(' ')}; nothing is calculated here`;
const noBraces = 'an expression; braces stand around it, never in it';

/** What people write out of habit from other languages, by its first character, and what is expected instead. */
const habits: { readonly [character: string]: string } = {
  "'": 'a closing single quote; one within a text is written twice',
  '"': singleQuotes,
  '`': singleQuotes,
  '=': 'two equals signs, "=="',
  '&': 'two of them, "&&"',
  '|': 'two of them, "||"',
  '[': dottedPath,
  ']': dottedPath,
  '.': dottedPath,
  $: noBraces,
  '{': noBraces,
  '}': noBraces,
  '+': noArithmetic,
  '-': noArithmetic,
  '*': noArithmetic,
  '/': noArithmetic,
  '%': noArithmetic,
};

const strange = (rest: string, offset: number): ExpressionProblem => {
  const character = String.fromCodePoint(rest.codePointAt(0) as number);
  const word = /^[\w.-]+/.exec(rest)?.[0] ?? character;
  if (/^-?\d/.test(word)) return { offset, expected: 'a number such as 3 or 0.5', found: show(word) };
  if (/^[A-Za-z]/.test(word)) return { offset, expected: dottedPath, found: show(word) };
  const found = character === "'" ? `the end of the text after ${show(rest)}` : show(character);
  return { offset, expected: habits[character] ?? expectedOperand, found };
};

export const expectedOperand = 'a path, a text in single quotes, a number, true, false or a function';
