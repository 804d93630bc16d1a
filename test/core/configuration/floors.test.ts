import { describe, expect, it } from 'vitest';
import { floorWords } from '../../../src/core/configuration/floor.ts';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { located } from '../manifest/manifest-file.ts';

const parse = (file: string, path?: string) =>
  parseConfiguration(new TextEncoder().encode(file), path === undefined ? {} : { path });

const full = `roles: { lead: { users: ada } }
custodians: { from: [team:governance], require: 2 }
catalog:
  code-review:
    title: Review
    approvers: { from: role:lead }
  tasting:
    instructions: Taste it.
    approvers: [{ from: team:cooks }, { from: team:guests, require: majority }]
    inputs: { salt: { type: number, min: 0 } }
floors:
  - for: { environment: production }
    activities: [qa-signoff, go-no-go]
    approvers:
      go-no-go: [{ from: [team:sre], require: 2 }]
    exclude: [author, user:vendor]
    inputs:
      go-no-go: [risk, why]
      qa-signoff: { coverage: { type: number, min: 80 } }
      tasting: salt
    profile: saas
    distinct: false
    reject: { require: 2 }
    delegation: { max: 1 }
    guarded: required
  - for: { profile: regulated }
  - for: { uses: tasting }
    activities: security
`;

describe('design 3.10: a configuration with floors', () => {
  it('is read in full, with the line of every demand', () => {
    const parsed = parse(full);
    expect(parsed.kind === 'valid' ? parsed.value : parsed.problems).toMatchObject({
      custodians: { from: [{ kind: 'team', name: 'governance' }], require: { kind: 'count', count: 2 } },
      catalog: {
        'code-review': {
          title: 'Review',
          approvers: [{ from: [{ kind: 'role', name: 'lead' }] }],
          inputs: {},
        },
        tasting: { instructions: 'Taste it.', approvers: [{}, { require: { kind: 'majority' } }] },
      },
      floors: [
        {
          source: { path: '.github/countersign.yml', line: 12 },
          for: { kind: 'environment', name: 'production' },
          activities: ['qa-signoff', 'go-no-go'],
          approvers: { 'go-no-go': [{ from: [{ kind: 'team', name: 'sre' }] }] },
          exclude: [{ kind: 'user', name: 'vendor' }],
          inputs: {
            'go-no-go': [
              { kind: 'named', id: 'risk' },
              { kind: 'named', id: 'why' },
            ],
            'qa-signoff': [{ kind: 'defined', input: { id: 'coverage', type: 'number', min: 80 } }],
            tasting: [{ kind: 'named', id: 'salt' }],
          },
          profile: ['saas'],
          distinct: false,
          reject: { kind: 'count', count: 2 },
          delegation: { max: 1 },
          guarded: true,
          lines: { activities: 13, 'approvers.go-no-go': 15, exclude: 16, 'inputs.qa-signoff': 19 },
        },
        { for: { kind: 'profile', name: 'regulated' }, activities: [], profile: [] },
        { for: { kind: 'uses', name: 'tasting' }, activities: ['security'] },
      ],
    });
  });

  it('says where each of them is written, in whichever file', () => {
    const parsed = parse('floors: { for: { environment: "*" } }', 'acme/.github:countersign.yml');
    if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed));
    expect(parsed.value.floors[0]?.source).toEqual({ path: 'acme/.github:countersign.yml', line: 1 });
    expect(parsed.value.floors.map(floorWords)).toEqual(['the floor for every environment']);
    expect(floorWords({ for: { kind: 'uses', name: 'audit' } })).toBe('the floor for uses: audit');
  });
});

describe('one mistake of a floor at its place', () => {
  it.each([
    ['floors: [{}]', '1:10 missing-key'],
    ['floors: [{ for: production }]', '1:17 wrong-type'],
    ['floors: [{ for: {} }]', '1:17 conflict'],
    ['floors: [{ for: { environment: a, uses: audit } }]', '1:17 conflict'],
    ['floors: [{ for: { profile: sas } }]', '1:28 invalid-value'],
    ['floors: [{ for: { uses: audits } }]', '1:25 unknown-reference'],
    ['floors: [{ for: { uses: quite-another } }]', '1:25 unknown-reference'],
    ['floors: [{ for: { uses: [a] } }]', '1:25 wrong-type'],
    ['floors: [{ for: { env: a } }]', '1:19 unknown-key'],
    ['floors: [{ for: { environment: a }, deadline: 3d }]', '1:37 not-supported-yet'],
    ['floors: [{ for: { environment: a }, reject: { requires: 2 } }]', '1:37 missing-key'],
    [`floors: [{ for: { environment: a }, exclude: "$\{{ owner }}" }]`, '1:46 invalid-value'],
    ['catalog: { audit: { approvers: { from: team:a, except: role:b } } }', '1:56 unknown-reference'],
    ['floors: [{ for: { environment: a }, guarded: true }]', '1:46 invalid-value'],
    ['floors: [{ for: { uses: audit }, guarded: required }]', '1:43 conflict'],
    ['floors: [{ for: { profile: saas }, guarded: required }]', '1:45 conflict'],
    ['floors: [{ for: { environment: a }, approvers: { B: { from: team:a } } }]', '1:50 invalid-value'],
    ['floors: [{ for: { environment: a }, approvers: { b: { form: team:a } } }]', '1:50 missing-key'],
    ['floors: [{ for: { environment: a }, approvers: { b: { from: team:a, at: 1 } } }]', '1:69 unknown-key'],
    ['floors: [{ for: { environment: a }, approvers: { b: { from: role:c } } }]', '1:61 unknown-reference'],
    ['floors: [{ for: { environment: a }, exclude: role:c }]', '1:46 unknown-reference'],
    ['floors: [{ for: { environment: a }, inputs: { b: 5 } }]', '1:50 invalid-value'],
    ['floors: [{ for: { environment: a }, inputs: { b: [] } }]', '1:50 empty'],
    ['floors: [{ for: { environment: a }, inputs: { b: { c: { type: text, x: 1 } } } }]', '1:69 unknown-key'],
    ['floors: [{ for: { environment: a }, inputs: { b: { C: { type: text } } } }]', '1:52 invalid-value'],
    [
      'floors: [{ for: { environment: a }, inputs: { b: { c: { type: text, pattern: "(" } } } }]',
      '1:78 invalid-value',
    ],
    [
      'roles: { lead: { users: a } }\nfloors: [{ for: { environment: a }, exclude: role:leads }]',
      '2:46 unknown-reference',
    ],
    ['catalog: { A: {} }', '1:12 invalid-value'],
    ['catalog: { a: { aprovers: {} } }', '1:17 unknown-key'],
    ['catalog: { a: { approvers: { from: role:b } } }', '1:36 unknown-reference'],
    ['catalog: { a: { inputs: { b: { type: text, what: 1 } } } }', '1:44 unknown-key'],
  ])('%s', (file, problem) => {
    expect(located(parse(`${file}\n`).problems)[0]).toEqual(problem);
  });
});
