import type { Expression } from './expression.ts';
import { parseCondition } from './parse-expression.ts';

/** How tightly an expression holds together: what is looser than its place asks for gets parentheses. */
const looseness = (expression: Expression): number => {
  if (expression.kind === 'joined') return expression.by === '||' ? 3 : 2;
  return expression.kind === 'comparison' ? 1 : 0;
};

const within = (most: number, expression: Expression): string =>
  looseness(expression) > most ? `(${writeExpression(expression)})` : writeExpression(expression);

/** An expression as text, one for each tree: spaces and needless parentheses are gone, and `a && (b && c)` is flat. */
export function writeExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string'
        ? `'${expression.value.replaceAll("'", "''")}'`
        : String(expression.value);
    case 'path':
      return expression.path.join('.');
    case 'outcome':
      return `${expression.name}()`;
    case 'not':
      return `!${within(0, expression.operand)}`;
    case 'comparison':
      return `${within(0, expression.left)} ${expression.comparator} ${within(0, expression.right)}`;
    case 'joined': {
      const most = expression.by === '||' ? 3 : 2;
      return expression.operands.map((one) => within(most, one)).join(` ${expression.by} `);
    }
    case 'test':
      return `${expression.name}(${writeExpression(expression.subject)}, ${writeExpression(expression.item)})`;
  }
}

/**
 * A condition in the one form that all ways to write it share; undefined where it always holds, as without any. What
 * cannot be read stays as it is written.
 */
export const plainCondition = (condition: string | undefined): string | undefined => {
  if (condition === undefined) return undefined;
  const parsed = parseCondition(condition);
  if (parsed.kind === 'invalid') return condition;
  const { expression } = parsed;
  return expression.kind === 'literal' && expression.value === true ? undefined : writeExpression(expression);
};
