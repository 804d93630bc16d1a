import type { Digest } from '../values.ts';
import type { Attempt, CastVote } from './state.ts';

/** Rejections that stand on what an attempt is about: those that it took over, and its own (T3). */
export const rejectionsOf = ({ objections, votes }: Attempt): readonly CastVote[] => [
  ...objections,
  ...votes.filter(({ choice }) => choice === 'reject'),
];

/**
 * Rejections that stand once an activity asks for a scope again: what somebody said no to stays refused, whatever was asked
 * in between, until they speak again about the same (T3, decision 0054).
 */
export const objectionsTo = (scope: Digest, attempts: readonly Attempt[]): readonly CastVote[] =>
  attempts
    .flatMap((one) => [...one.left, { scope: one.scope, objections: rejectionsOf(one) }])
    .findLast((asked) => asked.scope === scope)?.objections ?? [];
