import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { located } from '../manifest/manifest-file.ts';

const parse = (file: string) => parseConfiguration(new TextEncoder().encode(file));
const key = `SHA256:${'aB3+/'.repeat(8)}abc`;

describe('a valid configuration', () => {
  it('is read with every default', () => {
    expect(parse('roles: {}\n')).toEqual({ kind: 'valid', value: defaultConfiguration, problems: [] });
    expect(parse('records: {}\n')).toEqual({ kind: 'valid', value: defaultConfiguration, problems: [] });
  });

  it('is read in full', () => {
    const file = `manifests: governance/releases/*.yaml
records: { branch: audit/records, keys: [${key}, ${key}] }
time-zone: Europe/Berlin
roles:
  release-manager: { users: [mona, mona], teams: [release] }
  sre: { teams: sre }
  lead: { users: Ada-Lovelace_acme }
  maintainer: { permission: maintain }
`;
    expect(parse(file)).toEqual({
      kind: 'valid',
      problems: [],
      value: {
        manifests: 'governance/releases/*.yaml',
        records: { branch: 'audit/records', keys: [key] },
        calendar: { zone: 'Europe/Berlin', businessDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [] },
        roles: [
          {
            id: 'release-manager',
            members: [
              { kind: 'user', name: 'mona' },
              { kind: 'team', name: 'release' },
            ],
          },
          { id: 'sre', members: [{ kind: 'team', name: 'sre' }] },
          { id: 'lead', members: [{ kind: 'user', name: 'Ada-Lovelace_acme' }] },
          { id: 'maintainer', members: [], permission: 'maintain' },
        ],
        catalog: {},
        floors: [],
        freezes: [],
        windows: [],
      },
    });
  });
});

describe('S-065: when boards meet', () => {
  it('is read with the dates on which they do not', () => {
    const file = `calendar:
  sessions:
    cab: { every: tue, at: '14:00' }
    board: { every: mon, at: '09:30', except: [2026-12-28, 2026-12-21, 2026-12-28] }
`;
    const parsed = parse(file);
    expect(parsed.kind === 'valid' && parsed.value.calendar.sessions).toEqual({
      cab: { every: 'tue', at: '14:00', except: [] },
      board: { every: 'mon', at: '09:30', except: ['2026-12-21', '2026-12-28'] },
    });
  });
});

describe('one mistake at its place', () => {
  it.each([
    ['', '1:1 empty'],
    ['merge-gates: []', '1:1 not-supported-yet'],
    ['custodians: { from: qa }', '1:21 invalid-value'],
    ['custodians: { from: role:lead }', '1:21 unknown-reference'],
    ['roles: { a: { permission: owner } }', '1:27 invalid-value'],
    ['role: {}', '1:1 unknown-key'],
    ['calendar: { sessions: { cab: tuesday } }', '1:30 wrong-type'],
    ['calendar: { sessions: { cab: { every: tuesday, at: "14:00" } } }', '1:39 invalid-value'],
    ['calendar: { sessions: { cab: { every: tue, at: "24:00" } } }', '1:48 invalid-value'],
    ['calendar: { sessions: { cab: { every: tue, at: "9:00" } } }', '1:48 invalid-value'],
    ['calendar: { sessions: { CAB: { every: tue, at: "09:00" } } }', '1:25 invalid-value'],
    ['records: { brnch: x }', '1:12 unknown-key'],
    ['roles: { a: { user: x } }', '1:15 unknown-key'],
    ['catalog: { a: { preconditions: smoke } }', '1:32 invalid-value'],
    ['catalog: { a: { preconditions: { checks: [b, b] } } }', '1:46 duplicate-id'],
    ['catalog: { a: { preconditions: { checks: { name: b, app: github-actions } } } }', '1:58 invalid-value'],
    ['time-zone: Europe/Berlino', '1:12 invalid-value'],
    ['time-zone: 5', '1:12 wrong-type'],
    ['manifests: ../x.yml', '1:12 invalid-value'],
    ['manifests: /x.yml', '1:12 invalid-value'],
    ['manifests: [a.yml]', '1:12 wrong-type'],
    ['records: { branch: a..b }', '1:20 invalid-value'],
    ['records: { branch: -x }', '1:20 invalid-value'],
    ['records: { branch: x.lock }', '1:20 invalid-value'],
    ['records: { keys: [SHA256:abc] }', '1:19 invalid-value'],
    [`records: { keys: ${key}= }`, '1:18 invalid-value'],
    ['roles: { A: { users: a } }', '1:10 invalid-value'],
    ['roles: { a: {} }', '1:10 empty'],
    ['roles: { a: { users: [] } }', '1:22 empty'],
    ['roles: { a: mona }', '1:13 wrong-type'],
    ['catalog: { go-no-go: { inputs: { risk: [Low, High] } } }', '1:40 wrong-type'],
    ['catalog: { go-no-go: { inputs: { risk: [] } } }', '1:40 wrong-type'],
    ['roles: { a: { users: user:mona } }', '1:22 invalid-value'],
    ['roles: { a: { users: "robo[bot]" } }', '1:22 invalid-value'],
    ['roles: { a: { teams: [QA] } }', '1:23 invalid-value'],
    ['roles: { a: { teams: [qa, 7] } }', '1:27 wrong-type'],
  ])('%s', (file, problem) => {
    expect(located(parse(`${file}\n`).problems)).toEqual([problem]);
  });
});

describe('freezes and windows (design 3.9)', () => {
  it('are read in the time zone', () => {
    const parsed = parse(`time-zone: Europe/Berlin
freezes: { name: Year end, from: 2026-12-18, until: 2027-01-04, environments: production }
windows: [{ days: tue, from: '09:00', until: '16:00' }]
`);
    expect(parsed.kind === 'valid' && [parsed.value.freezes, parsed.value.windows]).toEqual([
      [
        {
          name: 'Year end',
          from: '2026-12-17T23:00:00Z',
          until: '2027-01-04T23:00:00Z',
          environments: ['production'],
        },
      ],
      [{ environments: [], days: ['tue'], from: '09:00', until: '16:00', zone: 'Europe/Berlin' }],
    ]);
  });

  it.each([
    ['freezes: { name: x, from: 2026-12-02, until: 2026-12-01 }', 'would end before it begins'],
    ['freezes: { name: x, from: 2026-12-02 }', 'until'],
    ['time-zone: Nowhere\nfreezes: { name: x, from: soon, until: 2026-12-02 }', 'found "soon"'],
  ])('%s is wrong', (file, expected) => {
    const parsed = parse(file);
    expect(parsed.problems.map(({ message }) => message).join(' ')).toContain(expected);
    expect(parsed.kind).toBe('invalid');
  });

  it.each([
    'freezes: { name: x, from: 2026-12-01, until: 2026-12-02',
    "windows: { days: tue, from: '09:00', until: '16:00'",
  ])('a misspelt environment would be held by nothing: %s', (hold) => {
    const messages = (environment: string, scope = 'environment: production') =>
      parse(`floors: { for: { ${scope} } }\n${hold}, environments: [${environment}] }\n`).problems.map(
        ({ position, message }) => `${position.line}: ${message}`,
      );
    expect(messages('prodution')).toEqual([
      '2: No floor of the configuration is for the environment "prodution". Did you mean "production"?',
    ]);
    expect(messages('PRODUCTION')).toEqual([]);
    expect(messages('staging')).toEqual([]);
    expect(messages('prodution', "environment: '*'")).toEqual([]);
    expect(messages('prodution', 'profile: saas')).toEqual([]);
  });

  it('so would one that misspells what is inherited', () => {
    const inherited = parse('floors: [{ for: { profile: saas } }, { for: { environment: production } }]');
    if (inherited.kind === 'invalid') throw new Error(JSON.stringify(inherited.problems));
    const above = { repository: 'acme/.github', configuration: inherited.value };
    const own = 'freezes: { name: x, from: 2026-12-01, until: 2026-12-02, environments: prodution }';
    expect(parseConfiguration(new TextEncoder().encode(own), { above }).problems).toEqual([
      expect.objectContaining({ code: 'unknown-reference', position: { line: 1, column: 72 } }),
    ]);
  });
});
