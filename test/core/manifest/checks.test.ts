import { describe, expect, it } from 'vitest';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { bytesOf } from '../floors/rulebook.ts';
import { located } from './manifest-file.ts';

const parse = (preconditions: string) =>
  parseManifest(
    bytesOf(`release: r1
target: { ref: main }
phases:
  p:
    activities:
      one:
        approvers: { from: team:qa }
        preconditions: ${preconditions}
`),
    usableCatalog(defaultConfiguration),
  );
const demands = (text: string) => {
  const parsed = parse(text);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.phases[0]?.activities[0]?.preconditions;
};
const problems = (text: string) => {
  const parsed = parse(text);
  return parsed.kind === 'invalid' ? located(parsed.problems) : [];
};

describe('T14, G-30: checks that something waits for', () => {
  it('are written as names, with what makes them believable', () => {
    expect(demands('{ checks: smoke-tests }')).toEqual([{ name: 'smoke-tests' }]);
    expect(
      demands(
        '[{ checks: [lint, { name: smoke / linux, workflow: .github/workflows/smoke.yml }] }, { checks: { name: scan, app: scanner } }]',
      ),
    ).toEqual([
      { name: 'lint' },
      { name: 'smoke / linux', workflow: '.github/workflows/smoke.yml' },
      { name: 'scan', app: 'scanner' },
    ]);
  });

  it.each([
    ['{ checks: [] }', '8:34 empty'],
    ['{ checks: countersign/manifest }', '8:34 invalid-value'],
    ['{ checks: { name: a, app: github-actions } }', '8:50 invalid-value'],
    ['{ checks: { name: a, workflow: smoke.yml } }', '8:55 invalid-value'],
    ['{ checks: { name: a, workflow: .github/workflows/../x.yml } }', '8:55 invalid-value'],
    ['{ checks: { name: a, app: b, workflow: .github/workflows/x.yml } }', '8:45 conflict'],
    ['[{ checks: a }, { checks: [b, { name: a }] }]', '8:54 duplicate-id'],
    ['{ probe: x }', '8:26 not-supported-yet'],
    ['{ check: x }', '8:26 unknown-key'],
    ['{ checks: { nam: a } }', '8:36 unknown-key'],
  ])('%s is refused', (text, problem) => {
    expect(problems(text)).toContain(problem);
  });
});
