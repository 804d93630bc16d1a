/** What a path or a function can give. Texts are compared exactly, upper and lower case included. */
export type Value = string | number | boolean | readonly (string | number | boolean)[];

export type Kind = 'text' | 'number' | 'boolean' | 'list';

/** A path by its segments: `activities.go-no-go.status` has three. */
export type Path = readonly string[];

export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Functions of two values: of a text, `contains` of a list too. */
export const testNames = ['contains', 'startsWith', 'endsWith'] as const;

export type TestName = (typeof testNames)[number];

/** Functions that ask how the work went that this one needs. */
export const outcomeNames = ['always', 'failure', 'success'] as const;

export type OutcomeName = (typeof outcomeNames)[number];

/** An expression as it was read; `offset` is where it begins, in UTF-16 units. */
export type Expression = { readonly offset: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'joined'; readonly by: '&&' | '||'; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'comparison';
      readonly comparator: Comparator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'test';
      readonly name: TestName;
      readonly subject: Expression;
      readonly item: Expression;
    }
  | { readonly kind: 'outcome'; readonly name: OutcomeName }
);

/** What is wrong with an expression: phrases for "Expected …, found …", and where, in UTF-16 units of the text. */
export type ExpressionProblem = {
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
};

export const kindOf = (value: Value): Kind => {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'list';
};

/** With its article, for sentences. */
export const kindWords: { readonly [kind in Kind]: string } = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
};

const operandsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'literal':
    case 'path':
    case 'outcome':
      return [];
    case 'not':
      return [expression.operand];
    case 'comparison':
      return [expression.left, expression.right];
    case 'joined':
      return expression.operands;
    case 'test':
      return [expression.subject, expression.item];
  }
};

const nodesOf = (expression: Expression): readonly Expression[] => [
  expression,
  ...operandsOf(expression).flatMap(nodesOf),
];

/** The paths that an expression looks at, each once, in order. */
export const pathsIn = (expression: Expression): readonly Path[] => {
  const paths = nodesOf(expression).flatMap((node) => (node.kind === 'path' ? [node.path] : []));
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
};

/**
 * Whether an expression asks how earlier work went: `always()`, `failure()` or `success()`. An `if:` that does not is
 * meant to hold only after success, as in GitHub Actions.
 */
export const asksForOutcome = (expression: Expression): boolean =>
  nodesOf(expression).some(({ kind }) => kind === 'outcome');
