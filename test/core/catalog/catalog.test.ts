import { describe, expect, it, test } from 'vitest';
import { approvalTypes, builtInCatalog } from '../../../src/core/catalog/approval-types.ts';
import { askedBy, profileIds, profiles } from '../../../src/core/catalog/profiles.ts';
import { idPattern } from '../../../src/core/written/leaves.ts';

describe('S-050–S-068: the catalog of approval types', () => {
  test.each([
    ['S-053', 'code-review', 'Code quality and build'],
    ['S-054', 'build-verification', 'Code quality and build'],
    ['S-055', 'environment-readiness', 'Infrastructure and dependencies'],
    ['S-056', 'dependency-readiness', 'Infrastructure and dependencies'],
    ['S-057', 'product-owner', 'Business and product'],
    ['S-058', 'customer-readiness', 'Business and product'],
    ['S-059', 'qa-signoff', 'Quality assurance'],
    ['S-060', 'security', 'Security and compliance'],
    ['S-061', 'regulatory-compliance', 'Security and compliance'],
    ['S-062', 'audit', 'Security and compliance'],
    ['S-063', 'operations', 'Operations and support'],
    ['S-064', 'support', 'Operations and support'],
    ['S-065', 'change-advisory-board', 'Governance and risk'],
    ['S-066', 'risk-assessment', 'Governance and risk'],
    ['S-067', 'go-no-go', 'Governance and risk'],
  ])('%s: %s, of %s', (_, id, group) => {
    expect(builtInCatalog.get(id)).toMatchObject({ id, group, title: expect.stringMatching(/\S/) });
  });

  it('has fifteen types in seven groups, each once', () => {
    expect([builtInCatalog.size, approvalTypes.length]).toEqual([15, 15]);
    expect(new Set(approvalTypes.map(({ group }) => group)).size).toBe(7);
    for (const { id, inputs, data } of approvalTypes)
      for (const name of [id, ...Object.keys(inputs), ...data]) expect(name).toMatch(idPattern);
  });

  it('lets a machine establish part of four of them (S-068)', () => {
    const partly = ['code-review', 'build-verification', 'environment-readiness', 'dependency-readiness'];
    for (const id of partly) {
      expect(approvalTypes.find((type) => type.id === id)?.automatable).not.toEqual([]);
    }
  });

  it('demands no answer by itself: demands are the configuration’s', () => {
    const required = approvalTypes.flatMap(({ inputs }) => Object.values(inputs).map((one) => one.required));
    expect(new Set(required)).toEqual(new Set([undefined]));
  });
});

describe('S-069–S-074: industry profiles', () => {
  it.each([
    ['S-071', 'saas', 5, 3],
    ['S-072', 'regulated', 15, 0],
    ['S-073', 'high-availability', 4, 0],
  ])('%s: %s has %i mandatory and %i recommended types', (_, id, mandatory, recommended) => {
    const asked = askedBy([id]);
    expect([asked.mandatory.length, asked.recommended.length]).toEqual([mandatory, recommended]);
  });

  it('names types that exist', () => {
    for (const { mandatory, recommended } of profiles)
      for (const id of [...mandatory, ...recommended]) expect(builtInCatalog.has(id)).toBe(true);
    expect(profileIds).toEqual(['saas', 'regulated', 'high-availability']);
  });

  it('S-074: is a union where there are several, and what one demands is not merely recommended', () => {
    const both = askedBy(['saas', 'high-availability']);
    expect(both.mandatory).toEqual([
      'code-review',
      'build-verification',
      'environment-readiness',
      'product-owner',
      'go-no-go',
      'operations',
      'qa-signoff',
      'dependency-readiness',
    ]);
    expect(both.recommended).toEqual(['security']);
  });
});
