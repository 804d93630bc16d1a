import fc from 'fast-check';
import type { Surroundings } from '../../../src/core/expression/evaluate.ts';
import {
  type Comparator,
  type Expression,
  outcomeNames,
  testNames,
  type Value,
} from '../../../src/core/expression/expression.ts';
import { parseExpression } from '../../../src/core/expression/parse-expression.ts';
import type { Known } from '../../../src/core/values.ts';

/** An expression that is known to be well written. */
export const expressionOf = (text: string): Expression => {
  const parsed = parseExpression(text);
  if (parsed.kind === 'invalid') throw new Error(`${parsed.expected}, ${parsed.found} in ${text}`);
  return parsed.expression;
};

/** The text of an expression, with parentheses around every operation of two. */
export const write = (expression: Expression): string => {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string'
        ? `'${expression.value.replaceAll("'", "''")}'`
        : String(expression.value);
    case 'path':
      return expression.path.join('.');
    case 'not':
      return `!${write(expression.operand)}`;
    case 'joined':
      return `(${expression.operands.map(write).join(` ${expression.by} `)})`;
    case 'comparison':
      return `(${write(expression.left)} ${expression.comparator} ${write(expression.right)})`;
    case 'test':
      return `${expression.name}(${write(expression.subject)}, ${write(expression.item)})`;
    case 'outcome':
      return `${expression.name}()`;
  }
};

export const known = <T>(value: T): Known<T> => ({ kind: 'known', value });

export const unknown = { kind: 'unknown', why: 'GitHub did not answer' } as const;

/** Values by path; the work went well. */
export const surroundings = (values: { readonly [path: string]: Known<Value> }): Surroundings => ({
  lookup: (path) => (Object.hasOwn(values, path.join('.')) ? values[path.join('.')] : undefined),
  success: known(true),
  failure: known(false),
});

const offset = 0;
const literal = (value: string | number | boolean): Expression => ({ kind: 'literal', value, offset });

const scalars = fc.oneof(
  fc.constantFrom('', 'High', 'high', 'gh', "'", '}}'),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
);

const comparators: readonly Comparator[] = ['==', '!=', '<', '<=', '>', '>='];

export const names = ['a', 'b.c', 'd', 'missing'];

/** Expressions of every kind, mostly of parts that fit together badly. */
export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalars.map(literal),
    fc.constantFrom(...names).map((path): Expression => ({ kind: 'path', path: path.split('.'), offset })),
    fc.constantFrom(...outcomeNames).map((name): Expression => ({ kind: 'outcome', name, offset })),
    tie('node').map((operand): Expression => ({ kind: 'not', operand, offset })),
    fc
      .record({
        by: fc.constantFrom('&&' as const, '||' as const),
        operands: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      })
      .map((parts): Expression => ({ kind: 'joined', ...parts, offset })),
    fc
      .record({ comparator: fc.constantFrom(...comparators), left: tie('node'), right: tie('node') })
      .map((parts): Expression => ({ kind: 'comparison', ...parts, offset })),
    fc
      .record({ name: fc.constantFrom(...testNames), subject: tie('node'), item: tie('node') })
      .map((parts): Expression => ({ kind: 'test', ...parts, offset })),
  ),
})).node;

const values: fc.Arbitrary<Value> = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }));

const facts = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Known<T>> =>
  fc.oneof(fc.constant(unknown), arbitrary.map(known));

/** What every path and function gives, each value or unknown. */
export type World = {
  readonly values: readonly Known<Value>[];
  readonly success: Known<boolean>;
  readonly failure: Known<boolean>;
};

export const worlds: fc.Arbitrary<World> = fc.record({
  values: fc.array(facts(values), { minLength: 3, maxLength: 3 }),
  success: facts(fc.boolean()),
  failure: facts(fc.boolean()),
});

/** Worlds in which nothing is unknown. */
export const knownWorlds: fc.Arbitrary<World> = fc.record({
  values: fc.array(values.map(known), { minLength: 3, maxLength: 3 }),
  success: fc.boolean().map(known),
  failure: fc.boolean().map(known),
});

/** The last name has no value in any world. */
export const surroundingsOf = (world: World): Surroundings => ({
  lookup: (path) => world.values[names.indexOf(path.join('.'))],
  success: world.success,
  failure: world.failure,
});
