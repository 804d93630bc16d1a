import { isNode, lineOf, type Node, nameOf, visits } from './syntax-tree.ts';

/** One mention of another module, in whichever form the language has for it. */
export type Import = {
  readonly line: number;
  /** Undefined where it is computed and so cannot be known. */
  readonly specifier: string | undefined;
  /** Names taken at run time; undefined where everything is. */
  readonly names: readonly string[] | undefined;
};

const withSource = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** Static, type-only, re-exporting, dynamic, `import('x').T`, `import x = require()` and `require()`. */
export function importsOf(path: string, text: string): readonly Import[] {
  return visits(path, text).flatMap(({ node }) => {
    const source = sourceOf(node);
    if (source === undefined) return [];
    return [{ line: lineOf(text, node.start), specifier: textOf(source), names: namesOf(node) }];
  });
}

function sourceOf(node: Node): Node | undefined {
  if (withSource.has(node.type)) return isNode(node['source']) ? node['source'] : undefined;
  if (node.type === 'TSExternalModuleReference')
    return isNode(node['expression']) ? node['expression'] : undefined;
  if (node.type !== 'CallExpression' || !Array.isArray(node['arguments'])) return undefined;
  const callee = node['callee'];
  const called = nameOf(callee) ?? (isNode(callee) ? nameOf(callee['property']) : undefined);
  const first: unknown = node['arguments'][0];
  const requires = called === 'require' || called === 'getBuiltinModule';
  return requires && isNode(first) ? first : undefined;
}

function textOf(source: Node): string | undefined {
  if (source.type === 'Literal') return String(source['value']);
  const quasis = source['quasis'];
  if (source.type !== 'TemplateLiteral' || !Array.isArray(quasis) || quasis.length !== 1) return undefined;
  const [only]: unknown[] = quasis;
  const value = isNode(only) ? only['value'] : undefined;
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : undefined;
}

function namesOf(node: Node): readonly string[] | undefined {
  if (node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type')
    return [];
  const specifiers = node['specifiers'];
  if (!Array.isArray(specifiers)) return undefined;
  const names: string[] = [];
  for (const specifier of specifiers as unknown[]) {
    if (!isNode(specifier)) continue;
    if (specifier['importKind'] === 'type' || specifier['exportKind'] === 'type') continue;
    const name = nameOf(specifier['imported']) ?? nameOf(specifier['local']);
    const whole =
      specifier.type === 'ImportNamespaceSpecifier' || specifier.type === 'ImportDefaultSpecifier';
    if (whole || name === undefined) return undefined;
    names.push(name);
  }
  return names;
}
