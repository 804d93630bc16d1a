import type { Attempt, CastVote } from './state.ts';

/** Rejections that stand on what an attempt is about: those that it took over, and its own (T3). */
export const rejectionsOf = ({ objections, votes }: Attempt): readonly CastVote[] => [
  ...objections,
  ...votes.filter(({ choice }) => choice === 'reject'),
];
