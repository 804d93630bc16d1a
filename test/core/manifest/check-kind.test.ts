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

  it.each([
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
