import { parseAst } from 'vitest/node';

/** A node of the syntax tree; only `type` is certain. */
export type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

/** A node with the chain of nodes above it, nearest first. */
export type Visit = { readonly node: Node; readonly parents: readonly Node[] };

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Every node of a TypeScript or JavaScript file, outer before inner. Throws on a file that does not parse. */
export function visits(path: string, text: string): readonly Visit[] {
  const lang = path.endsWith('.tsx') ? 'tsx' : path.endsWith('.d.ts') ? 'dts' : 'ts';
  const found: Visit[] = [];
  collect(parseAst(text, { lang }), [], found);
  return found;
}

function collect(value: unknown, parents: readonly Node[], found: Visit[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, parents, found);
  if (!isNode(value)) return;
  found.push({ node: value, parents });
  const below = [value, ...parents];
  for (const child of Object.values(value)) if (typeof child === 'object') collect(child, below, found);
}

/** Counted from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The name, where the node is a plain identifier. */
export function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' && typeof value['name'] === 'string'
    ? value['name']
    : undefined;
}

/** `a.b` where the node is that; calls and brackets are not. */
export function dottedNameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type !== 'MemberExpression' || value['computed'] === true) return nameOf(value);
  const left = dottedNameOf(value['object']);
  const right = nameOf(value['property']);
  return left === undefined || right === undefined ? undefined : `${left}.${right}`;
}
