import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';

const parse = (activity: string) =>
  parseManifest(
    new TextEncoder().encode(`release: r1
target: { ref: main }
phases: { verify: { activities: { deploy: ${activity} } } }
`),
  );

describe('one key decides what an activity is', () => {
  it('an environment asks nobody', () => {
    const parsed = parse('{ environment: production, valid-for: 2h }');
    expect(parsed.kind === 'valid' && parsed.value.phases[0]?.activities[0]).toMatchObject({
      environment: 'production',
      validFor: '2h',
      approvers: [],
    });
  });

  it('T14: checks ask nobody, and may have a deadline', () => {
    const parsed = parse('{ checks: [lint, { name: scan, app: scanner }], deadline: 2h, if: "true" }');
    expect(parsed.kind === 'valid' && parsed.value.phases[0]?.activities[0]).toMatchObject({
      checks: [{ name: 'lint' }, { name: 'scan', app: 'scanner' }],
      timing: { deadline: '2h', remind: [], escalate: [] },
      approvers: [],
    });
    const plain = parse('{ checks: lint }');
    expect(plain.kind === 'valid' && plain.value.phases[0]?.activities[0]).not.toHaveProperty('timing');
  });

  it.each([
    ['{ checks: lint, approvers: { from: team:qa } }', 'nothing else happens there: approvers means nothing'],
    ['{ checks: lint, environment: production }', 'nothing else happens there: environment means nothing'],
    ['{ checks: lint, deadline: 2h, remind: 1h }', 'nothing else happens there: remind means nothing'],
    ['{ checks: [lint, lint] }', 'stands twice'],
    ['{ probe: https://example.com }', '"probe"'],
    [
      '{ environment: production, approvers: { from: team:qa } }',
      'opens an environment, and nobody is asked',
    ],
    ['{ approvers: { from: team:qa }, valid-for: 2h }', 'and "deploy" opens none'],
    ['{ title: x }', '"approvers" is missing'],
    ['later', 'an activity with its keys'],
  ])('%s is wrong', (activity, expected) => {
    expect(
      parse(activity)
        .problems.map(({ message }) => message)
        .join(' '),
    ).toContain(expected);
  });
});
