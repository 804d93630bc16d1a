import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';

const folder = fileURLToPath(new URL('../../examples/governance/', import.meta.url));
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the examples of real rules', () => {
  it('are these', () => {
    expect(examples.sort()).toEqual([
      'apache-release-vote',
      'change-advisory-board',
      'clinical-release',
      'handover',
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
});
