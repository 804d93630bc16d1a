import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  defaultExportProblems,
  purityProblems,
  shapeProblems,
  skippedTestProblems,
} from './support/architecture/habits.ts';
import { wallProblems } from './support/architecture/walls.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const notOurs = new Set([
  '.git',
  'node_modules',
  'dist',
  'coverage',
  'descriptions',
  '.demo',
  '.countersign',
]);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

const files = new Map(filesBelow('').map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const code = [...files].filter(
  ([path]) => /\.(?:ts|tsx|mjs)$/.test(path) && /^(?:src|test|scripts|bench)\/|^[^/]+$/.test(path),
);
const source = code.filter(([path]) => path.startsWith('src/'));

type Rule = (path: string, text: string) => readonly string[];
const problems = (rule: Rule, over: readonly (readonly [string, string])[]) =>
  over.flatMap(([path, text]) => rule(path, text));

describe('the walls stand', () => {
  test('there is something to check', () => {
    expect(source.length).toBeGreaterThan(20);
    expect(source.map(([path]) => path)).toContain('src/core/values.ts');
  });

  test('imports go through no wall', () => {
    expect(problems(wallProblems, source)).toEqual([]);
  });

  test('the core knows no clock, no chance, no process', () => {
    expect(problems(purityProblems, source)).toEqual([]);
  });
});

describe('the habits are kept', () => {
  test('a file has one reason to exist, and a name', () => {
    expect(problems(shapeProblems, code)).toEqual([]);
  });

  test('no default exports', () => {
    expect(problems(defaultExportProblems, code)).toEqual([]);
  });

  test('every test runs', () => {
    expect(
      problems(
        skippedTestProblems,
        code.filter(([path]) => path.startsWith('test/')),
      ),
    ).toEqual([]);
  });

  test('the lock file names no host, so that everyone installs from their own', () => {
    expect(files.get('package-lock.json')).not.toMatch(/"resolved": "http|registry/i);
  });

  test('no file names a place on somebody’s machine', () => {
    const machine = /(?:^|[\s"'`(=:])\/(?:work|root|Users|home)\/[\w.]/m;
    const named = [...files].filter(([path, text]) => path !== 'package-lock.json' && machine.test(text));
    expect(named.map(([path]) => path)).toEqual([]);
  });
});

describe('a planted violation is found', () => {
  test.each([
    ['src/core/a.ts', "import { b } from '../ports/b.ts';"],
    ['src/core/a.ts', "import type { b } from '../ports/b.ts';"],
    ['src/core/a.ts', "import { type b } from '../github/b.ts';"],
    ['src/core/a.ts', "import '../records/b.ts';"],
    ['src/core/a.ts', "export * from '../reconcile/b.ts';"],
    ['src/core/a.ts', "export { b } from '../reconcile/b.ts';"],
    ['src/core/a.ts', "const b = await import('../app/b.ts');"],
    ['src/core/a.ts', 'const b = await import(`../app/b.ts`);'],
    ['src/core/a.ts', 'const b = await import(name);'],
    ['src/core/a.ts', "type B = import('../app/b.ts').B;"],
    ['src/core/a.ts', "import b = require('../app/b.ts');"],
    ['src/core/a.ts', "const b = require('../app/b.ts');"],
    ['src/core/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/core/a.ts', "import { createHash, randomBytes } from 'node:crypto';"],
    ['src/core/a.ts', "import * as crypto from 'node:crypto';"],
    ['src/core/a.ts', "import { Octokit } from '@octokit/rest';"],
    ['src/core/a.ts', "import x from '../../test/x.ts';"],
    ['src/ports/a.ts', "import type { b } from '../github/b.ts';"],
    ['src/reconcile/a.ts', "import { b } from '../github/b.ts';"],
    ['src/github/a.ts', "import { b } from '../records/b.ts';"],
    ['src/records/a.ts', "import { b } from '../github/b.ts';"],
    ['src/app/a.ts', "import { b } from '../local-github/b.ts';"],
    ['src/app/a.ts', "import { b } from '../cli/b.ts';"],
    ['src/local-github/a.ts', "import type { Sha } from '../core/values.ts';"],
    ['src/somewhere/a.ts', 'export const a = 1;'],
  ])('%s: %s', (path, text) => {
    expect(wallProblems(path, text)).toHaveLength(1);
  });

  test.each([
    ['src/core/policy/a.ts', "import { createHash, type KeyObject, verify } from 'node:crypto';"],
    ['src/core/policy/a.ts', "import { z } from 'zod'; import { gfm } from 'micromark-extension-gfm';"],
    ['src/core/policy/a.ts', "import type { Sha } from '../values.ts';"],
    ['src/core/policy/a.ts', "const text = 'import x from \"../../app/x.ts\"'; // import '../../app/x.ts'"],
    ['src/cli/a.ts', "import { b } from '../local-github/b.ts'; import { c } from '../app/c.ts';"],
    ['test/a.ts', "import { b } from '../src/local-github/b.ts';"],
  ])('but not where there is none: %s: %s', (path, text) => {
    expect(wallProblems(path, text)).toEqual([]);
  });

  test('the sentence says where and why', () => {
    const [sentence] = wallProblems('src/app/a.ts', "\nimport { b } from '../local-github/b.ts';");
    expect(sentence).toBe(
      'src/app/a.ts:2: src/app must not import src/local-github/b.ts: the program that runs in production must not contain the local GitHub or the command line',
    );
  });

  test.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const now = Date();',
    'const now = DateTime.utc();',
    'const chance = Math.random();',
    'const level = process.env.LEVEL;',
    'console.log(1);',
    'setTimeout(() => {}, 1);',
    'const clock = { process };',
  ])('the core says %s', (text) => {
    expect(purityProblems('src/core/a.ts', text)).not.toEqual([]);
    expect(purityProblems('src/app/a.ts', text)).toEqual([]);
  });

  test('the core may read a date and name its properties as it likes', () => {
    const text =
      'const at = new Date(text); const a = { process: 1 }; a.process; type T = { console: string };';
    expect(purityProblems('src/core/a.ts', text)).toEqual([]);
  });

  test('a long file, a vague name, a default export, a skipped test', () => {
    expect(shapeProblems('src/core/a.ts', '\n'.repeat(301))).toHaveLength(1);
    expect(shapeProblems('src/core/a.ts', '\n'.repeat(300))).toEqual([]);
    expect(shapeProblems('test/core/a.test.ts', '\n'.repeat(401))).toHaveLength(1);
    for (const path of ['src/core/utils.ts', 'src/helpers/a.ts', 'src/app/task-manager.ts'])
      expect(shapeProblems(path, '')).toHaveLength(1);
    expect(defaultExportProblems('src/a.ts', 'export default 1;')).toHaveLength(1);
    expect(defaultExportProblems('src/a.ts', 'const a = 1; export { a as default };')).toHaveLength(1);
    for (const text of ["describe.skip('a')", "it.only('a')", "test.skip.each([])('a')", "test.todo('a')"])
      expect(skippedTestProblems('test/a.test.ts', text)).toHaveLength(1);
  });
});
