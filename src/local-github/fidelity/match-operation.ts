import type { DescribedOperation } from './descriptions.ts';

export type MatchedOperation = {
  /** As GitHub's description writes it: `GET /repos/{owner}/{repo}`. */
  readonly name: string;
  readonly operation: DescribedOperation;
  readonly params: Readonly<Record<string, string>>;
};

type Candidate = {
  readonly name: string;
  readonly method: string;
  readonly operation: DescribedOperation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly fixed: number;
};

/** Parameters of these names hold paths and refs, so they hold slashes. */
const withSlashes = new Set(['path', 'ref', 'branch', 'basehead', 'tree_sha']);

/**
 * Finds operations by method and path, from GitHub's description alone: the routes of the local GitHub have no say in it.
 * Where several fit, the one with the most fixed text is meant.
 */
export function openMatcher(
  operations: Readonly<Record<string, DescribedOperation>>,
): (method: string, path: string) => MatchedOperation | null {
  const candidates = Object.entries(operations)
    .map(([name, operation]) => candidateOf(name, operation))
    .sort((a, b) => b.fixed - a.fixed);
  return (method, path) => {
    for (const { name, operation, pattern, names, ...candidate } of candidates) {
      const found = candidate.method === method ? pattern.exec(path) : null;
      if (found === null) continue;
      const params = names.map((each, index) => [each, decodeURIComponent(found[index + 1] ?? '')]);
      return { name, operation, params: Object.fromEntries(params) };
    }
    return null;
  };
}

function candidateOf(name: string, operation: DescribedOperation): Candidate {
  const [method = '', path = ''] = name.split(' ');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter);
  const source = path
    .replace(/[.]/g, '\\.')
    .replace(/\{(\w+)\}/g, (_, parameter: string) => (withSlashes.has(parameter) ? '(.+)' : '([^/]+)'));
  const fixed = path.replace(/\{\w+\}/g, '').length;
  return { name, method, operation, pattern: new RegExp(`^${source}/?$`), names, fixed };
}
