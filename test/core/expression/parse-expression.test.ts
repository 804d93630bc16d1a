import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForOutcome, pathsIn } from '../../../src/core/expression/expression.ts';
import { parseCondition, parseExpression } from '../../../src/core/expression/parse-expression.ts';
import { expressionOf, write } from './expressions.ts';

const hole = (inner: string): string => `\${{${inner}}}`;

describe('H-012 the text of an `if:` becomes an expression', () => {
  it.each([
    ["activities.go-no-go.inputs.risk == 'High'", "(activities.go-no-go.inputs.risk == 'High')"],
    ["'it''s' != ''", "('it''s' != '')"],
    ['-1.50 < 3', '(-1.5 < 3)'],
    ['-0 == 0', '(0 == 0)'],
    ['a || b && !c', '(a || (b && !c))'],
    ['(a || b) && c', '((a || b) && c)'],
    ['!a == b', '(!a == b)'],
    ['a && b && true', '(a && b && true)'],
    ['!(a>=1)', '!(a >= 1)'],
    [' \n owner\t', 'owner'],
    ['always()||failure( )', '(always() || failure())'],
    ["contains(a.b, 'c')", "contains(a.b, 'c')"],
    ['startsWith(a, b || c)', 'startsWith(a, (b || c))'],
    ['trueish.false-x', 'trueish.false-x'],
  ])('%s', (text, written) => {
    expect(write(expressionOf(text))).toBe(written);
  });
});

describe('what cannot be read is said with what was expected and found', () => {
  it.each([
    ['a = 1', 2, 'two equals signs, "=="', '"="'],
    ['a & b', 2, 'two of them, "&&"', '"&"'],
    ['a | b', 2, 'two of them, "||"', '"|"'],
    ['a == "High"', 5, "a text in single quotes, such as 'High'", '"\\""'],
    ['a == `x`', 5, "a text in single quotes, such as 'High'", '"`"'],
    [
      "a == 'High",
      5,
      'a closing single quote; one within a text is written twice',
      'the end of the text after "\'High"',
    ],
    ["a['b']", 1, 'a path with dots, such as activities.go-no-go.status', '"["'],
    ['a.b.', 0, 'a path with dots, such as activities.go-no-go.status', '"a.b."'],
    [
      "a == 'b''c",
      5,
      'a closing single quote; one within a text is written twice',
      "the end of the text after \"'b''c\"",
    ],
    ['a == .b', 5, 'a path with dots, such as activities.go-no-go.status', '"."'],
    ['a == 1.', 5, 'a number such as 3 or 0.5', '"1."'],
    ['a == 012', 5, 'a number such as 3 or 0.5', '"012"'],
    ['1234567890123456 == a', 0, 'a number such as 3 or 0.5', '"1234567890123456"'],
    ['a == 0x1F', 5, 'a number such as 3 or 0.5', '"0x1F"'],
    ['a + b', 2, 'one of the operators == != <= >= && || < > !; nothing is calculated here', '"+"'],
    [hole(' a '), 0, 'an expression; braces stand around it, never in it', '"$"'],
    ['a == 😀', 5, 'a path, a text in single quotes, a number, true, false or a function', '"😀"'],
    ['', 0, 'a path, a text in single quotes, a number, true, false or a function', 'the end'],
    ['a == ', 5, 'a path, a text in single quotes, a number, true, false or a function', 'the end'],
    ['a && == b', 5, 'a path, a text in single quotes, a number, true, false or a function', '"=="'],
    ['!', 1, 'a path, a text in single quotes, a number, true, false or a function', 'the end'],
    ['a and b', 2, 'an operator such as == or &&, or the end', '"and"; did you mean &&'],
    ['a Is b', 2, 'an operator such as == or &&, or the end', '"Is"; did you mean =='],
    ['a constructor', 2, 'an operator such as == or &&, or the end', '"constructor"'],
    ['a b', 2, 'an operator such as == or &&, or the end', '"b"'],
    ['a)', 1, 'an operator such as == or &&, or the end', '")"'],
    ['(a', 2, 'an operator or a closing parenthesis', 'the end'],
    ['a < b < c', 6, '&& or ||: one comparison is of two values', '"<"'],
    [
      "contain(a, 'b')",
      0,
      'one of the functions contains, startsWith, endsWith, always, failure, success',
      '"contain"; did you mean "contains"',
    ],
    [
      'fromJSON(a)',
      0,
      'one of the functions contains, startsWith, endsWith, always, failure, success',
      '"fromJSON"',
    ],
    ['failure', 7, 'parentheses: failure()', 'the end'],
    ['failure(a)', 0, 'failure()', '1 values'],
    ['contains(a)', 0, 'contains(list or text, item)', '1 values'],
    ['endsWith()', 0, 'endsWith(text, end)', '0 values'],
    ['startsWith(a, b, c)', 0, 'startsWith(text, beginning)', '3 values'],
    ['contains(a, )', 12, 'a path, a text in single quotes, a number, true, false or a function', '")"'],
    ['contains(a; b)', 10, 'a path, a text in single quotes, a number, true, false or a function', '";"'],
    ['contains(a b)', 11, 'a comma or a closing parenthesis', '"b"'],
    ['x'.repeat(1_001), 1_000, 'an expression of at most 1000 characters', '1001'],
    ['!'.repeat(51), 51, 'at most 50 levels within each other', 'the end'],
    ['('.repeat(60), 51, 'at most 50 levels within each other', '"("'],
  ])('%s', (text, offset, expected, found) => {
    expect(parseExpression(text)).toEqual({ kind: 'invalid', offset, expected, found });
  });

  it('counts offsets from where the text begins', () => {
    const invalid = parseExpression('a = b', 100);
    expect(invalid).toMatchObject({ offset: 102 });
    expect(parseExpression('a ==', 100)).toMatchObject({ offset: 104 });
    expect(parseExpression('x'.repeat(2_000), 100)).toMatchObject({ offset: 1_100 });
  });

  it('takes as much as is allowed', () => {
    expect(parseExpression(`${'!'.repeat(50)}a`).kind).toBe('parsed');
    expect(parseExpression(`${'('.repeat(50)}a${')'.repeat(50)}`).kind).toBe('parsed');
    expect(parseExpression(`a${'&&a'.repeat(333)}`).kind).toBe('parsed');
    expect(parseExpression(`a${'&&(!a)'.repeat(100)}`).kind).toBe('parsed');
  });

  it('never throws, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...['a', 'a.b', "'", "''", "'x'", '1', '-', '.', '==', '=', '!', '&&', '||', '(', ')', ',', ' '],
      ...['contains(', 'always()', '${{', '}}', '"', 'true', '\u0000', '\ud800', '<', '[', 'é'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseExpression(text);
        if (result.kind === 'parsed') return;
        expect(result.offset).toBeGreaterThanOrEqual(0);
        expect(result.offset).toBeLessThanOrEqual(text.length);
        expect(`${result.expected}${result.found}`).not.toContain('undefined');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a condition', () => {
  it('may stand in braces, as in GitHub Actions', () => {
    const inBraces = parseCondition(` ${hole(' a == b ')}\n`);
    expect(inBraces).toMatchObject({ kind: 'parsed', expression: { kind: 'comparison', offset: 5 } });
    expect(parseCondition('a == b')).toMatchObject({ kind: 'parsed', expression: { offset: 0 } });
  });

  it('is one expression, not two', () => {
    const two = parseCondition(`${hole('a')} && ${hole('b')}`);
    expect(two).toMatchObject({ kind: 'invalid', offset: 4, found: '"}"' });
  });
});

describe('what an expression looks at', () => {
  it('is each of its paths once', () => {
    const text = "a.b == 'x' && !(c || contains(a.b, d.e-f)) && true && startsWith(c, 'a') && failure()";
    expect(pathsIn(expressionOf(text))).toEqual([['a', 'b'], ['c'], ['d', 'e-f']]);
  });

  it('may be how the work went', () => {
    expect(asksForOutcome(expressionOf("a == 'x' && !always()"))).toBe(true);
    expect(asksForOutcome(expressionOf("a == 'always()'"))).toBe(false);
  });
});
