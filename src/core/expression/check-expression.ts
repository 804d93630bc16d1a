import { show } from '../written/check-shape.ts';
import { closest } from '../written/closest.ts';
import {
  type Expression,
  type ExpressionProblem,
  type Kind,
  kindOf,
  kindWords,
  type Path,
} from './expression.ts';
import type { Template } from './template.ts';

/**
 * What is known of a path before there is a value: `any` where the kind will show later only, `options` where a text, or
 * each item of a list, is one of a few, as a status or the answer of a dropdown is.
 */
export type ValueType = { readonly kind: Kind | 'any'; readonly options?: readonly string[] };

/** What can be known without any value: the type of each path, and for suggestions the names that there are. */
export type Vocabulary = {
  /** Undefined where there is no such path. */
  readonly typeOf: (path: Path) => ValueType | undefined;
  readonly names: readonly string[];
};

/**
 * Everything in an expression that would be false or unknown whatever happens: paths that lead nowhere, kinds that do
 * not fit, options that there are not (upper and lower case count).
 */
export const checkExpression = (
  expression: Expression,
  vocabulary: Vocabulary,
): readonly ExpressionProblem[] => examine(expression, vocabulary).problems;

/** The same for `if:`, which must be true or false in the end. */
export const checkCondition = (
  expression: Expression,
  vocabulary: Vocabulary,
): readonly ExpressionProblem[] => {
  const found = examine(expression, vocabulary);
  return [...found.problems, ...demand(found, ['boolean'])];
};

/** The same for every hole of a template; a list has no text of its own. */
export const checkTemplate = (template: Template, vocabulary: Vocabulary): readonly ExpressionProblem[] =>
  template.flatMap((part) => {
    if (part.kind === 'text') return [];
    const found = examine(part.expression, vocabulary);
    return [...found.problems, ...demand(found, ['text', 'number', 'boolean'])];
  });

/** A part of an expression with its type, and the problems in it. */
type Finding = {
  readonly node: Expression;
  readonly type: ValueType;
  readonly problems: readonly ExpressionProblem[];
};

const examine = (node: Expression, vocabulary: Vocabulary): Finding => {
  const look = (part: Expression) => examine(part, vocabulary);
  switch (node.kind) {
    case 'literal':
      return { node, type: { kind: kindOf(node.value) }, problems: [] };
    case 'path':
      return examinePath(node, node.path, vocabulary);
    case 'outcome':
      return truth(node, []);
    case 'not':
      return truth(node, demandEach([look(node.operand)], ['boolean']));
    case 'joined':
      return truth(node, demandEach(node.operands.map(look), ['boolean']));
    case 'comparison': {
      const [left, right] = [look(node.left), look(node.right)];
      if (node.comparator !== '==' && node.comparator !== '!=')
        return truth(node, demandEach([left, right], ['number']));
      return truth(node, [...demandEach([left, right], single), ...alike(left, right)]);
    }
    case 'test': {
      const [subject, item] = [look(node.subject), look(node.item)];
      if (node.name !== 'contains') return truth(node, demandEach([subject, item], ['text']));
      const wanted = demandEach([subject], ['text', 'list']);
      return truth(node, [...wanted, ...demandEach([item], itemKinds(subject)), ...optional(subject, item)]);
    }
  }
};

const single: readonly Kind[] = ['text', 'number', 'boolean'];

const itemKinds = (subject: Finding): readonly Kind[] => (subject.type.kind === 'text' ? ['text'] : single);

const truth = (node: Expression, problems: readonly ExpressionProblem[]): Finding => ({
  node,
  type: { kind: 'boolean' },
  problems,
});

const examinePath = (node: Expression, path: Path, { typeOf, names }: Vocabulary): Finding => {
  const type = typeOf(path);
  if (type !== undefined) return { node, type, problems: [] };
  const found = suggest(path.join('.'), names);
  const problem = { offset: node.offset, expected: 'something that is known here', found };
  return { node, type: { kind: 'any' }, problems: [problem] };
};

const suggest = (name: string, names: readonly string[]): string => {
  const meant = closest(name, names);
  return meant === undefined ? show(name) : `${show(name)}; did you mean ${show(meant)}`;
};

const demandEach = (findings: readonly Finding[], kinds: readonly Kind[]): readonly ExpressionProblem[] =>
  findings.flatMap((finding) => [...finding.problems, ...demand(finding, kinds)]);

const demand = ({ node, type }: Finding, kinds: readonly Kind[]): readonly ExpressionProblem[] => {
  if (type.kind === 'any' || kinds.includes(type.kind)) return [];
  const expected = kinds.map((kind) => kindWords[kind]).join(' or ');
  return [{ offset: node.offset, expected, found: kindWords[type.kind] }];
};

const alike = (left: Finding, right: Finding): readonly ExpressionProblem[] => {
  const { kind } = left.type;
  // Of a list it is said already that it cannot be compared.
  if (kind === 'any' || kind === 'list' || right.type.kind === 'list') return [];
  if (kind !== right.type.kind) return demand(right, [kind]);
  return [...optional(left, right), ...optional(right, left)];
};

/** A literal text that is none of the options can never be met, and a person who wrote it expects that it can. */
const optional = ({ type }: Finding, { node }: Finding): readonly ExpressionProblem[] => {
  if (type.options === undefined || node.kind !== 'literal' || typeof node.value !== 'string') return [];
  if (type.options.includes(node.value)) return [];
  const expected = `one of ${type.options.map((option) => show(option)).join(', ')}`;
  return [{ offset: node.offset, expected, found: suggest(node.value, type.options) }];
};
