import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCondition } from '../../../src/core/expression/evaluate.ts';
import type { Expression } from '../../../src/core/expression/expression.ts';
import { parseExpression } from '../../../src/core/expression/parse-expression.ts';
import { plainCondition, writeExpression } from '../../../src/core/expression/write-expression.ts';
import { expressions, surroundingsOf, worlds } from './expressions.ts';

const open = '$' + '{{';

describe('a condition in its plain form (T2)', () => {
  it.each([
    [`${open} target.ref=='v1' }}`, "target.ref == 'v1'"],
    ["((target.ref) == ('it''s'))", "target.ref == 'it''s'"],
    ['success()&&(!failure()&&always())', 'success() && !failure() && always()'],
    ['(success() || failure()) && always()', '(success() || failure()) && always()'],
    ['success() || (failure() && always())', 'success() || failure() && always()'],
    ['!(1 < 2.50) == true', '!(1 < 2.5) == true'],
    ["contains( 'ab','a' )", "contains('ab', 'a')"],
  ])('%s', (condition, plain) => {
    expect(plainCondition(condition)).toBe(plain);
  });

  it('is absent where it always holds, and as written where nobody can read it', () => {
    expect([plainCondition(undefined), plainCondition(`${open} (true) }}`)]).toEqual([undefined, undefined]);
    expect([plainCondition('false'), plainCondition('1'), plainCondition('((')]).toEqual([
      'false',
      '1',
      '((',
    ]);
  });

  it('means the same, and is its own plain form', () => {
    fc.assert(
      fc.property(expressions, worlds, (expression, world) => {
        const text = writeExpression(expression);
        const parsed = parseExpression(text);
        fc.pre(parsed.kind === 'parsed');
        const again = (parsed as { readonly expression: Expression }).expression;
        expect(writeExpression(again)).toBe(text);
        const [one, other] = [expression, again].map((each) =>
          evaluateCondition(each, surroundingsOf(world)),
        );
        expect(other?.kind === 'known' ? other : undefined).toEqual(one?.kind === 'known' ? one : undefined);
      }),
    );
  });
});
