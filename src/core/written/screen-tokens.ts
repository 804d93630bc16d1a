import { CST } from 'yaml';

/** The deepest nesting that is read; manifests need eight levels. */
export const deepestNesting = 32;

/** A file with so many findings is not read any further. */
export const mostFindings = 100;

/** Something that YAML has and our files must not, by offset in UTF-16 units. */
export type Finding = {
  readonly offset: number;
  readonly what: 'depth' | 'stray' | 'tag' | 'anchor' | 'alias' | 'directive';
};

type Token = CST.Token | CST.SourceToken;
type Place = { readonly token: Token; readonly depth: number };

const findable: { readonly [type: string]: Finding['what'] } = {
  tag: 'tag',
  anchor: 'anchor',
  alias: 'alias',
  directive: 'directive',
  error: 'stray',
};

/** What may follow a value on its line; `]` and `}` end a collection. */
const trailing = new Set(['space', 'comment', 'newline', 'comma', 'flow-seq-end', 'flow-map-end', 'doc-end']);

/** After these nothing further is worth reading, and reading it may take long. */
export const isFatal = ({ what }: Finding): boolean => what === 'depth' || what === 'stray';

/**
 * Looks through the tokens of a file before anything recursive touches them: a nesting of 20,000 levels is a
 * finding, never a stack overflow, and 200,000 stray quotes are one. Walks with its own stack, in file order, and
 * stops at the first fatal finding.
 */
export const screenTokens = (tokens: readonly CST.Token[]): readonly Finding[] => {
  const findings: Finding[] = [];
  const open: Place[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const depth = place.depth + (CST.isCollection(place.token) ? 1 : 0);
    const finding = findingOf(place.token, depth);
    if (finding !== undefined) findings.push(finding);
    if (findings.length >= mostFindings || (finding !== undefined && isFatal(finding))) return findings;
    for (const token of partsOf(place.token).reverse()) open.push({ token, depth });
  }
  return findings;
};

const findingOf = (token: Token, depth: number): Finding | undefined => {
  const { offset } = token;
  if (depth > deepestNesting) return { offset, what: 'depth' };
  const what = findable[token.type];
  if (what !== undefined) return { offset, what };
  const { end = [] } = token as { readonly end?: readonly CST.SourceToken[] };
  const stray = end.find(({ type }) => !trailing.has(type));
  return stray === undefined ? undefined : { offset: stray.offset, what: 'stray' };
};

const partsOf = (token: Token): Token[] => {
  if (token.type === 'document') return [...token.start, ...(token.value === undefined ? [] : [token.value])];
  if (token.type === 'block-scalar') return [...token.props];
  if (!isCollection(token)) return [];
  const parts: Token[] = [];
  for (const { start, key, sep, value } of token.items) {
    parts.push(...start);
    if (key) parts.push(key);
    parts.push(...(sep ?? []));
    if (value) parts.push(value);
  }
  return parts;
};

// The library's own guard does not narrow.
const isCollection = (token: Token): token is CST.BlockMap | CST.BlockSequence | CST.FlowCollection =>
  CST.isCollection(token);
