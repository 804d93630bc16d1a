import type { Write } from '../core/release/surface.ts';

/** Marks for comments that do not count, in one pass: they must not crowd out what a decision shows (T17). */
const mostMarks = 50;

/** When the others get theirs, in milliseconds. */
export const marksAgainMs = 60_000;

/** What is written now, and how many marks wait for a later pass. */
export function withinBudget(writes: readonly Write[]): {
  readonly due: readonly Write[];
  readonly later: number;
} {
  const marks = writes.filter(isMark);
  const held = new Set(marks.slice(mostMarks));
  return { due: held.size === 0 ? writes : writes.filter((write) => !held.has(write)), later: held.size };
}

const isMark = (write: Write): boolean => write.kind === 'react' && write.reaction === 'CONFUSED';
