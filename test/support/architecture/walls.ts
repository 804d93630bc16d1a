import { posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';

type Wall = { readonly mayReach: readonly string[]; readonly why: string };

/** Who may import whom (design 6). */
export const walls: Readonly<Record<string, Wall>> = {
  core: {
    mayReach: [],
    why: 'the core is data in, data out: it must be testable and replayable without anything around it',
  },
  ports: { mayReach: ['core'], why: 'a port says what is needed, in words of the core, not how it is done' },
  reconcile: {
    mayReach: ['core', 'ports'],
    why: 'the loop knows the outside only through ports, so that every fault can be played to it',
  },
  github: {
    mayReach: ['core', 'ports'],
    why: 'an adapter serves the ports and knows no other adapter',
  },
  records: {
    mayReach: ['core', 'ports'],
    why: 'an adapter serves the ports and knows no other adapter',
  },
  app: {
    mayReach: ['core', 'ports', 'reconcile', 'github', 'records'],
    why: 'the program that runs in production must not contain the local GitHub or the command line',
  },
  cli: {
    mayReach: ['core', 'ports', 'reconcile', 'github', 'records', 'app', 'local-github'],
    why: 'the command line stands above everything',
  },
  'local-github': {
    mayReach: [],
    why: 'shared types would let the product and its stand-in confirm each other’s mistakes',
  },
};

const corePackages = /^(?:yaml|zod|luxon|unist|(?:mdast|micromark)(?:-[a-z-]+)?)(?:\/|$)/;
const coreCrypto = ['createHash', 'verify'];

/** Every import of one file that goes through a wall, as a sentence that says why it must not. */
export function wallProblems(path: string, text: string): readonly string[] {
  const room = roomOf(path);
  if (room === undefined) return [];
  const wall = walls[room];
  if (wall === undefined) return [`${path}: src/${room} has no place in the table of walls; add it there`];
  return importsOf(path, text).flatMap((found) => {
    const problem = problemOf(path, room, wall, found);
    return problem === undefined ? [] : [`${path}:${found.line}: ${problem}`];
  });
}

function roomOf(path: string): string | undefined {
  const [top, room, ...rest] = path.split('/');
  return top === 'src' && rest.length > 0 ? room : undefined;
}

function problemOf(path: string, room: string, wall: Wall, found: Import): string | undefined {
  const { specifier } = found;
  if (specifier === undefined) return 'imports a computed name, so that no wall can be checked';
  if (specifier.startsWith('.')) return relativeProblem(path, room, wall, specifier);
  if (specifier.startsWith('/') || specifier.startsWith('file:') || specifier.startsWith('#'))
    return `imports ${specifier}: modules of ours are named by relative paths`;
  return room === 'core' ? packageProblem(specifier, found) : undefined;
}

function relativeProblem(path: string, room: string, wall: Wall, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (target === 'package.json' && room === 'cli') return undefined;
  if (!target.startsWith('src/')) return `imports ${target}: the product is what is in src/`;
  const reached = roomOf(target) ?? '';
  if (reached === room || wall.mayReach.includes(reached)) return undefined;
  return `src/${room} must not import ${target}: ${wall.why}`;
}

function packageProblem(specifier: string, { names }: Import): string | undefined {
  if (corePackages.test(specifier)) return undefined;
  const why = 'the core parses, judges and hashes; it does no I/O and knows no clock, chance or host';
  if (specifier !== 'node:crypto') return `src/core must not import ${specifier}: ${why}`;
  const others = names?.filter((name) => !coreCrypto.includes(name)) ?? ['everything'];
  return others.length === 0
    ? undefined
    : `src/core must not take ${others.join(', ')} of node:crypto: ${why}`;
}
