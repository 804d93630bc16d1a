import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { amendmentLines } from '../../../src/core/messages/amendment-words.ts';
import { wordedDifferences } from '../../../src/core/messages/worded-differences.ts';
import { canonicalize } from '../../../src/core/record/canonical.ts';
import type { Json } from '../../../src/core/values.ts';

const json = (value: unknown): string => canonicalize(value as Json);
const rule = (from: string, require: unknown) => ({ from: [from], require });
const one = rule('team:sre', { kind: 'all-but', count: 1 });
const two = rule('team:qa', { kind: 'majority' });
const three = { ...rule('team:qa', { kind: 'count', count: 3 }), except: ['user:x'] };

describe('design 3.7, T7: differences are worded as people write a manifest', () => {
  it('rules, one a line', () => {
    const path = 'approvers';
    expect(wordedDifferences([{ path, before: json([one, two]), after: json([two]) }])).toEqual([
      { path, before: '{ from: team:sre, require: { all-but: 1 } }' },
    ]);
    expect(wordedDifferences([{ path, before: json([one]), after: json([three]) }])).toEqual([
      {
        path,
        before: '{ from: team:sre, require: { all-but: 1 } }',
        after: '{ from: team:qa, require: 3, except: [user:x] }',
      },
    ]);
    expect(wordedDifferences([{ path, before: json([one]), after: json([two, three]) }])).toHaveLength(3);
    expect(wordedDifferences([{ path, before: json([one, two]), after: json([two, one]) }])).toEqual([
      {
        path,
        before: '[{ from: team:sre, require: { all-but: 1 } }, { from: team:qa, require: majority }]',
        after: '[{ from: team:qa, require: majority }, { from: team:sre, require: { all-but: 1 } }]',
      },
    ]);
  });

  it('a field of a form that comes or goes, as one thing', () => {
    const field = { id: 'risk', label: 'Risk: how high', type: 'dropdown', options: ['Low', 'High'] };
    const leaves = (side: 'before' | 'after', required: string) =>
      Object.entries({ ...field, required }).map(([key, value]) => ({
        path: `inputs.risk.${key}`,
        [side]: json(value),
      }));
    const form = '{ type: dropdown, label: "Risk: how high", options: [Low, High], required: always }';
    expect(wordedDifferences(leaves('before', 'always'))).toEqual([{ path: 'inputs.risk', before: form }]);
    expect(wordedDifferences(leaves('after', 'to-approve'))).toEqual([
      { path: 'inputs.risk', after: form.replace('always', 'true') },
    ]);
    expect(wordedDifferences(leaves('after', 'optional'))[0]?.after).not.toContain('required');
  });

  it('a part of a field, by its written name', () => {
    expect(wordedDifferences([{ path: 'inputs.why.minLength', before: '3', after: '50' }])).toEqual([
      { path: 'inputs.why.min-length', before: '3', after: '50' },
    ]);
    const dropped = { path: 'inputs.why.minLength', before: '3' };
    expect(wordedDifferences([dropped])).toEqual([{ path: 'inputs.why.min-length', before: '3' }]);
    const type = { path: 'inputs.why.type', before: '"text"', after: '"url"' };
    expect(wordedDifferences([type, dropped])).toEqual([
      { path: 'inputs.why.type', before: '"text"', after: '"url"' },
      { path: 'inputs.why.min-length', before: '3' },
    ]);
  });

  it('a machine that comes or goes', () => {
    const path = (key: string) => `machines.deploy.${key}`;
    expect(
      wordedDifferences([
        { path: path('environment'), after: '"production"' },
        { path: path('with.version'), after: '"v 1: final"' },
      ]),
    ).toEqual([
      { path: 'machines.deploy', after: '{ environment: production, with.version: "v 1: final" }' },
    ]);
  });

  it('text in its quotes, and what is no canonical form as it is', () => {
    expect(wordedDifferences([{ path: 'title', before: '"a"', after: 'no form' }])).toEqual([
      { path: 'title', before: '"a"', after: 'no form' },
    ]);
    expect(wordedDifferences([{ path: 'distinct', after: 'null' }])).toEqual([
      { path: 'distinct', after: 'null' },
    ]);
  });

  it('a freeze that is added demands more, one that is removed less', () => {
    const freeze = { name: 'Y', from: '2026-12-18', until: '2027-01-04', environments: ['production'] };
    const frozen = { ...defaultConfiguration, freezes: [freeze] };
    const form = '{ name: Y, from: 2026-12-18, until: 2027-01-04, environments: \\[production\\] }';
    const plain = (lines: readonly string[]) => lines.map((line) => line.replaceAll('\u200b', ''));
    expect(plain(amendmentLines(defaultConfiguration, frozen))).toEqual([
      `- **tighter**: freezes: added ${form}`,
    ]);
    expect(plain(amendmentLines(frozen, defaultConfiguration))).toEqual([
      `- **looser**: freezes: removed ${form}`,
    ]);
    const longer = { ...frozen, freezes: [{ ...freeze, until: '2027-01-05' }] };
    expect(plain(amendmentLines(frozen, longer))[0]).toMatch(
      /^- \*\*changed\*\*: freezes: .* → .*2027-01-05/,
    );
    const members = [{ kind: 'team' as const, name: 'sre' }];
    const entry = {
      approvers: [{ from: members, require: { kind: 'count' as const, count: 2 } }],
      preconditions: [{ name: 'tests', workflow: '.github/workflows/ci.yml' }],
      inputs: {},
    };
    const added = amendmentLines(defaultConfiguration, { ...frozen, catalog: { board: entry }, freezes: [] });
    expect(plain(added)).toContain(
      '- **changed**: catalog.board.approvers: added \\[{ from: team:sre, require: 2 }\\]',
    );
    expect(plain(added)).toContain(
      '- **changed**: catalog.board.preconditions: added \\[{ name: tests, workflow: ".github/workflows/ci.yml" }\\]',
    );
  });
});
