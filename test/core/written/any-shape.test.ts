import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfiguration, recordsIn } from '../../../src/core/configuration/parse-configuration.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { located, manifestFile } from '../manifest/manifest-file.ts';

const fixture = (path: string): unknown =>
  parse(readFileSync(new URL(`../../../examples/${path}`, import.meta.url), 'utf8'));

/** Between them every kind of activity, and nearly every key. */
const manifests: readonly unknown[] = [
  parse(new TextDecoder().decode(manifestFile())),
  fixture('payments/releases/payments-2026.11.yml'),
  fixture('governance/staged-deployment/releases/shop-12.yml'),
  fixture('governance/change-advisory-board/releases/ledger-2026.48.yml'),
];
const configurations: readonly unknown[] = [
  fixture('payments/.github/countersign.yml'),
  fixture('governance/change-advisory-board/.github/countersign.yml'),
  parse(`records: { branch: other, keys: [] }
roles: { lead: { users: mona, teams: [qa], permission: admin } }
freezes: [{ name: x, from: 2026-12-01, until: 2026-12-02, environments: [production] }]
windows: { days: [tue], from: '09:00', until: '16:00' }
catalog: { tasting: { approvers: { from: role:lead }, preconditions: { checks: [oven] }, inputs: { salt: { type: dropdown, options: [a, b] } } } }
floors: [{ for: { uses: tasting }, inputs: { tasting: { salt: { type: number, min: 1 } } }, approvers: { tasting: { from: role:lead } } }]
`),
];

type Path = readonly (string | number)[];

const within = (value: unknown): readonly (readonly [string | number, unknown])[] => {
  if (Array.isArray(value)) return [...value.entries()];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
};

const placesIn = (value: unknown): readonly Path[] =>
  within(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((rest) => [key, ...rest])]);

/** The file with something else at one place, or as it is where an earlier change took that away. */
const changed = (value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown => {
  if (key === undefined) return change(value);
  const entries = within(value).map(([one, inner]): readonly [string | number, unknown] => [
    one,
    one === key ? changed(inner, rest, change) : inner,
  ]);
  if (Array.isArray(value)) return entries.map(([, inner]) => inner);
  return entries.length > 0 ? Object.fromEntries(entries) : value;
};

/** What people write where something else belongs. */
const slips: readonly ((old: unknown) => unknown)[] = [
  () => [],
  () => ({}),
  () => null,
  () => 7,
  () => true,
  () => 'x',
  () => ['x', { y: [] }],
  () => ({ x: ['y'], z: { 0: 'z' } }),
  (old) => [old],
  (old) => [[old]],
  (old) => ({ 0: old }),
  (old) => within(old).map(([key, inner]) => ({ [key]: inner })),
  (old) => Object.fromEntries(within(old)),
];

// JSON is YAML.
const written = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, null, 1));

const kinds: readonly (readonly [string, readonly unknown[], (file: Uint8Array) => readonly Problem[]])[] = [
  ['a manifest', manifests, (file) => parseManifest(file).problems],
  [
    'a configuration',
    configurations,
    (file) => {
      recordsIn(file);
      return parseConfiguration(file).problems;
    },
  ],
];

describe.each(kinds)('T17: %s with something else than belongs there', (_, files, problemsOf) => {
  const faultless = (value: unknown): void => {
    const file = written(value);
    const height = new TextDecoder().decode(file).split('\n').length;
    for (const { code, message, position } of problemsOf(file)) {
      expect(code, message).not.toBe('fault');
      expect(position.line).toBeLessThanOrEqual(height);
    }
  };

  it('is told what is wrong, wherever and however often', () => {
    const slip = fc.record({ at: fc.nat(), slip: fc.constantFrom(...slips) });
    const slipped = (file: unknown, { at, slip }: { at: number; slip: (old: unknown) => unknown }) => {
      const places = placesIn(file);
      return changed(file, places[at % Math.max(places.length, 1)] ?? [], slip);
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(slip, { minLength: 1, maxLength: 4 }),
        (file, several) => {
          faultless(several.reduce(slipped, file));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a list where keys belong', () => {
  it.each([
    ['phases: [verify]', '3:9 wrong-type'],
    ['phases:\n  verify:\n    - code-review: { uses: code-review }', '5:5 wrong-type'],
    ['phases: { verify: [] }', '3:19 wrong-type'],
    ['phases: { verify: { activities: { signoff: [team:qa] } } }', '3:44 wrong-type'],
    [
      'phases: { v: { activities: { a: { approvers: { from: team:qa }, inputs: { risk: [Low] } } } } }',
      '3:81 wrong-type',
    ],
  ])('is the one thing that is wrong: %s', (phases, problem) => {
    const file = new TextEncoder().encode(`release: r1\ntarget: { ref: v1 }\n${phases}\n`);
    expect(located(parseManifest(file).problems)).toEqual([problem]);
  });
});
