import { expect, test } from 'vitest';
import type { Write } from '../../src/core/release/surface.ts';
import { withinBudget } from '../../src/reconcile/reaction-budget.ts';

const mark = (subject: number): Write => ({
  kind: 'react',
  subject: `IC_${subject}`,
  reaction: 'CONFUSED',
});
const thumb: Write = { kind: 'react', subject: 'IC_vote', reaction: 'THUMBS_UP' };
const close: Write = { kind: 'close-issue', nodeId: 'I_1', reason: 'COMPLETED' } as Write;

test('what a decision shows is never held back by marks', () => {
  const marks = Array.from({ length: 80 }, (_, index) => mark(index));
  const { due, later } = withinBudget([...marks, thumb, close]);
  expect(due).toEqual([...marks.slice(0, 50), thumb, close]);
  expect(later).toBe(30);
});

test('a few marks are all written', () => {
  const writes = [mark(1), thumb, mark(2)];
  expect(withinBudget(writes)).toEqual({ due: writes, later: 0 });
});
