import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { located, manifestFile } from './manifest-file.ts';

const problemsOf = (...replacements: readonly (readonly [string, string])[]) =>
  located(parseManifest(manifestFile(...replacements)).problems);
const sentence = (...replacements: readonly (readonly [string, string])[]) =>
  parseManifest(manifestFile(...replacements)).problems[0]?.message;
const user = (name: string) => ({ kind: 'user', name });

describe('separation of duties (T16)', () => {
  it('names people by what they did, from any phase, beside those it names by who they are', () => {
    const parsed = parseManifest(
      manifestFile(
        ['[author, user:eve]', '[committers, approvers:qa-signoff, user:eve, committers, author]'],
        ['ref: v2026.11.0', 'ref: v2026.11.0, since: v2026.10.0'],
      ),
    );
    expect(parsed).toMatchObject({
      kind: 'valid',
      value: {
        target: { kind: 'ref', ref: 'v2026.11.0', since: 'v2026.10.0' },
        phases: [
          {},
          {
            activities: [
              {},
              {
                exclude: [user('eve')],
                apartFrom: [{ kind: 'committers' }, { kind: 'approvers', activity: 'qa-signoff' }],
              },
            ],
          },
        ],
      },
    });
    expect(JSON.stringify(parseManifest(manifestFile()))).not.toContain('apartFrom');
  });

  it('suggests the activity that was meant', () => {
    expect(sentence(['[author, user:eve]', 'approvers:prodct'])).toBe(
      '"prodct" is not the id of an activity of this release. Did you mean "product"?',
    );
  });

  it.each<[string, readonly (readonly [string, string])[], string]>([
    ['approvers of nothing', [['[author, user:eve]', '[approvers:prodct]']], '24:19 unknown-reference'],
    ['approvers of itself', [['[author, user:eve]', 'approvers:go-no-go']], '24:18 invalid-value'],
    ['approvers of no id', [['[author, user:eve]', 'approvers:Product']], '24:18 invalid-value'],
    ['a beginning without a target', [['{ ref: v2026.11.0 }', '{ since: v1 }']], '4:1 missing-key'],
    ['a broken beginning', [['ref: v2026.11.0', 'ref: v2, since: v..1']], '4:27 invalid-value'],
  ])('refuses %s', (_what, replacements, problem) => {
    expect(problemsOf(...replacements)).toEqual([problem]);
  });
});
