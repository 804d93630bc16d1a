import { describe, expect, it, test } from 'vitest';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import {
  amendmentInstructions,
  amendmentLines,
  isSameMeaning,
  proposalLines,
} from '../../../src/core/messages/amendment-words.ts';
import { bytesOf, configurationOf } from '../floors/rulebook.ts';

const ruling = configurationOf(`roles: { lead: { users: ada }, old: { teams: a } }
custodians: { from: team:governance, require: 2 }
floors:
  - for: { environment: production }
    activities: [qa-signoff]
    approvers: { go-no-go: [{ from: [team:sre], require: 2 }] }
    exclude: [user:vendor, committers, 'approvers:security']
    inputs: { go-no-go: [risk, why], audit: { traceable: { type: checkbox } } }
    profile: saas
    delegation: { max: 1 }
    guarded: required
`);
const floor = (more: string) =>
  configurationOf(`roles: { lead: { users: ada }, old: { teams: a } }
custodians: { from: team:governance, require: 2 }
floors: [{ for: { environment: production }${more} }]
`);

describe('T7: a change of the configuration in words', () => {
  it('says what demands less, what demands more, and what else changes, in this order', () => {
    const proposed =
      configurationOf(`roles: { lead: { users: [ada, eve], permission: admin }, new: { teams: b } }
custodians: { from: user:eve }
time-zone: Europe/Berlin
floors:
  - for: { environment: production }
    activities: [qa-signoff, security]
    approvers: { go-no-go: [{ from: [team:sre], require: 3 }] }
    inputs: { go-no-go: [risk] }
    profile: saas
    distinct: false
    reject: outweighed
  - for: { uses: audit }
    approvers: { audit: { from: team:a } }
`);
    const lines = amendmentLines(ruling, proposed).map((line) => line.replaceAll('\u200b', ''));
    expect(lines).toEqual([
      '- **looser**: the floor for environment production no longer demands that vendor does not vote',
      '- **looser**: the floor for environment production no longer demands that committers do not vote',
      '- **looser**: the floor for environment production no longer demands that approvers of security do not vote',
      '- **looser**: the floor for environment production no longer demands the input why of go-no-go',
      '- **looser**: the floor for environment production no longer demands the input {"id":"traceable","label":"traceable","required":"optional","type":"checkbox"} of audit',
      '- **looser**: the floor for environment production no longer demands different people for different rules',
      '- **looser**: the floor for environment production no longer demands at most 1 delegated seats',
      '- **looser**: the floor for environment production no longer demands that one rejection is enough',
      '- **looser**: the floor for environment production no longer demands that GitHub itself guards the environment',
      '- **changed**: custodians, who agree to changes such as this: 2 of team governance → 1 of eve',
      '- **changed**: role lead: ada → ada, eve, everybody with admin',
      '- **changed**: role old: team a → nobody',
      '- **changed**: role new: nobody → team b',
      '- **changed**: calendar.zone: "UTC" → "Europe/Berlin"',
      '- **tighter**: the floor for environment production demands 3 of team sre for go-no-go',
      '- **tighter**: the floor for environment production demands the approval security',
      '- **tighter**: the floor for uses: audit demands 1 of team a for audit',
      '- **tighter**: the floor for uses: audit demands different people for different rules',
      '- **tighter**: the floor for uses: audit demands that one rejection is enough',
    ]);
  });

  it('names a floor whose demands only moved', () => {
    const [one, other] = [', activities: [a, b]', ', activities: [b, a]'].map(floor);
    if (!one || !other) throw new Error('no configuration');
    expect(amendmentLines(one, other)).toEqual(['- **changed**: the floor for environment production']);
    expect(amendmentLines(one, one)).toEqual([]);
    expect(amendmentLines(ruling, one)[0]).toContain('no longer demands 2 of team sre for go-no-go');
  });

  it('shows custodians that come and go, and cuts what is long', () => {
    const none = configurationOf('{}');
    const long = configurationOf(
      `manifests: ${'a'.repeat(190)}/*\nrecords: { branch: ${'b'.repeat(199)} }\n`,
    );
    expect(amendmentLines(none, ruling)[0]).toContain('nobody → 2 of team governance');
    expect(amendmentLines(ruling, none).join()).toContain('2 of team governance → nobody');
    expect(amendmentLines(none, long).join()).toContain(`${'b'.repeat(180)}`);
    expect(amendmentLines(none, long).join()).toContain('…');
  });

  it('introduces itself to custodians and on pull requests', () => {
    const none = configurationOf('{}');
    expect(amendmentInstructions(ruling, none)).toMatch(/^Somebody changed the configuration/);
    expect(proposalLines(ruling, none).join('\n')).toContain(
      'until its custodians agree: 2 of team governance, without whoever wrote the change.',
    );
    expect(proposalLines(none, ruling).join('\n')).toContain('it rules as soon as it is merged');
    expect(proposalLines(ruling, ruling)).toEqual([]);
  });
});

describe('T7: what only the file of the repository says, on top of an inherited one', () => {
  const inherited = `manifests: ship/*.yml
custodians: { from: team:governance, require: 2 }
roles: { lead: { users: ada }, old: { teams: a } }
`;
  const on = (text: string, org = inherited) => {
    const above = { configuration: configurationOf(org), repository: 'acme/.github' };
    const parsed = parseConfiguration(bytesOf(text), { above });
    if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed));
    return parsed.value;
  };
  const lines = (before: string, after: string) =>
    amendmentLines(on(before), on(after)).map((line) => line.replaceAll(/[\u200b\\]/gu, ''));
  const only = '(in this file only: what is inherited makes up for it today)';

  it('is told although nothing comes of it today', () => {
    expect(lines(inherited, 'roles: { lead: { users: ada } }\n')).toEqual([
      `- **changed**: custodians, who agree to changes such as this: 2 of team governance → nobody ${only}`,
      `- **changed**: role old: team a → nobody ${only}`,
      `- **changed**: manifests: "ship/*.yml" → "releases/*.yml" ${only}`,
      '- **changed**: manifests: said here → as inherited',
    ]);
    expect(proposalLines(on(inherited), on('{}')).join()).toContain('until its custodians agree');
  });

  it('is told once where something comes of it', () => {
    const added = lines('{}', 'roles: { lead: { users: ada }, new: { teams: b } }\ntime-zone: UTC\n');
    expect(added).toEqual([
      '- **changed**: role new: nobody → team b',
      `- **changed**: role lead: nobody → ada ${only}`,
      '- **changed**: time-zone: as inherited → said here',
    ]);
    expect(lines('floors: { for: { uses: audit }, activities: a }', '{}')[0]).toContain('**looser**');
    expect(lines('{}', 'floors: { for: { uses: audit }, activities: a }').join()).not.toContain(only);
  });
});

describe('the same meaning', () => {
  test.each([
    [true, '# a comment\nfloors: [{ for: { uses: audit } }]'],
    [true, 'floors:\n\n  - { for: { uses: audit } }'],
    [false, 'floors: [{ for: { uses: security } }]'],
  ])('%s: %s', (same, text) => {
    const one = configurationOf('floors: [{ for: { uses: audit } }]');
    expect(isSameMeaning(one, configurationOf(text))).toBe(same);
  });
});
