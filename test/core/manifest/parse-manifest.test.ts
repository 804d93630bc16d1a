import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { located, manifestFile } from './manifest-file.ts';

const problemsOf = (...replacements: readonly (readonly [string, string])[]) =>
  located(parseManifest(manifestFile(...replacements)).problems);
const sentence = (...replacements: readonly (readonly [string, string])[]) =>
  parseManifest(manifestFile(...replacements)).problems[0]?.message;

const user = (name: string) => ({ kind: 'user', name });
const team = (name: string) => ({ kind: 'team', name });
const role = (name: string) => ({ kind: 'role', name });

describe('a valid manifest', () => {
  it('is read with every default, in the order written (S-075–S-077)', () => {
    expect(parseManifest(manifestFile())).toEqual({
      kind: 'valid',
      problems: [],
      value: {
        release: 'payments-2026.11',
        title: 'Payments 2026.11',
        owner: role('release-manager'),
        target: { kind: 'ref', ref: 'v2026.11.0' },
        phases: [
          {
            id: 'verify',
            title: 'Verify',
            owner: team('qa'),
            needs: [],
            activities: [
              {
                id: 'qa-signoff',
                phase: 'verify',
                title: 'qa-signoff',
                needs: [],
                approvers: [{ from: [team('qa')], require: { kind: 'majority' } }],
                exclude: [],
                inputs: [],
              },
            ],
          },
          {
            id: 'production',
            title: 'production',
            needs: ['verify'],
            activities: [
              {
                id: 'product',
                phase: 'production',
                title: 'product',
                needs: [],
                approvers: [{ from: [team('product'), user('pat')], require: { kind: 'count', count: 1 } }],
                exclude: [],
                inputs: [],
              },
              {
                id: 'go-no-go',
                phase: 'production',
                title: 'Go or no-go',
                instructions: 'Read the report.',
                needs: ['product'],
                approvers: [
                  { from: [team('product')], require: { kind: 'count', count: 1 } },
                  { from: [team('sre'), role('release-manager')], require: { kind: 'count', count: 2 } },
                ],
                exclude: [user('eve')],
                inputs: [
                  {
                    id: 'risk',
                    type: 'dropdown',
                    label: 'Risk level',
                    required: 'always',
                    options: ['Low', 'Medium', 'High'],
                  },
                  { id: 'why', type: 'text', label: 'Justification', required: 'to-approve', minLength: 50 },
                  {
                    id: 'change',
                    type: 'text',
                    label: 'change',
                    required: 'optional',
                    pattern: '^CHG-\\d+$',
                  },
                  { id: 'share', type: 'number', label: 'share', required: 'optional', min: 0, max: 100 },
                  { id: 'tests', type: 'checkbox', label: 'Tests passed', required: 'to-approve' },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  it('may be as short as this', () => {
    const file = manifestFile(
      ['title: Payments 2026.11\nowner: role:release-manager\n', ''],
      ['{ ref: v2026.11.0 }', `{ sha: '${'a1'.repeat(20)}' }`],
      ['exclude: [author, user:eve]', 'exclude: author'],
      ['require: majority', 'require: unanimous'],
      ['from: [team:product, user:pat]', 'from: [team:product, team:product]'],
    );
    const parsed = parseManifest(file);
    expect(parsed).toMatchObject({
      value: { title: 'payments-2026.11', target: { kind: 'sha', sha: 'a1'.repeat(20) } },
    });
    expect(parsed).not.toHaveProperty('value.owner');
    expect(JSON.stringify(parsed)).toContain('"from":[{"kind":"team","name":"product"}]');
    expect(JSON.stringify(parsed)).toContain('{"kind":"unanimous"}');
  });
});

describe('one mistake at its place', () => {
  it.each<[string, readonly (readonly [string, string])[], string]>([
    ['an unknown key', [['title: Pay', 'titel: Pay']], '2:1 unknown-key'],
    ['an unknown key of a phase', [['title: Verify', 'titel: Verify']], '7:5 unknown-key'],
    ['an unknown key of an activity', [['title: Go', 'titel: Go']], '18:9 unknown-key'],
    ['an unknown key of a target', [['ref: v2', 'reff: v2']], '4:11 unknown-key'],
    ['an unknown key of a rule', [['require: 1', 'requires: 1']], '22:37 unknown-key'],
    ['a key that objects know', [['title: Pay', '__proto__: Pay']], '2:1 unknown-key'],
    ['a key of another input type', [['type: checkbox,', 'type: checkbox, min: 1,']], '30:36 unknown-key'],
    ['a later key', [['title: Payments', 'stakeholders: Payments']], '2:1 not-supported-yet'],
    ['a profile that nobody knows', [['title: Payments', 'profile: Payments']], '2:10 invalid-value'],
    ['a later target', [['{ ref: v2026.11.0 }', '{ pull: 3 }']], '4:11 not-supported-yet'],
    [
      'a later kind of activity',
      [['approvers: { from: team:qa, require: majority }', 'probe: https://x']],
      '11:9 not-supported-yet',
    ],
    ['an exclusion without a kind', [['[author, user:eve]', 'eve']], '24:18 invalid-value'],
    ['a number as an exclusion', [['[author, user:eve]', '5']], '24:18 invalid-value'],
    ['half a character', [['min-length: 50', 'min-length: 1.5']], '27:64 invalid-value'],
    ['owners of a path outside', [['team:qa,', "'owners:../a',"]], '11:28 invalid-value'],
    ['an unknown input', [['type: number, min: 0, max: 100', 'type: files']], '29:26 invalid-value'],
    ['a later key of a rule', [['require: majority', 'expire: reject']], '11:37 not-supported-yet'],
    ['a missing key', [['release: payments-2026.11\n', '']], '1:1 missing-key'],
    [
      'missing approvers',
      [['approvers: { from: team:qa, require: majority }', 'title: QA']],
      '10:7 missing-key',
    ],
    ['a missing from', [['from: team:qa, ', '']], '11:9 missing-key'],
    ['a missing type', [['type: checkbox, ', '']], '30:11 missing-key'],
    ['an empty target', [['{ ref: v2026.11.0 }', '{}']], '4:1 missing-key'],
    ['two targets', [['{ ref: v2026.11.0 }', `{ ref: main, sha: '${'a'.repeat(40)}' }`]], '4:11 conflict'],
    ['a commit as ref', [['v2026.11.0', `'${'a'.repeat(40)}'`]], '4:11 invalid-value'],
    ['a short commit', [['ref: v2026.11.0', 'sha: abc1234']], '4:16 invalid-value'],
    ['a broken ref', [['v2026.11.0', 'v..1']], '4:16 invalid-value'],
    ['a target that is text', [['{ ref: v2026.11.0 }', 'main']], '4:9 wrong-type'],
    ['a number as a name', [['release: payments-2026.11', 'release: 2026.11']], '1:10 wrong-type'],
    ['a name like a folder', [['release: payments-2026.11', 'release: a..b']], '1:10 invalid-value'],
    ['a name like a lock', [['release: payments-2026.11', 'release: a.lock']], '1:10 invalid-value'],
    ['a title of two lines', [['title: Payments 2026.11', 'title: "a\\nb"']], '2:8 invalid-value'],
    ['nothing as a title', [['title: Payments 2026.11', 'title:']], '2:7 wrong-type'],
    ['an owner without a kind', [['owner: team:qa', 'owner: qa']], '8:12 invalid-value'],
    ['phases as a list', [['needs: verify', 'needs: { verify: 1 }']], '13:12 wrong-type'],
    ['an empty list of needs', [['needs: verify', 'needs: []']], '13:12 empty'],
    ['no approvers', [['{ from: team:qa, require: majority }', '[]']], '11:20 empty'],
    ['a wrong id', [['qa-signoff:', 'QA_signoff:']], '10:7 invalid-value'],
    ['an id of signs', [['qa-signoff:', '"__":']], '10:7 invalid-value'],
    ['a wrong input id', [['tests:', 'Tests:']], '30:11 invalid-value'],
    [
      'an activity twice',
      [
        ['product:', 'qa-signoff:'],
        ['[product]', '[qa-signoff]'],
      ],
      '15:7 duplicate-id',
    ],
    [
      'a phase twice',
      [
        ['production:', 'verify:'],
        ['needs: verify', 'title: x'],
      ],
      '12:3 duplicate-key',
    ],
    ['an unknown phase', [['needs: verify', 'needs: verfy']], '13:12 unknown-reference'],
    ['an unknown activity', [['[product]', '[qa-signoff]']], '20:17 unknown-reference'],
    ['a need of itself', [['[product]', '[go-no-go]']], '20:17 cycle'],
    ['a cycle of phases', [['title: Verify', 'needs: production']], '7:12 cycle'],
    ['a half person', [['require: 2', 'require: 1.5']], '23:64 invalid-value'],
    ['no person', [['require: 2', 'require: 0']], '23:64 invalid-value'],
    ['a word for a number', [['require: 2', 'require: most']], '23:64 invalid-value'],
    ['a list for a number', [['require: 2', 'require: [2]']], '23:64 wrong-type'],
    ['no options', [['[Low, Medium, High]', '[]']], '26:63 empty'],
    ['an option twice', [['Medium', 'Low']], '26:69 duplicate-id'],
    ['an option that is a number', [['Medium', '5']], '26:69 wrong-type'],
    ['an unknown necessity', [['required: always', 'required: sometimes']], '26:94 invalid-value'],
    ['an unknown type', [['type: checkbox', 'type: tick']], '30:26 invalid-value'],
    ['a range upside down', [['min: 0, max: 100', 'min: 5, max: 1']], '29:47 conflict'],
    ['a broken pattern', [["'^CHG-\\d+$'", "'('"]], '28:42 invalid-value'],
    ['a pattern that never ends', [["'^CHG-\\d+$'", "'^(a+)+$'"]], '28:42 invalid-value'],
    ['a pattern that counts for ever', [["'^CHG-\\d+$'", "'(?:\\b){1000000000}'"]], '28:42 invalid-value'],
    ['a pattern with flags', [["'^CHG-\\d+$'", "'(?i:a)'"]], '28:42 invalid-value'],
    ['a long pattern', [["'^CHG-\\d+$'", `'${'a'.repeat(201)}'`]], '28:42 invalid-value'],
    [
      'a pattern for a long text',
      [["pattern: '^CHG", "min-length: 501, pattern: '^CHG"]],
      '28:59 invalid-value',
    ],
    ['a negative length', [['min-length: 50', 'min-length: -1']], '27:64 invalid-value'],
    [
      'an escaped invisible character',
      [['release: payments-2026.11', 'release: "a\\u200b"']],
      '1:10 forbidden-yaml',
    ],
    ['an alias', [['needs: verify', 'needs: *x']], '13:12 forbidden-yaml'],
  ])('%s', (_, replacements, problem) => {
    expect(problemsOf(...replacements)).toEqual([problem]);
  });

  it.each<[string, string, string]>([
    [
      'title: Pay',
      'titel: Pay',
      '"titel" is not a key here. Expected one of release, title, owner, profile, target, schedule, supersedes, phases. Did you mean "title"?',
    ],
    [
      'owner: role:release-manager',
      'owner: [a]',
      'Expected a principal, written user:login, team:slug, role:id or owners:path, found a list.',
    ],
    [
      '[product]',
      '[produkt]',
      '"produkt" is not the id of an activity of this phase. Did you mean "product"?',
    ],
    [
      '[product]',
      '[qa-signoff]',
      '"qa-signoff" is not the id of an activity of this phase. It is one of the phase "verify": let the phase "production" need "verify".',
    ],
    [
      '[product]',
      '[go-no-go]',
      '"go-no-go" needs "go-no-go": nothing of it could ever start. Remove one of these needs.',
    ],
    [
      'title: Payments 2026.11',
      'title: 5',
      'Expected a title: one line of 1 to 200 characters, found the number 5. Put it in quotes.',
    ],
    [
      'owner: team:qa',
      `owner: ${'q'.repeat(100)}`,
      `Expected a principal, written user:login, team:slug, role:id or owners:path, found "${'q'.repeat(60)}…".`,
    ],
  ])('is told in a sentence: %s', (from, to, message) => {
    expect(sentence([from, to])).toBe(message);
  });

  it('names the cycle', () => {
    const file = manifestFile(['title: Verify', 'needs: production']);
    expect(parseManifest(file).problems[0]?.message).toContain('"verify" needs "production" needs "verify"');
  });
});

describe('many mistakes', () => {
  it('are all reported at once, in the order of the file', () => {
    const problems = problemsOf(
      ['release: payments-2026.11', 'release: "Payments"'],
      ['title: Pay', 'titel: Pay'],
      ['require: majority', 'require: most'],
      ['needs: verify', 'needs: verfy'],
      ['[product]', '[produkt]'],
      ['Medium', 'Low'],
      ['min: 0, max: 100', 'min: 5, max: 1'],
    );
    expect(problems).toEqual([
      '1:10 invalid-value',
      '2:1 unknown-key',
      '11:46 invalid-value',
      '13:12 unknown-reference',
      '20:17 unknown-reference',
      '26:69 duplicate-id',
      '29:47 conflict',
    ]);
  });

  it('end after five hundred', () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `x${index}: 1\n`).join('');
    const { problems } = parseManifest(new TextEncoder().encode(keys));
    expect(problems).toHaveLength(501);
  });

  it('of a knot are at most twenty cycles', () => {
    const names = Array.from({ length: 30 }, (_, index) => `a${index}`);
    const activity = (name: string) =>
      `      ${name}: { approvers: { from: team:qa }, needs: [${names.join(', ')}] }\n`;
    const file = `release: a\ntarget: { ref: main }\nphases:\n  p:\n    activities:\n${names.map(activity).join('')}`;
    const codes = parseManifest(new TextEncoder().encode(file)).problems.map(({ code }) => code);
    expect(codes).toEqual(Array.from({ length: 20 }, () => 'cycle'));
  });
});

describe('the size of a release', () => {
  const release = (phases: string) =>
    new TextEncoder().encode(`release: a\ntarget: { ref: main }\nphases: ${phases}\n`);

  it('is at least one phase with one activity', () => {
    expect(located(parseManifest(release('{}')).problems)).toEqual(['3:1 empty']);
    expect(located(parseManifest(release('{ a: { activities: {} } }')).problems)).toEqual(['3:11 empty']);
  });

  it('is at most 500 activities and 50 inputs for each', () => {
    const many = (count: number, value: string) =>
      Array.from({ length: count }, (_, index) => `a${index}: ${value}`).join(', ');
    const rule = 'approvers: { from: team:qa }';
    const activities = (count: number) => release(`{ p: { activities: { ${many(count, `{ ${rule} }`)} } } }`);
    const inputs = (count: number) =>
      release(`{ p: { activities: { x: { ${rule}, inputs: { ${many(count, '{ type: checkbox }')} } } } } }`);
    expect(parseManifest(activities(500)).kind).toBe('valid');
    expect(located(parseManifest(activities(501)).problems)).toEqual(['3:1 invalid-value']);
    expect(parseManifest(inputs(50)).kind).toBe('valid');
    expect(located(parseManifest(inputs(51)).problems)).toEqual(['3:30 invalid-value']);
    expect(located(parseManifest(release(`{ ${many(501, '{ activities: {} }')} }`)).problems)).toContain(
      '3:1 invalid-value',
    );
  });
});

describe('any file', () => {
  const lines = new TextDecoder().decode(manifestFile()).split('\n');
  const part = fc.constantFrom(
    '  - ',
    ': ',
    '{',
    '}',
    '[x]',
    'null',
    '!t ',
    '&a ',
    '*a',
    '__proto__: ',
    '0',
    "'",
    '#',
    '\u202e',
    '\t',
  );
  const edit = fc.record({
    at: fc.nat(lines.length - 1),
    how: fc.constantFrom('drop', 'double', 'indent', 'part'),
    part,
  });

  const edited = (edits: readonly { at: number; how: string; part: string }[]): Uint8Array => {
    const file = lines.map((line, at) => {
      const change = edits.find((one) => one.at === at);
      if (change === undefined) return line;
      const changed = {
        drop: '',
        double: `${line}\n${line}`,
        indent: `  ${line}`,
        part: `${line}${change.part}`,
      };
      return changed[change.how as keyof typeof changed];
    });
    return new TextEncoder().encode(file.join('\n'));
  };

  it('is either a release without problems or has problems within it', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const file = edited(edits);
        const parsed = parseManifest(file);
        const height = new TextDecoder().decode(file).split('\n').length;
        expect(parsed.kind === 'valid').toBe(parsed.problems.length === 0);
        for (const { position } of parsed.problems) {
          expect(position.line).toBeLessThanOrEqual(height);
          expect(Math.min(position.line, position.column)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('may use ids that objects know', () => {
    const file = manifestFile(
      ['qa-signoff:', 'constructor:'],
      ['production:', 'valueof:'],
      ['risk:', 'prototype:'],
    );
    expect(JSON.stringify(parseManifest(file))).toMatch(
      /"id":"constructor".*"id":"valueof".*"id":"prototype"/,
    );
  });
});
