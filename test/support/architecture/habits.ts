import { dottedNameOf, isNode, lineOf, type Node, nameOf, type Visit, visits } from './syntax-tree.ts';

/** Lines. A test may be a long list of cases for one reason. */
const longestFile = 300;
const longestTest = 400;
const vagueWords = ['common', 'util', 'utils', 'helper', 'helpers', 'manager', 'misc'];
const impure = new Set([
  'process',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'performance',
  'crypto',
  'globalThis',
]);
const impureMembers = new Set(['Date.now', 'Math.random', 'DateTime.now', 'Settings.now']);
const clocksWithoutArguments = new Set(['Date', 'DateTime.local', 'DateTime.utc']);

/** Where a file is longer than one reason to exist, or is named after none. */
export function shapeProblems(path: string, text: string): readonly string[] {
  const lines = text.split('\n').length - 1;
  const most = path.startsWith('test/') ? longestTest : longestFile;
  const long =
    lines > most ? [`${path}: ${lines} lines; above ${most} a file has more than one reason to exist`] : [];
  const vague = path.split('/').flatMap((part) => {
    const word = part.split(/[-.]/).find((one) => vagueWords.includes(one.toLowerCase()));
    return word === undefined
      ? []
      : [`${path}: "${word}" names nothing; if a name does not come, the thing is not understood yet`];
  });
  return [...long, ...vague];
}

/** Default exports: a thing has one name everywhere, so that it can be found. */
export function defaultExportProblems(path: string, text: string): readonly string[] {
  if (path.endsWith('.config.ts') || path.endsWith('.d.ts')) return [];
  return visits(path, text).flatMap(({ node }) => {
    const renamed = node.type === 'ExportSpecifier' && nameOf(node['exported']) === 'default';
    if (node.type !== 'ExportDefaultDeclaration' && !renamed) return [];
    return [`${path}:${lineOf(text, node.start)}: a default export has another name wherever it is used`];
  });
}

/** Tests that do not run, or keep the others from running. */
export function skippedTestProblems(path: string, text: string): readonly string[] {
  return visits(path, text).flatMap(({ node }) => {
    const name = dottedNameOf(node);
    if (node.type !== 'MemberExpression' || name === undefined) return [];
    if (!/^(?:test|it|describe|bench|suite)\.(?:.+\.)?(?:skip|only|todo)$/.test(name)) return [];
    return [`${path}:${lineOf(text, node.start)}: ${name}: a test that does not run proves nothing`];
  });
}

/** Clock, chance, process and console in the core: the same input must give the same output, years later (T20). */
export function purityProblems(path: string, text: string): readonly string[] {
  if (!path.startsWith('src/core/')) return [];
  return visits(path, text).flatMap((visit) => {
    const name = impureName(visit);
    if (name === undefined) return [];
    const where = `${path}:${lineOf(text, visit.node.start)}`;
    return [`${where}: ${name} in the core: time, chance and effects are arguments, so that records replay`];
  });
}

function impureName({ node, parents }: Visit): string | undefined {
  const member = dottedNameOf(node);
  if (node.type === 'MemberExpression' && member !== undefined && impureMembers.has(member)) return member;
  if (node.type === 'NewExpression' || node.type === 'CallExpression') return clockName(node);
  if (node.type !== 'Identifier' || member === undefined || !impure.has(member)) return undefined;
  return isOwnName(node, parents[0]) ? undefined : member;
}

/** `new Date(text)` reads a date; `new Date()` and `Date(text)` read the clock. */
function clockName(node: Node): string | undefined {
  const callee = dottedNameOf(node['callee']);
  const given = node['arguments'];
  if (callee === undefined || !clocksWithoutArguments.has(callee) || !Array.isArray(given)) return undefined;
  const readsClock = given.length === 0 || (callee === 'Date' && node.type === 'CallExpression');
  return readsClock ? `${callee}()` : undefined;
}

/** Names of properties and types are nobody's global. */
function isOwnName(node: Node, parent: Node | undefined): boolean {
  if (!isNode(parent)) return false;
  if (parent.type === 'MemberExpression') return parent['property'] === node && parent['computed'] !== true;
  if (parent.type === 'Property') return parent['key'] === node && parent['shorthand'] !== true;
  return (
    parent.type.startsWith('TS') && parent.type !== 'TSNonNullExpression' && parent.type !== 'TSAsExpression'
  );
}
