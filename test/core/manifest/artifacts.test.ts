import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { located, manifestFile } from './manifest-file.ts';

const sha256 = `sha256:${'a'.repeat(64)}`;
const withTarget = (target: string) =>
  parseManifest(manifestFile(['target: { ref: v2026.11.0 }', `target: ${target}`]));

const problems = (artifacts: string) => {
  const parsed = withTarget(`{ ref: v2026.11.0, artifacts: ${artifacts} }`);
  return parsed.kind === 'invalid' ? located(parsed.problems) : [];
};

describe('T2: artifacts of a target', () => {
  it('are named by their digests', () => {
    const parsed = withTarget(`{ ref: v2026.11.0, artifacts: [{ name: api.tar.gz, digest: '${sha256}' }] }`);
    expect(parsed).toMatchObject({
      kind: 'valid',
      value: {
        target: { kind: 'ref', ref: 'v2026.11.0', artifacts: [{ name: 'api.tar.gz', digest: sha256 }] },
      },
    });
  });

  it.each([
    ['no digest', '[{ name: api }]', '4:40 missing-key'],
    ['no name', `[{ digest: '${sha256}' }]`, '4:40 missing-key'],
    ['a name that is none', `[{ name: [x], digest: '${sha256}' }]`, '4:48 wrong-type'],
    ['a digest that is none', '[{ name: api, digest: sha256:abc }]', '4:61 invalid-value'],
    [
      'a digest of another length',
      `[{ name: api, digest: 'sha512:${'a'.repeat(64)}' }]`,
      '4:61 invalid-value',
    ],
    ['no list', '{ name: api }', '4:39 wrong-type'],
    ['an empty list', '[]', '4:39 empty'],
    [
      'the same name twice',
      `[{ name: a, digest: '${sha256}' }, { name: a, digest: '${sha256}' }]`,
      '4:144 duplicate-id',
    ],
    ['a key that is unknown', `[{ name: a, digest: '${sha256}', size: 4 }]`, '4:134 unknown-key'],
  ])('%s is a problem at its place', (_, artifacts, place) => {
    expect(problems(artifacts)).toEqual([place]);
  });

  it('do not stand alone', () => {
    const parsed = withTarget(`{ artifacts: [{ name: a, digest: '${sha256}' }] }`);
    expect(parsed.kind === 'invalid' && located(parsed.problems)).toEqual(['4:1 missing-key']);
  });
});
