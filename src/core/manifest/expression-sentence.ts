import type { ExpressionProblem } from '../expression/expression.ts';

/** What is wrong with an expression in a manifest, and at which of its characters, counted from 1. */
export const sentenceIn = (
  place: 'condition' | 'value',
  { offset, expected, found }: Pick<ExpressionProblem, 'offset' | 'expected' | 'found'>,
): string => `Expected ${expected}, found ${found} (character ${offset + 1} of the ${place}).`;
