import type { Known } from '../values.ts';
import {
  type Comparator,
  type Expression,
  kindOf,
  kindWords,
  type Path,
  type TestName,
  type Value,
} from './expression.ts';

/** What an expression may look at. */
export type Surroundings = {
  /**
   * What stands at a path; unknown where it could not be established, undefined where there is no such thing. Look into
   * maps or own properties only: people choose the names.
   */
  readonly lookup: (path: Path) => Known<Value> | undefined;
  /** Whether all that this one needs has succeeded. */
  readonly success: Known<boolean>;
  /** Whether something that came before has failed. */
  readonly failure: Known<boolean>;
};

/**
 * What an expression gives. Unknown is a fact (design 3.1): it is passed on unless the rest decides without it, as in
 * `false && unknown`. A path without a value is unknown, and so is whatever is given the wrong kind of value, so that
 * not even `!` makes it true; a comparison of values that cannot be compared is false, `!=` included. Never throws, and
 * looks at each part once.
 */
export const evaluate = (expression: Expression, surroundings: Surroundings): Known<Value> => {
  switch (expression.kind) {
    case 'literal':
      return known(expression.value);
    case 'path':
      return surroundings.lookup(expression.path) ?? unknown(`there is no ${expression.path.join('.')}`);
    case 'outcome':
      return expression.name === 'always' ? known(true) : surroundings[expression.name];
    case 'not': {
      const operand = evaluateCondition(expression.operand, surroundings);
      return operand.kind === 'unknown' ? operand : known(!operand.value);
    }
    case 'joined': {
      const operands = expression.operands.map((one) => evaluateCondition(one, surroundings));
      return join(operands, expression.by === '||');
    }
    case 'comparison':
      return both(expression.left, expression.right, surroundings, (left, right) =>
        known(compare(expression.comparator, left, right)),
      );
    case 'test':
      return both(expression.subject, expression.item, surroundings, (subject, item) =>
        test(expression.name, subject, item),
      );
  }
};

/** The same where only true or false will do, as in `if:`; any other value is unknown. */
export const evaluateCondition = (expression: Expression, surroundings: Surroundings): Known<boolean> => {
  const result = evaluate(expression, surroundings);
  if (result.kind === 'unknown') return result;
  const { value } = result;
  if (typeof value === 'boolean') return { kind: 'known', value };
  return unknown(`${kindWords[kindOf(value)]} is neither true nor false`);
};

const known = (value: Value): Known<Value> => ({ kind: 'known', value });

const unknown = (why: string): { readonly kind: 'unknown'; readonly why: string } => ({
  kind: 'unknown',
  why,
});

/** One operand settles it: true for `||`, false for `&&`. Only where none does, an unknown one counts. */
const join = (operands: readonly Known<boolean>[], settling: boolean): Known<Value> => {
  if (operands.some((one) => one.kind === 'known' && one.value === settling)) return known(settling);
  return operands.find((one) => one.kind === 'unknown') ?? known(!settling);
};

const both = (
  first: Expression,
  second: Expression,
  surroundings: Surroundings,
  combine: (first: Value, second: Value) => Known<Value>,
): Known<Value> => {
  const [left, right] = [evaluate(first, surroundings), evaluate(second, surroundings)];
  if (left.kind === 'unknown') return left;
  return right.kind === 'unknown' ? right : combine(left.value, right.value);
};

const compare = (comparator: Comparator, left: Value, right: Value): boolean => {
  if (kindOf(left) !== kindOf(right) || typeof left === 'object') return false;
  if (comparator === '==') return left === right;
  if (comparator === '!=') return left !== right;
  // Texts have no order that people agree on: v10 is not before v9.
  return typeof left === 'number' && typeof right === 'number' && orders[comparator](left, right);
};

const orders: {
  readonly [comparator in Exclude<Comparator, '==' | '!='>]: (left: number, right: number) => boolean;
} = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const test = (name: TestName, subject: Value, item: Value): Known<Value> => {
  if (typeof subject === 'string' && typeof item === 'string') return known(textTests[name](subject, item));
  if (name === 'contains' && typeof subject === 'object' && typeof item !== 'object')
    return known(subject.includes(item));
  return unknown(`${name}() cannot look for ${kindWords[kindOf(item)]} in ${kindWords[kindOf(subject)]}`);
};

const textTests: { readonly [name in TestName]: (text: string, part: string) => boolean } = {
  contains: (text, part) => text.includes(part),
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
};
