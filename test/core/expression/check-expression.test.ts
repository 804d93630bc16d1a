import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCondition,
  checkExpression,
  checkTemplate,
  type ValueType,
  type Vocabulary,
} from '../../../src/core/expression/check-expression.ts';
import { evaluateCondition } from '../../../src/core/expression/evaluate.ts';
import { kindOf } from '../../../src/core/expression/expression.ts';
import { expressionOf, expressions, knownWorlds, names, surroundingsOf } from './expressions.ts';

const types: { readonly [path: string]: ValueType } = {
  'inputs.risk': { kind: 'text', options: ['Low', 'High'] },
  'inputs.count': { kind: 'number' },
  'inputs.done': { kind: 'boolean' },
  'inputs.areas': { kind: 'list', options: ['api', 'web'] },
  owner: { kind: 'text' },
  output: { kind: 'any' },
};

const vocabulary: Vocabulary = {
  typeOf: (path) => types[path.join('.')],
  names: Object.keys(types),
};

const problems = (text: string) =>
  checkCondition(expressionOf(text), vocabulary).map(
    ({ offset, expected, found }) => `${offset}: expected ${expected}, found ${found}`,
  );

describe('S-099 what can never hold is said before anything runs', () => {
  it.each([
    "inputs.risk == 'High' && inputs.count >= 3 || !inputs.done",
    "contains(inputs.areas, 'api') && contains(owner, 'x') && startsWith(owner, inputs.risk)",
    "output && output == 3 && 'x' == output && output < 4 && contains(output, 3)",
    "owner != 'x' && failure() && inputs.risk == owner",
  ])('nothing, of %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    [
      'inputs.risc',
      ['0: expected something that is known here, found "inputs.risc"; did you mean "inputs.risk"'],
    ],
    ['phases.x.y', ['0: expected something that is known here, found "phases.x.y"']],
    ["inputs.risk == 'high'", ['15: expected one of "Low", "High", found "high"; did you mean "High"']],
    ["'None' != inputs.risk", ['0: expected one of "Low", "High", found "None"']],
    ["contains(inputs.areas, 'app')", ['23: expected one of "api", "web", found "app"; did you mean "api"']],
    ['inputs.risk == 3', ['15: expected a text, found a number']],
    ["3 == 'x'", ['5: expected a number, found a text']],
    [
      'inputs.areas == inputs.areas',
      [
        '0: expected a text or a number or true or false, found a list',
        '16: expected a text or a number or true or false, found a list',
      ],
    ],
    ['owner == inputs.areas', ['9: expected a text or a number or true or false, found a list']],
    ["owner < 'x'", ['0: expected a number, found a text', '8: expected a number, found a text']],
    [
      '!owner && inputs.count',
      ['1: expected true or false, found a text', '10: expected true or false, found a number'],
    ],
    ['contains(owner, 3)', ['16: expected a text, found a number']],
    [
      'contains(inputs.areas, inputs.areas)',
      ['23: expected a text or a number or true or false, found a list'],
    ],
    ['contains(inputs.done, owner)', ['9: expected a text or a list, found true or false']],
    ['endsWith(owner, inputs.count)', ['16: expected a text, found a number']],
    ['inputs.count', ['0: expected true or false, found a number']],
    [
      '!(nope == 1 || owner > 2)',
      ['2: expected something that is known here, found "nope"', '15: expected a number, found a text'],
    ],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('but a value of any kind may stand where no truth is asked for', () => {
    expect(checkExpression(expressionOf('inputs.areas'), vocabulary)).toEqual([]);
  });

  it('and in a text a list may not', () => {
    const hole = (path: string) => ({ kind: 'hole' as const, expression: expressionOf(path) });
    const template = [
      { kind: 'text' as const, text: 'x' },
      hole('owner'),
      hole('inputs.areas'),
      hole('nope'),
    ];
    expect(checkTemplate(template, vocabulary).map(({ found }) => found)).toEqual(['a list', '"nope"']);
  });

  it('so that what passes the check is true or false once everything is known', () => {
    const some = fc.tuple(expressions, knownWorlds);
    let passed = 0;
    fc.assert(
      fc.property(some, ([expression, world]) => {
        const typeOf = (path: readonly string[]) => {
          const fact = world.values[names.indexOf(path.join('.'))];
          return fact?.kind === 'known' ? { kind: kindOf(fact.value) } : undefined;
        };
        if (checkCondition(expression, { typeOf, names }).length > 0) return;
        passed += 1;
        expect(evaluateCondition(expression, surroundingsOf(world)).kind).toBe('known');
      }),
      { numRuns: 3_000 },
    );
    expect(passed).toBeGreaterThan(50);
  });
});
