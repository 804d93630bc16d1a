import { describe, expect, it } from 'vitest';
import { sourceWords } from '../../../src/core/configuration/floor.ts';
import { aboveOf, asInherited, inheritsFrom } from '../../../src/core/configuration/inheritance.ts';
import { parseConfiguration, recordsIn } from '../../../src/core/configuration/parse-configuration.ts';
import { guardedBy } from '../../../src/core/floors/guarded.ts';
import { timetableOf } from '../../../src/core/release/timetable.ts';
import { bytesOf, configurationOf } from '../floors/rulebook.ts';

const repository = 'acme/.github';
const above = (text: string) => ({
  above: { repository, configuration: asInherited(configurationOf(text), repository) },
});
const read = (own: string, inherited: string) => parseConfiguration(bytesOf(own), above(inherited));
const combined = (own: string, inherited: string) => {
  const parsed = read(own, inherited);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};
/** `line: sentence` of everything that is wrong. */
const wrong = (own: string, inherited: string): readonly string[] =>
  read(own, inherited).problems.map(({ position, message }) => `${position.line}: ${message}`);

describe('decision 0033: who is inherited from', () => {
  it('is the owner’s .github repository, which itself inherits nothing', () => {
    expect(['acme/payments', 'acme/.github', 'acme/.GitHub'].map(inheritsFrom)).toEqual([
      repository,
      undefined,
      undefined,
    ]);
    expect([aboveOf(undefined), aboveOf({ kind: 'none' })]).toEqual([{}, {}]);
  });
});

describe('design 3.10: where a demand is written', () => {
  it('is said with whose configuration it is, where it is inherited', () => {
    expect(sourceWords({ path: '.github/countersign.yml', line: 3 })).toBe('.github/countersign.yml, line 3');
    expect(sourceWords({ path: `${repository}:.github/countersign.yml`, line: 3 })).toBe(
      "the organization's configuration acme/.github, .github/countersign.yml, line 3",
    );
  });
});

describe('decision 0033: how every part is put together', () => {
  it('manifests: the own list, else the inherited one; records are never inherited', () => {
    const inherited = 'manifests: ship/*.yml\nrecords: { branch: theirs }\n';
    expect(combined('time-zone: UTC', inherited)).toMatchObject({
      manifests: 'ship/*.yml',
      records: { branch: 'countersign-records' },
    });
    expect(combined('manifests: own/*.yml', inherited).manifests).toBe('own/*.yml');
  });

  it('calendar: zone and business days are the own where written, holidays and sessions come together', () => {
    const inherited = `time-zone: Europe/Berlin
calendar:
  business-days: [mon, tue]
  holidays: [2026-12-25]
  sessions: { cab: { every: tue, at: '14:00' } }
`;
    const theirs = configurationOf(inherited).calendar;
    expect(combined('manifests: x/*.yml', inherited).calendar).toEqual(theirs);
    const cab = { every: 'tue', at: '14:00', except: [], zone: 'Europe/Berlin' };
    expect(combined('time-zone: UTC', inherited).calendar).toEqual({
      ...theirs,
      zone: 'UTC',
      sessions: { cab },
    });
    const own = `calendar: { business-days: [sat], holidays: [2026-01-01], sessions: { board: { every: mon, at: '09:00' } } }`;
    expect(combined(own, inherited).calendar).toEqual({
      zone: 'Europe/Berlin',
      businessDays: ['sat'],
      holidays: ['2026-01-01', '2026-12-25'],
      sessions: { cab, board: { every: 'mon', at: '09:00', except: [] } },
    });
    expect(combined('time-zone: UTC', 'manifests: x/*.yml').calendar.sessions).toBeUndefined();
  });

  it('T7: a board that is inherited meets at the same moment wherever a repository says that it is', () => {
    const org =
      "time-zone: America/Los_Angeles\ncalendar: { sessions: { cab: { every: wed, at: '14:00' } } }\n";
    const { calendar } = combined('time-zone: Pacific/Kiritimati', org);
    const timing = { timing: { session: 'cab', remind: [], escalate: [] } };
    expect(timetableOf(timing, '2026-11-23T00:00:00Z', calendar)?.opens).toBe('2026-11-25T22:00:00Z');
    expect(timetableOf(timing, '2026-11-23T00:00:00Z', configurationOf(org).calendar)?.opens).toBe(
      '2026-11-25T22:00:00Z',
    );
    const own = "time-zone: UTC\ncalendar: { sessions: { cab: { every: wed, at: '14:00' } } }\n";
    expect(wrong(own, org)).toEqual([expect.stringContaining('2: When "cab" meets is said by')]);
    expect(combined(own, 'time-zone: UTC').calendar.sessions).toMatchObject({ cab: { every: 'wed' } });
    const same = own.replace('UTC', 'America/Los_Angeles');
    expect(wrong(same, org)).toEqual([]);
  });

  it('T14: an environment that either demands to be guarded is, and none can take that back', () => {
    const demand = 'floors: { for: { environment: production }, guarded: required }\n';
    const none = 'floors: { for: { environment: production }, activities: audit }\n';
    for (const [own, inherited] of [
      [demand, none],
      [none, demand],
      ['time-zone: UTC\n', demand],
    ] as const) {
      const { floors } = combined(own, inherited);
      expect(guardedBy(floors, 'Production')).toHaveLength(1);
      expect(guardedBy(floors, 'stage')).toEqual([]);
    }
    expect(guardedBy(combined(demand, demand).floors, 'production')).toHaveLength(2);
  });

  it('roles and floors: both; own rules may name inherited roles and entries', () => {
    const inherited = `roles: { lead: { users: mona } }
catalog: { tasting: { title: Tasting } }
floors: { for: { uses: tasting } }
`;
    const own = `roles: { lead: { users: mona }, cook: { users: ada } }
custodians: { from: role:lead }
catalog: { dinner: { approvers: { from: role:lead } } }
floors: { for: { uses: tasting }, approvers: { tasting: { from: role:lead } }, exclude: role:lead }
`;
    const { roles, floors } = combined(own, inherited);
    expect(roles.map(({ id }) => id)).toEqual(['lead', 'cook']);
    expect(floors.map(({ source }) => source.path)).toEqual([
      'acme/.github:.github/countersign.yml',
      '.github/countersign.yml',
    ]);
  });

  it('custodians: the own, which are at least the inherited ones, else those', () => {
    const inherited = 'custodians: { from: team:governance, require: 2 }\n';
    const { custodians } = configurationOf(inherited);
    expect(combined('time-zone: UTC', inherited).custodians).toEqual(custodians);
    const more = 'custodians: { from: team:governance, require: 3 }\n';
    expect(combined(more, inherited).custodians).toMatchObject({ require: { count: 3 } });
    expect(combined(more, 'time-zone: UTC').custodians).toMatchObject({ require: { count: 3 } });
  });

  it('catalog: field by field, the own before the inherited', () => {
    const inherited = `catalog:
  tasting: { title: Tasting, instructions: Taste., approvers: { from: team:cooks }, inputs: { salt: { type: number } } }
`;
    const own = 'catalog: { tasting: { title: Dinner, inputs: { sugar: { type: number } } } }';
    expect(combined(own, inherited).catalog['tasting']).toEqual({
      ...configurationOf(inherited).catalog['tasting'],
      title: 'Dinner',
      inputs: { salt: { type: 'number' }, sugar: { type: 'number' } },
    });
    const approvers = 'catalog: { tasting: { approvers: { from: team:guests } } }';
    expect(combined(approvers, inherited).catalog['tasting']?.approvers[0]?.from[0]?.name).toBe('guests');
  });

  it('catalog, T14: checks that have to pass first add up, and none loses what makes it believable', () => {
    const inherited =
      'catalog: { tasting: { preconditions: { checks: [{ name: oven, app: cooker }, salt] } } }\n';
    const own =
      'catalog: { tasting: { preconditions: { checks: [oven, { name: salt, app: scales }, plates] } } }';
    expect(combined(own, inherited).catalog['tasting']?.preconditions).toEqual([
      { name: 'oven', app: 'cooker' },
      { name: 'salt', app: 'scales' },
      { name: 'plates' },
    ]);
    expect(combined('catalog: { tasting: {} }', inherited).catalog['tasting']?.preconditions).toHaveLength(2);
    expect(combined('catalog: { dinner: {} }', inherited).catalog['dinner']?.preconditions).toEqual([]);
  });
});

describe('design 3.10, T7: a repository adds to what it inherits and never loosens it', () => {
  const inherited = `custodians: { from: team:governance, require: 2 }
roles: { lead: { users: mona } }
calendar: { sessions: { cab: { every: tue, at: '14:00' } } }
floors:
  - for: { environment: production }
    approvers: { go-no-go: { from: team:sre, require: 2 } }
    inputs: { go-no-go: { score: { type: number, min: 5 } }, qa-signoff: risk }
    delegation: { max: 1 }
  - for: { uses: go-no-go }
    inputs: { go-no-go: [risk] }
windows: { environments: production, days: tue, from: '09:00', until: '10:00' }
`;
  const floor = (demands: string) => `floors:\n  - for: { environment: Production }\n    ${demands}\n`;

  it.each([
    ['roles: { lead: { users: ada } }', '1: Who holds the role "lead" is said by'],
    ["calendar: { sessions: { cab: { every: mon, at: '08:00' } } }", '1: When "cab" meets is said by'],
    ["windows: { days: mon, from: '09:00', until: '10:00' }", '1: When this environment opens is said by'],
    [
      "windows:\n  - { environments: [x, PRODUCTION], days: mon, from: '09:00', until: '10:00' }",
      '2: When this environment opens is said by',
    ],
    ['custodians: { from: team:governance }', '1: Expected at least the custodians of'],
    [floor('approvers: { go-no-go: { from: team:sre } }'), '3: Expected at least what'],
    [floor('inputs: { go-no-go: { score: { type: number, min: 1 } } }'), '3: Expected at least what'],
    [`${floor('activities: go-no-go')}    distinct: false\n`, '4: Expected at least what'],
    [`${floor('activities: go-no-go')}    reject: { require: 2 }\n`, '4: Expected at least what'],
    [`${floor('activities: go-no-go')}    delegation: { max: 2 }\n`, '4: Expected at least what'],
    ['catalog: { go-no-go: { inputs: { risk: { type: text } } } }', '1: Expected at least what'],
    [
      'floors: { for: { environment: production }, approvers: { go-no-go: { from: team:sre } } }',
      '1: Expected at least what',
    ],
  ])('%s', (own, expected) => {
    const found = wrong(own, inherited);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
    expect(found[0]).toContain(repository);
    expect(read(own, inherited).problems[0]?.code).toBe('below-inherited');
  });

  it('names the inherited floor, its place, and what it demands', () => {
    expect(wrong(floor('approvers: { go-no-go: { from: team:sre } }'), inherited)).toEqual([
      "3: Expected at least what the floor for environment production demands (the organization's configuration acme/.github, .github/countersign.yml, line 6): { from: [team:sre], require: 2 }. Ask for that or more, or leave it out.",
    ]);
  });

  it.each([
    'roles: { lead: { users: mona } }',
    "calendar: { sessions: { cab: { every: tue, at: '14:00' } } }",
    'custodians: { from: team:governance, require: 3 }',
    "windows: { environments: staging, days: mon, from: '09:00', until: '10:00' }",
    floor('approvers: { go-no-go: [{ from: team:sre, require: 2 }, { from: team:qa }] }'),
    floor('inputs: { go-no-go: { score: { type: number, min: 8 }, other: { type: number } } }'),
    floor('inputs: { go-no-go: score, qa-signoff: { risk: { type: text } }, security: why }'),
    `${floor('activities: audit')}    distinct: false\n    reject: { require: 2 }\n    delegation: { max: 9 }\n`,
    'floors: { for: { environment: staging }, approvers: { go-no-go: { from: team:qa } } }',
    'catalog: { go-no-go: { inputs: { else: { type: text } } }, mine: { inputs: { risk: { type: text } } } }',
    "windows: { environments: staging, days: mon, from: '09:00', until: '10:00' }",
    'catalog: { operations: { inputs: { runbook: { type: text } } } }',
  ])('but this adds, or tightens: %s', (own) => {
    expect(wrong(own, inherited)).toEqual([]);
  });

  it('an inherited permission is one for the repository as well', () => {
    const permits = `floors:
  - { for: { environment: production }, activities: go-no-go, distinct: false, reject: { require: 3 } }
`;
    expect(
      wrong(`${floor('activities: go-no-go')}    distinct: false\n    reject: { require: 2 }\n`, permits),
    ).toEqual([]);
  });

  it('a field that inherited floors name stays as necessary as it is there', () => {
    const named = `catalog: { audit: { inputs: { why: { type: text, required: true } } } }
floors: { for: { uses: audit }, inputs: { audit: why } }
`;
    const own = (required: string) =>
      `catalog: { audit: { inputs: { why: { type: text, required: ${required} } } } }`;
    expect(wrong(own('false'), named)).toHaveLength(1);
    expect(wrong(own('always'), named)).toEqual([]);
  });

  it('what is wrong with the file itself comes first', () => {
    expect(wrong('manifests: 7\n', inherited)).toHaveLength(1);
  });
});

describe('T7: what was adopted before the organization said something else', () => {
  const inherited = `custodians: { from: team:governance, require: 2 }
roles: { lead: { users: mona } }
calendar: { sessions: { cab: { every: tue, at: '14:00' } } }
floors: { for: { uses: go-no-go }, inputs: { go-no-go: [risk] } }
`;
  const own = `custodians: { from: role:gone }
roles: { lead: { users: ada } }
calendar: { sessions: { cab: { every: mon, at: '08:00' } } }
catalog: { go-no-go: { inputs: { risk: { type: text }, more: { type: text } } } }
`;

  it('goes on ruling, and is looser nowhere', () => {
    const parsed = parseConfiguration(bytesOf(own), { ...above(inherited), adopted: true });
    const theirs = configurationOf(inherited);
    expect(parsed).toMatchObject({
      kind: 'valid',
      value: { custodians: theirs.custodians, roles: theirs.roles, calendar: theirs.calendar },
    });
    const catalog = parsed.kind === 'valid' ? parsed.value.catalog : {};
    expect(Object.keys(catalog['go-no-go']?.inputs ?? {})).toEqual(['more']);
    expect(read(own, inherited).kind).toBe('invalid');
  });

  it('opens no environment at more times than the organization says', () => {
    const window = (environments: string) =>
      `windows: { ${environments}days: tue, from: '09:00', until: '16:00' }\n`;
    const named = (own: string, theirs: string) => {
      const parsed = parseConfiguration(bytesOf(own), { ...above(theirs), adopted: true });
      return parsed.kind === 'valid'
        ? parsed.value.windows.map(({ environments }) => environments)
        : undefined;
    };
    const production = window('environments: Production, ');
    const both = window('environments: [production, staging], ');
    expect(named(both, production)).toEqual([['Production'], ['staging']]);
    expect(named(window('environments: production, '), production)).toEqual([['Production']]);
    expect(named(both, window(''))).toEqual([[]]);
    expect(named(window(''), production)).toEqual([['Production']]);
    expect(named(window(''), 'time-zone: UTC')).toEqual([[]]);
  });
});

describe('T8: where the record is', () => {
  it('is read from the file alone, whatever else is wrong with it', () => {
    const records = (text: string) => recordsIn(bytesOf(text)).branch;
    expect(records('records: { branch: other }\nfloors: { for: { uses: unheard-of } }\n')).toBe('other');
    expect(records('records: 7\n')).toBe('countersign-records');
    expect(recordsIn(undefined)).toEqual({ branch: 'countersign-records', keys: [] });
  });
});
