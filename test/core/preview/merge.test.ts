import { describe, expect, it } from 'vitest';
import { isMoved, merge, openingIn, type Tree } from '../../../src/core/preview/merge.ts';
import type { ManifestFile } from '../../../src/core/repository/inventory.ts';
import { activity, manifest } from '../../support/release-world.ts';

const file = (release: string, digest = '1', path = `releases/${release}.yml`): ManifestFile => ({
  ...{ path, digest, bytes: new Uint8Array(), floors: [] },
  plan: manifest([activity('signoff')], { release }),
});
const tree = (...files: readonly ManifestFile[]): Tree => ({
  manifests: new Map(files.map((one) => [one.plan.release, one])),
  paths: new Set(['README.md', ...files.map(({ path }) => path)]),
});
const pattern = 'releases/*.yml';
const digests = ({ manifests }: Tree) =>
  [...manifests].map(([release, { digest }]) => `${release} ${digest}`);
const touched = (...paths: readonly string[]) => new Set(paths.map((name) => `releases/${name}.yml`));

describe('T10: the default branch as a pull request would leave it', () => {
  it('takes what it touches from there, and everything else as it is today, which may be newer', () => {
    const merged = merge(
      tree(file('a', 'new'), file('b', 'old'), file('c')),
      tree(file('a', 'stale'), file('b', 'changed'), file('d')),
      touched('b', 'c', 'd'),
      pattern,
    );
    expect(digests(merged)).toEqual(['a new', 'b changed', 'd 1']);
    expect([...merged.paths].sort()).toEqual([
      ...['README.md', 'releases/a.yml', 'releases/b.yml', 'releases/d.yml'],
    ]);
  });

  it('reads by the pattern that would rule: files that nobody touched come and go with it', () => {
    const elsewhere = file('b', '1', 'gates/b.yml');
    const today = tree(file('a'));
    const merged = merge(today, tree(elsewhere), new Set(['.github/countersign.yml']), 'gates/*.yml');
    expect(digests(merged)).toEqual(['b 1']);
    const amendment = file('countersign.configuration.1', '1', '.github/countersign.yml');
    expect(digests(merge(tree(amendment), tree(), new Set(), pattern))).toHaveLength(1);
  });

  it('opens names that no record knows, in whatever case', () => {
    const then = tree(file('a', '2'), file('B'), file('c'), file('d'), file('countersign.configuration.1'));
    const today = tree(file('a'), file('d'));
    expect(openingIn(today, then, ['b']).map(({ plan }) => plan.release)).toEqual(['a', 'c']);
    expect([isMoved(today, then, 'a'), isMoved(today, then, 'd'), isMoved(today, then, 'x')]).toEqual([
      ...[true, false, false],
    ]);
  });
});
