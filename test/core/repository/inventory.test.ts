import { describe, expect, it } from 'vitest';
import { CONFIGURATION_PATH, inventoryOf, isManifestPath } from '../../../src/core/repository/inventory.ts';

const manifest = (release: string, from = 'team:qa') => `release: ${release}
title: Release
target:
  ref: v1
phases:
  verify:
    activities:
      signoff:
        title: Sign-off
        approvers:
          - from: ${from}
`;
const stock = (files: { readonly [path: string]: string }) =>
  inventoryOf(new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])));
const codes = (inventory: ReturnType<typeof stock>) =>
  [...inventory.problems].map(([path, found]) => [
    path,
    ...found.map(({ severity, code }) => `${severity} ${code}`),
  ]);

describe('an inventory', () => {
  it('holds every manifest by its release, with the default configuration where there is none', () => {
    const found = stock({
      'releases/a.yml': manifest('r1'),
      'releases/b.yml': manifest('r2'),
      'other/c.yml': 'nonsense',
    });
    expect([...found.manifests].map(([name, { path }]) => [name, path])).toEqual([
      ['r1', 'releases/a.yml'],
      ['r2', 'releases/b.yml'],
    ]);
    expect(found.manifests.get('r1')).toMatchObject({
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      plan: { release: 'r1' },
    });
    expect([found.configuration?.manifests, [...found.problems]]).toEqual(['releases/*.yml', []]);
  });

  it('follows the configuration', () => {
    const found = stock({
      [CONFIGURATION_PATH]: 'manifests: ship/*.yml\n',
      'ship/a.yml': manifest('r1'),
      'releases/b.yml': manifest('r2'),
    });
    expect([...found.manifests.keys()]).toEqual(['r1']);
  });

  it('reports a configuration that cannot be used, and reads manifests without it', () => {
    const found = stock({
      [CONFIGURATION_PATH]: 'manifests: 7\n',
      'releases/a.yml': manifest('r1', 'role:nobody'),
    });
    expect(found.configuration).toBeUndefined();
    expect(codes(found).map(([path]) => path)).toEqual([CONFIGURATION_PATH]);
    expect([...found.manifests.keys()]).toEqual(['r1']);
  });

  it('leaves out files with errors, and names them', () => {
    const found = stock({
      'releases/a.yml': 'release: [',
      'releases/b.yml': manifest('r2'),
      'releases/c.yml': manifest('r3', 'role:nobody'),
      'releases/d.yml': 'release: r4\ntarget: { ref: v1 }\nphases: { verify: [] }\n',
    });
    expect([...found.manifests.keys()]).toEqual(['r2']);
    expect(codes(found)).toEqual([
      ['releases/a.yml', 'error syntax'],
      ['releases/c.yml', 'error unknown-reference'],
      ['releases/d.yml', 'error wrong-type'],
    ]);
  });

  it('lets nobody have a name that two files claim', () => {
    const found = stock({ 'releases/a.yml': manifest('r1'), 'releases/b.yml': manifest('r1') });
    expect(found.manifests.size).toBe(0);
  });

  it('never takes the configuration for a manifest', () => {
    expect(isManifestPath('**', CONFIGURATION_PATH)).toBe(false);
    expect(isManifestPath('**', 'a.yml')).toBe(true);
    expect(isManifestPath('releases/*.yml', 'a.yml')).toBe(false);
  });

  it('takes no link for a manifest or a configuration, whatever it points to', () => {
    const bytes = new TextEncoder().encode(manifest('r1'));
    const files = new Map([['releases/a.yml', bytes]]);
    const linked = inventoryOf(files, new Set(['releases/a.yml', 'releases/sub.yml', 'docs/link']));
    expect(linked.manifests.size).toBe(0);
    expect([...linked.problems.keys()]).toEqual(['releases/a.yml', 'releases/sub.yml']);
    const configured = inventoryOf(files, new Set([CONFIGURATION_PATH]));
    expect(configured.configuration).toBeUndefined();
    expect([...configured.problems.keys()]).toEqual([CONFIGURATION_PATH]);
  });
});
