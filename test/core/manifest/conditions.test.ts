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

  it('says nothing of inputs that a catalog brings, and needs text', () => {
    const uses = manifestFile(
      ['product:\n        approvers:', 'product:\n        uses: product-owner\n        approvers:'],
      ['needs: [product]\n', "needs: [product]\n        if: activities.product.inputs.anything == 'x'\n"],
    );
    expect(parseManifest(uses).kind).toBe('valid');
    expect(sentences('5').join()).toContain('Expected a condition');
  });
});
