import type { Known } from '../values.ts';
import { evaluate, type Surroundings } from './evaluate.ts';
import { type Expression, type ExpressionProblem, type Path, pathsIn } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

/** Text with holes, `Release ${{ release.name }}`, in order. */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hole'; readonly expression: Expression };

export type ParsedTemplate =
  | { readonly kind: 'parsed'; readonly template: Template }
  | { readonly kind: 'invalid'; readonly problems: readonly ExpressionProblem[] };

/** Bounds what a filled text can grow to. */
export const mostHoles = 100;

const opening = '${'.concat('{');
const closing = '}}';

/**
 * Reads a text with holes, or every problem of its holes, with offsets in the text. Text without holes is one part, and
 * the empty text none. An expression may hold `}}` within a text: `${{ '}}' }}`.
 */
export const parseTemplate = (text: string): ParsedTemplate => {
  const template: TemplatePart[] = [];
  const problems: ExpressionProblem[] = [];
  const addText = (from: number, to: number) => {
    if (from < to) template.push({ kind: 'text', text: text.slice(from, to) });
  };
  let at = 0;
  for (let holes = 1; ; holes += 1) {
    const open = text.indexOf(opening, at);
    addText(at, open === -1 ? text.length : open);
    if (open === -1) break;
    const from = open + opening.length;
    const close = closingOf(text, from);
    if (close === undefined || holes > mostHoles) {
      problems.push(close === undefined ? unclosed(open) : tooMany(open));
      break;
    }
    const parsed = parseExpression(text.slice(from, close), from);
    if (parsed.kind === 'parsed') template.push({ kind: 'hole', expression: parsed.expression });
    else problems.push({ offset: parsed.offset, expected: parsed.expected, found: parsed.found });
    at = close + closing.length;
  }
  return problems.length === 0 ? { kind: 'parsed', template } : { kind: 'invalid', problems };
};

const unclosed = (offset: number): ExpressionProblem => ({
  offset,
  expected: `"${closing}" after the expression, and a closing quote for each text in it`,
  found: 'the end',
});

const tooMany = (offset: number): ExpressionProblem => ({
  offset,
  expected: `at most ${mostHoles} expressions in a text`,
  found: 'one more',
});

/** Where the hole ends: the first `}}` that is not within quotes. */
const closingOf = (text: string, from: number): number | undefined => {
  const stop = /'[^']*'?|\}\}/g;
  stop.lastIndex = from;
  for (let match = stop.exec(text); match !== null; match = stop.exec(text))
    if (match[0] === closing) return match.index;
  return undefined;
};

/**
 * The text with its holes filled, or why that cannot be known. What is filled in is data: it is never read as an
 * expression again. A list has no text, and is unknown.
 */
export const fillTemplate = (template: Template, surroundings: Surroundings): Known<string> => {
  const texts: string[] = [];
  for (const part of template) {
    const result: Known<unknown> =
      part.kind === 'text' ? { kind: 'known', value: part.text } : evaluate(part.expression, surroundings);
    if (result.kind === 'unknown') return result;
    if (typeof result.value === 'object') return { kind: 'unknown', why: 'a list has no text' };
    texts.push(String(result.value));
  }
  return { kind: 'known', value: texts.join('') };
};

/** The paths that the holes of a template look at, each once, in order. */
export const pathsInTemplate = (template: Template): readonly Path[] => {
  const paths = template.flatMap((part) => (part.kind === 'hole' ? pathsIn(part.expression) : []));
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
};
