import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, evaluateCondition } from '../../../src/core/expression/evaluate.ts';
import type { Expression, Value } from '../../../src/core/expression/expression.ts';
import { parseExpression } from '../../../src/core/expression/parse-expression.ts';
import type { Known } from '../../../src/core/values.ts';
import {
  expressionOf,
  expressions,
  known,
  knownWorlds,
  names,
  surroundings,
  surroundingsOf,
  unknown,
  type World,
  worlds,
  write,
} from './expressions.ts';

const facts = surroundings({
  risk: known('High'),
  count: known(3),
  done: known(true),
  labels: known(['x', 2]),
  unclear: unknown,
});

const result = (text: string): Value | 'unknown' => {
  const found = evaluate(expressionOf(text), facts);
  return found.kind === 'known' ? found.value : 'unknown';
};

describe('H-012 an expression gives', () => {
  it.each<[string, Value]>([
    ["risk == 'High'", true],
    ["risk != 'High'", false],
    ["risk == 'high'", false],
    ['risk', 'High'],
    ['count < 4 && count <= 3 && count > -1 && count >= 3', true],
    ['count < 3 || count > 3', false],
    ['count == 3.0', true],
    ['done == true && !false', true],
    ["contains(risk, 'ig') && startsWith(risk, 'Hi') && endsWith(risk, 'gh')", true],
    ["contains(risk, 'IG')", false],
    ["contains(labels, 'x') && contains(labels, 2)", true],
    ["contains(labels, '2')", false],
    ['always() && success() && !failure()', true],
  ])('%s: %j', (text, value) => {
    expect(result(text)).toEqual(value);
  });
});

describe('design 3.1 unknown is a fact', () => {
  it.each<[string, Value]>([
    ['false && unclear', false],
    ['unclear && false', false],
    ['true || unclear', true],
    ['unclear || true', true],
    ['true && unclear', 'unknown'],
    ['unclear || false', 'unknown'],
    ['!unclear', 'unknown'],
    ["unclear == 'x'", 'unknown'],
    ["unclear != 'x'", 'unknown'],
    ['count < unclear', 'unknown'],
    ["contains(unclear, 'x')", 'unknown'],
    ['nowhere', 'unknown'],
    ['!nowhere', 'unknown'],
  ])('%s: %j', (text, value) => {
    expect(result(text)).toEqual(value);
  });

  it('and says why', () => {
    expect(evaluate(expressionOf('unclear && done'), facts)).toBe(unknown);
    const why = (text: string) => evaluateCondition(expressionOf(text), facts);
    expect(why('no.where')).toEqual({ kind: 'unknown', why: 'there is no no.where' });
    expect(why('risk')).toEqual({ kind: 'unknown', why: 'a text is neither true nor false' });
    expect(why('contains(count, labels)')).toEqual({
      kind: 'unknown',
      why: 'contains() cannot look for a list in a number',
    });
  });
});

describe('what does not fit together is never true by accident', () => {
  it.each<[string, Value]>([
    ["count == '3'", false],
    ["count != '3'", false],
    ["count < '4'", false],
    ["risk > 'Aaa'", false],
    ['done > false', false],
    ['labels == labels', false],
    ['labels != labels', false],
    ['!risk', 'unknown'],
    ['!!count', 'unknown'],
    ['risk && true', 'unknown'],
    ['risk && false', false],
    ['count || true', true],
    ['contains(risk, count)', 'unknown'],
    ['!contains(labels, labels)', 'unknown'],
    ["startsWith(labels, 'x')", 'unknown'],
  ])('%s: %j', (text, value) => {
    expect(result(text)).toEqual(value);
  });
});

/**
 * The meaning of an expression, told another way: truth is 1, falsehood 0, unknown one half, `&&` the least, `||` the
 * most. Values stand for themselves.
 */
type Meaning = Value | { readonly half: true };

const half = { half: true } as const;
const isHalf = (meaning: Meaning): meaning is typeof half => typeof meaning === 'object' && 'half' in meaning;
const truth = (meaning: Meaning): number => (typeof meaning === 'boolean' ? Number(meaning) : 0.5);
const fromTruth = (number: number): Meaning => (number === 0.5 ? half : number === 1);
const fromFact = (fact: Known<Value> | undefined): Meaning => (fact?.kind === 'known' ? fact.value : half);

const meaningOf = (node: Expression, world: World): Meaning => {
  const of = (part: Expression) => meaningOf(part, world);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'path':
      return fromFact(world.values[names.indexOf(node.path.join('.'))]);
    case 'outcome':
      return node.name === 'always' || fromFact(world[node.name]);
    case 'not':
      return fromTruth(1 - truth(of(node.operand)));
    case 'joined':
      return fromTruth(Math[node.by === '&&' ? 'min' : 'max'](...node.operands.map((one) => truth(of(one)))));
    case 'comparison':
      return compared(node.comparator, of(node.left), of(node.right));
    case 'test':
      return tested(node.name, of(node.subject), of(node.item));
  }
};

const compared = (comparator: string, left: Meaning, right: Meaning): Meaning => {
  if (isHalf(left) || isHalf(right)) return half;
  if (Array.isArray(left) || Array.isArray(right) || typeof left !== typeof right) return false;
  if (comparator === '==' || comparator === '!=') return (left === right) === (comparator === '==');
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  const holding = left < right ? ['<', '<='] : left > right ? ['>', '>='] : ['<=', '>='];
  return holding.includes(comparator);
};

const tested = (name: string, subject: Meaning, item: Meaning): Meaning => {
  if (isHalf(subject) || isHalf(item)) return half;
  if (Array.isArray(subject))
    return name === 'contains' && !Array.isArray(item) ? subject.some((one) => one === item) : half;
  if (typeof subject !== 'string' || typeof item !== 'string') return half;
  const places = [...subject, ''].map((_, index) => subject.slice(index, index + item.length) === item);
  if (name === 'contains') return places.includes(true);
  return name === 'startsWith'
    ? places[0] === true
    : subject.length >= item.length && subject.slice(subject.length - item.length) === item;
};

const check = <T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, predicate), { numRuns: 2_000 });

describe('random expressions', () => {
  it('mean what a slow reading of them means, also once they were written and read', () => {
    check(fc.tuple(expressions, worlds), ([expression, world]) => {
      const text = write(expression);
      const parsed = parseExpression(text);
      fc.pre(text.length <= 1_000);
      if (parsed.kind === 'invalid') throw new Error(`${text}: ${JSON.stringify(parsed)}`);
      expect(write(parsed.expression)).toBe(text);
      const expected = meaningOf(expression, world);
      for (const one of [expression, parsed.expression])
        expect(fromFact(evaluate(one, surroundingsOf(world)))).toEqual(expected);
    });
  });

  it('that are settled stay so, whatever the unknown turns out to be', () => {
    check(fc.tuple(expressions, worlds, knownWorlds), ([expression, world, truth]) => {
      const settled = evaluate(expression, surroundingsOf(world));
      fc.pre(settled.kind === 'known');
      const choose = <T>(fact: Known<T>, other: Known<T>) => (fact.kind === 'known' ? fact : other);
      const better: World = {
        values: world.values.map((fact, index) => choose(fact, truth.values[index] ?? fact)),
        success: choose(world.success, truth.success),
        failure: choose(world.failure, truth.failure),
      };
      expect(evaluate(expression, surroundingsOf(better))).toEqual(settled);
    });
  });
});
