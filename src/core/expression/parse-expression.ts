import { show } from '../written/check-shape.ts';
import { closest } from '../written/closest.ts';
import {
  type Comparator,
  type Expression,
  type ExpressionProblem,
  type OutcomeName,
  outcomeNames,
  type TestName,
  testNames,
} from './expression.ts';
import { expectedOperand, type Mark, type Token, tokenize } from './tokens.ts';

export type ParsedExpression =
  | { readonly kind: 'parsed'; readonly expression: Expression }
  | ({ readonly kind: 'invalid' } & ExpressionProblem);

/** In UTF-16 units. */
export const longestExpression = 1_000;

/** Parentheses, calls and negations within each other: keeps every walk over an expression on the stack. */
export const deepestExpression = 50;

/**
 * Reads an expression, or says where it goes wrong, what was expected and what was found. Offsets are UTF-16 units of
 * the text, plus `base`. Never throws.
 */
export const parseExpression = (text: string, base = 0): ParsedExpression => {
  if (text.length > longestExpression) {
    const expected = `an expression of at most ${longestExpression} characters`;
    return { kind: 'invalid', offset: base + longestExpression, expected, found: `${text.length}` };
  }
  const cut = tokenize(text, base);
  if (cut.kind === 'invalid') return { kind: 'invalid', ...cut.problem };
  const reader: Reader = { tokens: cut.tokens, at: 0, depth: 0 };
  const expression = readJoined(reader, '||');
  if (expression === undefined || !accept(reader, 'end')) {
    const problem = reader.problem ?? problemHere(reader, 'an operator such as == or &&, or the end');
    return { kind: 'invalid', ...problem };
  }
  return { kind: 'parsed', expression };
};

/**
 * Reads a condition as `if:` takes it: an expression, with or without `${{ }}` around it. Offsets count from the
 * beginning of the text.
 */
export const parseCondition = (text: string): ParsedExpression => {
  const match = /^(\s*\$\{\{)(.*)\}\}\s*$/s.exec(text);
  return match === null ? parseExpression(text) : parseExpression(String(match[2]), match[1]?.length);
};

/** Where reading stands. Every function below gives an expression, or undefined with the first problem set. */
type Reader = {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  problem?: ExpressionProblem;
};

// The last token is the end, and nothing reads past it.
const here = (reader: Reader): Token => reader.tokens[reader.at] as Token;

const isHere = (token: Token, what: Mark | 'end'): boolean =>
  what === 'end' ? token.kind === 'end' : token.kind === 'mark' && token.mark === what;

const accept = (reader: Reader, what: Mark | 'end'): boolean => {
  const found = isHere(here(reader), what);
  if (found && what !== 'end') reader.at += 1;
  return found;
};

/** A map, because any word may be asked for, `constructor` too. */
const words = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['is', '=='],
  ['equals', '=='],
]);

const problemHere = (reader: Reader, expected: string): ExpressionProblem => {
  const { kind, offset, source } = here(reader);
  const meant = words.get(source.toLowerCase());
  const hint = meant === undefined ? '' : `; did you mean ${meant}`;
  return { offset, expected, found: kind === 'end' ? 'the end' : `${show(source)}${hint}` };
};

const fail = (reader: Reader, problem: ExpressionProblem): undefined => {
  reader.problem = problem;
  return undefined;
};

/** `||` joins what `&&` joins, and that joins comparisons. */
const readJoined = (reader: Reader, by: '||' | '&&'): Expression | undefined => {
  const { offset } = here(reader);
  const operands: Expression[] = [];
  do {
    const operand = by === '||' ? readJoined(reader, '&&') : readComparison(reader);
    if (operand === undefined) return undefined;
    operands.push(operand);
  } while (accept(reader, by));
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { kind: 'joined', by, operands, offset };
};

const comparators: readonly (Mark & Comparator)[] = ['==', '!=', '<', '<=', '>', '>='];

const acceptComparator = (reader: Reader): Comparator | undefined =>
  comparators.find((comparator) => accept(reader, comparator));

const readComparison = (reader: Reader): Expression | undefined => {
  const left = readUnary(reader);
  if (left === undefined) return undefined;
  const comparator = acceptComparator(reader);
  if (comparator === undefined) return left;
  const right = readUnary(reader);
  if (right === undefined) return undefined;
  if (acceptComparator(reader) === undefined)
    return { kind: 'comparison', comparator, left, right, offset: left.offset };
  reader.at -= 1;
  return fail(reader, problemHere(reader, '&& or ||: one comparison is of two values'));
};

const readUnary = (reader: Reader): Expression | undefined => {
  const { offset } = here(reader);
  if (!accept(reader, '!')) return readOperand(reader);
  const operand = deeper(reader, () => readUnary(reader));
  return operand && { kind: 'not', operand, offset };
};

const deeper = <T>(reader: Reader, read: () => T | undefined): T | undefined => {
  if (reader.depth === deepestExpression)
    return fail(reader, problemHere(reader, `at most ${deepestExpression} levels within each other`));
  reader.depth += 1;
  const result = read();
  reader.depth -= 1;
  return result;
};

const readOperand = (reader: Reader): Expression | undefined => {
  const token = here(reader);
  if (accept(reader, '(')) {
    const inner = deeper(reader, () => readJoined(reader, '||'));
    if (inner === undefined || accept(reader, ')')) return inner;
    return fail(reader, problemHere(reader, 'an operator or a closing parenthesis'));
  }
  if (token.kind === 'end' || token.kind === 'mark')
    return fail(reader, problemHere(reader, expectedOperand));
  reader.at += 1;
  if (token.kind !== 'name') return { kind: 'literal', value: token.value, offset: token.offset };
  if (token.source === 'true' || token.source === 'false')
    return { kind: 'literal', value: token.source === 'true', offset: token.offset };
  return isHere(here(reader), '(') || isFunction(token.source)
    ? readCall(reader, token)
    : { kind: 'path', path: token.source.split('.'), offset: token.offset };
};

const functionNames: readonly string[] = [...testNames, ...outcomeNames];

const isFunction = (name: string): name is TestName | OutcomeName => functionNames.includes(name);

const isOutcome = (name: TestName | OutcomeName): name is OutcomeName =>
  outcomeNames.some((outcome) => outcome === name);

const readCall = (reader: Reader, { source: name, offset }: Token): Expression | undefined => {
  if (!isFunction(name)) {
    const meant = closest(name, functionNames);
    const hint = meant === undefined ? '' : `; did you mean ${show(meant)}`;
    const expected = `one of the functions ${functionNames.join(', ')}`;
    return fail(reader, { offset, expected, found: `${show(name)}${hint}` });
  }
  const expected = isOutcome(name) ? `${name}()` : `${name}(${parameters[name]})`;
  if (!accept(reader, '(')) return fail(reader, problemHere(reader, `parentheses: ${expected}`));
  const operands = accept(reader, ')') ? [] : deeper(reader, () => readOperands(reader));
  if (operands === undefined) return undefined;
  const [subject, item] = operands;
  if (isOutcome(name) && subject === undefined) return { kind: 'outcome', name, offset };
  if (!isOutcome(name) && subject && item && operands.length === 2)
    return { kind: 'test', name, subject, item, offset };
  return fail(reader, { offset, expected, found: `${operands.length} values` });
};

const parameters: { readonly [name in TestName]: string } = {
  contains: 'list or text, item',
  startsWith: 'text, beginning',
  endsWith: 'text, end',
};

const readOperands = (reader: Reader): readonly Expression[] | undefined => {
  const operands: Expression[] = [];
  do {
    const operand = readJoined(reader, '||');
    if (operand === undefined) return undefined;
    operands.push(operand);
  } while (accept(reader, ','));
  if (accept(reader, ')')) return operands;
  return fail(reader, problemHere(reader, 'a comma or a closing parenthesis'));
};
