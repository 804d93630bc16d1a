import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { manifestFile } from './manifest-file.ts';

const withCondition = (condition: string) =>
  parseManifest(manifestFile(['needs: [product]\n', `needs: [product]\n        if: ${condition}\n`]));

const sentences = (condition: string): readonly string[] => {
  const parsed = withCondition(condition);
  return parsed.kind === 'invalid' ? parsed.problems.map(({ message }) => message) : [];
};

describe('conditions (design 2)', () => {
  it.each([
    "activities.product.status == 'approved'",
    'always()',
    "release.name == 'x' || target.ref == 'v1' || target.commit == 'c'",
    "activities.go-no-go.inputs.risk == 'High' && activities.go-no-go.inputs.share > 5",
    "activities.go-no-go.inputs.tests || activities.go-no-go.inputs.why == ''",
  ])('%s is kept as written', (condition) => {
    const parsed = withCondition(`"${condition}"`);
    expect(parsed.kind === 'valid' && parsed.value.phases[1]?.activities[1]?.if).toBe(condition);
  });

  it.each([
    ["activities.produkt.status == 'approved'", 'known here'],
    ["activities.product.status == 'done'", 'approved'],
    ["activities.go-no-go.inputs.risk == 'Huge'", 'Low'],
    ['activities.go-no-go.inputs.share', 'a number'],
    ['release.name = 1', 'character'],
  ])('%s is told at its place', (condition, words) => {
    expect(sentences(`"${condition}"`).join()).toContain(words);
  });

  it('needs text', () => {
    expect(sentences('5').join()).toContain('Expected a condition');
  });
});

describe('T1: conditions on fields that the catalog brings', () => {
  const problemsOf = (condition: string, uses = 'go-no-go'): readonly string[] => {
    const file = manifestFile(
      ['product:\n        approvers:', `product:\n        uses: ${uses}\n        approvers:`],
      ['needs: [product]\n', `needs: [product]\n        if: "${condition}"\n`],
    );
    const parsed = parseManifest(file);
    return parsed.kind === 'invalid' ? parsed.problems.map(({ message }) => message) : [];
  };

  it('know the field and its options', () => {
    expect(problemsOf("activities.product.inputs.risk == 'High'")).toEqual([]);
  });

  it('tell a field that the entry does not ask for, with the name that was meant', () => {
    const [problem, ...more] = problemsOf("activities.product.inputs.rsk == 'High'");
    expect(problem).toContain('did you mean "activities.product.inputs.risk"');
    expect(more).toEqual([]);
  });

  it('tell an option that nobody can choose', () => {
    expect(problemsOf("activities.product.inputs.risk == 'Hgh'").join()).toContain('did you mean "High"');
  });

  it('tell a kind that does not fit', () => {
    expect(problemsOf('activities.product.inputs.risk').join()).toContain(
      'Expected true or false, found a text',
    );
  });

  it('leave an entry that is not there to the sentence that says so', () => {
    const problems = problemsOf("activities.product.inputs.rsk == 'High'", 'go-no-goo');
    expect(problems).toHaveLength(1);
    expect(problems.join()).toContain('"go-no-goo" is not in the catalog');
  });
});

describe('S-047: conditions on how an activity went', () => {
  const problemsOf = (status: string, of: string): readonly string[] => {
    const automated = 'smoke: { checks: smoke-tests }\n      deploy: { environment: staging }';
    const undo = `undo: { needs: [smoke, deploy], approvers: { from: user:ada }, if: "always() && activities.${of}.status == '${status}'" }`;
    const file = manifestFile(['      product:\n', `      ${automated}\n      ${undo}\n      product:\n`]);
    const parsed = parseManifest(file);
    return parsed.kind === 'invalid' ? parsed.problems.map(({ message }) => message) : [];
  };

  it.each(['succeeded', 'failed', 'expired', 'ignored', 'skipped'])('a machine may have %s', (status) => {
    expect(problemsOf(status, 'smoke')).toEqual([]);
    expect(problemsOf(status, 'deploy')).toEqual([]);
  });

  it.each(['approved', 'rejected', 'expired', 'ignored', 'skipped'])('people may have %s', (status) => {
    expect(problemsOf(status, 'qa-signoff')).toEqual([]);
  });

  it('a machine approves nothing, and people do not fail', () => {
    expect(problemsOf('approved', 'smoke').join()).toContain('Expected one of "succeeded", "failed"');
    expect(problemsOf('failed', 'qa-signoff').join()).toContain('Expected one of "approved", "rejected"');
  });
});
