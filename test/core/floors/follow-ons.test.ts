import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import { bytesOf, configurationOf, planOf } from './rulebook.ts';

const configuration = configurationOf(`floors:
  - for: { environment: production }
    approvers:
      go-no-go: [{ from: team:sre, require: 2 }]
`);

const sentences = (gate: string, environment = 'production', configured = configuration) => {
  const text = `release: r1
target: { ref: main }
phases:
  production:
    activities:
      go-no-go: { uses: go-no-go${gate} }
      deploy: { needs: go-no-go, environment: ${environment} }
`;
  return resolvePlan(bytesOf(text), planOf(text, configured), configured).problems.map(
    ({ message }) => message,
  );
};

describe('T1: what a floor objects to is said once', () => {
  it('a gate that a condition loosens is not told besides that nobody approves it', () => {
    const problems = sentences(', if: "release.name == \'r2\'"');
    expect(problems.join('\n')).toContain('Remove if.');
    expect(problems.join('\n')).not.toContain('Nobody is named');
  });

  it('nor one that approves itself', () => {
    const problems = sentences(', auto-approve: { after: 1h, comment: Standard }');
    expect(problems.join('\n')).toContain('auto-approve');
    expect(problems.join('\n')).not.toContain('Nobody is named');
  });

  it('nor where the environment is misspelt', () => {
    const problems = sentences('', 'prodution');
    expect(problems).toEqual([expect.stringContaining('Did you mean "production"?')]);
  });

  it('but nobody is named where no floor would name anybody', () => {
    const bare = configurationOf('floors: [{ for: { environment: production }, activities: [go-no-go] }]');
    expect(sentences('', 'prodution', bare)).toEqual([
      expect.stringContaining('Did you mean'),
      expect.stringContaining('Nobody is named to approve "go-no-go"'),
    ]);
    expect(sentences('', 'production')).toEqual([]);
  });
});
