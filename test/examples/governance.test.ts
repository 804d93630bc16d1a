import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/cli/run.ts';

const folder = fileURLToPath(new URL('../../examples/governance/', import.meta.url));
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const workflows = examples
  .map((example) => `${folder}${example}/.github/workflows/`)
  .filter((path) => existsSync(path))
  .flatMap((path) => readdirSync(path).map((name) => `${path}${name}`));

describe('the examples of real rules (S-140)', () => {
  it('are these', () => {
    expect(examples.sort()).toEqual([
      'apache-release-vote',
      'change-advisory-board',
      'clinical-release',
      'handover',
      'staged-deployment',
      'two-person-rule',
    ]);
  });

  it.each(examples)('%s: countersign validate finds nothing', async (example) => {
    const files = readdirSync(`${folder}${example}/releases`).map(
      (name) => `${folder}${example}/releases/${name}`,
    );
    const lines: string[] = [];
    const io = { stdout: (line: string) => void lines.push(line), stderr: () => {} };
    const code = await run(['validate', `${folder}${example}/.github/countersign.yml`, ...files], io);
    expect([code, lines]).toEqual([0, []]);
    expect(readdirSync(`${folder}${example}`)).toContain('README.md');
  });

  it.each(workflows)('%s is a workflow', (path) => {
    const workflow = parse(readFileSync(path, 'utf8'));
    expect(Object.keys(workflow)).toEqual(expect.arrayContaining(['name', 'on', 'jobs']));
  });

  it('name only workflows that are there', () => {
    const manifests = examples.flatMap((example) =>
      readdirSync(`${folder}${example}/releases`).map((name) => `${example}/releases/${name}`),
    );
    const named = manifests.flatMap((path) =>
      [...readFileSync(`${folder}${path}`, 'utf8').matchAll(/\.github\/workflows\/[\w.-]+/g)].map(
        ([workflow]) => `${folder}${path.split('/')[0]}/${workflow}`,
      ),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});
