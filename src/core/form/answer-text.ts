import type { AnswerValue } from './answer.ts';

/** An answer as the line of a comment that gives it: `Low`, `eu, us`, `docs/rollback.md@9fceb02…`. */
export const answerText = (value: AnswerValue): string => {
  if (typeof value === 'number') return decimal(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.join(', ');
  return value.kind === 'link' ? value.url : `${value.name}@${value.commit}`;
};

/** `Array.isArray` does not narrow read-only lists. */
export const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** Digits only, as answers are written; small fractions would come as powers of ten. Fourteen decimals are the most. */
const decimal = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(14).replace(/\.?0+$/, '') : text;
};
