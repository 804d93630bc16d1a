import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../src/core/configuration/configuration.ts';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { digestOf } from '../../../src/core/record/digest.ts';
import type { ReleaseRecord } from '../../../src/core/record/record.ts';
import { isAmendmentName } from '../../../src/core/release/amendment-name.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import { amendmentFile, amendmentsIn } from '../../../src/core/repository/amendment.ts';
import { CONFIGURATION_PATH, inventoryOf } from '../../../src/core/repository/inventory.ts';
import { bytesOf, configurationOf } from '../floors/rulebook.ts';

const at = '2026-11-23T09:00:00Z';
const commit = 'a'.repeat(40);
const custodians = 'custodians: { from: team:governance, require: 2 }\n';
const written = (text: string) => ({
  bytes: bytesOf(text),
  digest: digestOf(bytesOf(text)),
  configuration: configurationOf(text === '' ? '{}' : text),
  commit,
});
const ownOf = (text: string, org: string): Configuration => {
  const above = { configuration: configurationOf(org), repository: 'acme/.github' };
  const parsed = parseConfiguration(bytesOf(text), { above });
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed));
  return parsed.value;
};

/** The record of one amendment that accepted a text, and how it ended. */
const recorded = (release: string, text: string, ...more: readonly Happening[]): [string, ReleaseRecord] => {
  const file = amendmentFile({ next: release }, undefined, written(text));
  if (!file) throw new Error('no amendment');
  const revision = {
    manifest: file.digest,
    path: file.path,
    commit,
    authors: [],
    plan: file.plan,
    roles: [],
  };
  const opened: Happening = { at, kind: 'release-opened', body: { title: '', revision, target: { commit } } };
  const events = [opened, ...more].map((event, index) => ({
    ...event,
    version: 1,
    repository: { id: 1, name: 'acme/payments' },
    release,
    sequence: index + 1,
  })) as readonly ReleaseEvent[];
  return [release, { release, events, tip: { release, sequence: events.length, event: '' } }];
};
const succeeded: Happening = { at, kind: 'release-succeeded', body: {} };
const cancelled: Happening = { at, kind: 'release-cancelled', body: { why: 'manifest-removed', commit } };
const name = (number: number) => `countersign.configuration.${number}`;
const known = (...records: readonly [string, ReleaseRecord][]) => amendmentsIn(new Map(records));

describe('T7: which configuration is in force', () => {
  it('is what the newest amendment that succeeded says', () => {
    expect(known()).toEqual({ next: name(1) });
    const first = recorded(name(1), custodians, succeeded);
    const adopted = { digest: digestOf(bytesOf(custodians)), commit, release: name(1) };
    expect(known(first)).toEqual({ adopted, next: name(2) });
    expect(known(first, recorded(name(2), custodians))).toEqual({ adopted, next: name(2) });
    expect(known(first, recorded(name(2), custodians, cancelled))).toEqual({ adopted, next: name(3) });
    const tenth = recorded(name(10), custodians, succeeded);
    expect(known(tenth, first, recorded(name(2), custodians, succeeded)).adopted?.release).toBe(name(10));
    expect(known([name(1), { ...first[1], events: [] }])).toEqual({ next: name(2) });
  });

  it('other releases are none, and no manifest can be one', () => {
    expect(['r1', name(1), `${name(1)}.x`].map(isAmendmentName)).toEqual([false, true, false]);
    expect(known(recorded('r1', custodians, succeeded))).toEqual({ next: name(1) });
    const manifest = `release: ${name(2)}\ntarget: { ref: m }\nphases: { p: { activities: { a: { approvers: { from: team:a } } } } }\n`;
    const found = inventoryOf(new Map([['releases/a.yml', bytesOf(manifest)]]));
    expect([...found.manifests.keys()]).toEqual([]);
    expect(found.problems.get('releases/a.yml')?.[0]?.message).toContain('reserved');
  });
});

describe('T7: the release that brings a configuration into force', () => {
  const ruling = configurationOf(custodians);
  const adopted = { digest: digestOf(bytesOf(custodians)), commit: 'c'.repeat(40), release: name(1) };
  const next = (text: string, rules = ruling) =>
    amendmentFile({ adopted, next: name(2) }, rules, written(text));

  it('asks nobody the first time, and is not there without custodians', () => {
    const first = amendmentFile({ next: name(1) }, undefined, written(custodians));
    expect(first?.plan).toMatchObject({ release: name(1), phases: [], target: { kind: 'sha', sha: commit } });
    expect(amendmentFile({ next: name(1) }, undefined, written('time-zone: UTC\n'))).toBeUndefined();
  });

  it('asks the custodians of the configuration before it, whatever the new one says', () => {
    const file = next('custodians: { from: user:eve }\n');
    expect(file?.plan.phases[0]?.activities).toMatchObject([
      { id: 'amend', approvers: [ruling.custodians], floors: ['configuration'] },
    ]);
    expect(file?.since).toBe(adopted.commit);
    expect(next('')?.plan.phases).toHaveLength(1);
  });

  it('asks nobody where nothing changes its meaning, or where there are no custodians any more', () => {
    expect(next(custodians)).toBeUndefined();
    expect(next(`# said better\n${custodians}`)?.plan.phases).toEqual([]);
    expect(next('time-zone: Europe/Berlin\n', configurationOf('{}'))?.plan.phases).toEqual([]);
  });
});

describe('T7: a file that says what is inherited as well', () => {
  const manifests = 'manifests: releases/*.yml\n';
  const adopted = { digest: digestOf(bytesOf('before')), commit: 'c'.repeat(40), release: name(1) };
  const asked = (before: string, after: string, org = custodians) => {
    const [ruling, configuration] = [ownOf(before, org), ownOf(after, org)];
    const file = amendmentFile({ adopted, next: name(2) }, ruling, { ...written(after), configuration });
    return file?.plan.phases.flatMap(({ activities }) => activities.map(({ id }) => id));
  };

  it('takes nothing of it back without its custodians: the organization may say something else later', () => {
    const fewer = 'custodians: { from: team:governance, require: 1 }\n';
    expect(asked(manifests + custodians, manifests)).toEqual(['amend']);
    expect(ownOf(manifests, fewer).custodians).not.toEqual(ownOf(manifests + custodians, fewer).custodians);
  });

  it('nor what it could have left out', () => {
    expect(asked(manifests, '{}\n')).toEqual(['amend']);
    expect(asked('time-zone: UTC\n', '{}\n')).toEqual(['amend']);
    expect(asked('calendar: { business-days: [mon, tue] }', 'calendar: {}')).toEqual(['amend']);
  });

  it('may be written in another way by anybody', () => {
    expect(asked(custodians, `# said better\n${custodians}`)).toEqual([]);
    expect(asked('floors: { for: { uses: audit } }', '\nfloors: [{ for: { uses: audit } }]')).toEqual([]);
  });
});

describe('T7: an inventory under a configuration that rules', () => {
  const manifest = 'release: r1\ntarget: { ref: m }\nphases: { p: { activities: { a: { uses: audit } } } }\n';
  const ruling = configurationOf(
    `${custodians}manifests: ship/*.yml\ncatalog: { audit: { approvers: { from: team:a } } }\n`,
  );
  const files = new Map([
    [CONFIGURATION_PATH, bytesOf('manifests: other/*.yml\n')],
    ['ship/a.yml', bytesOf(manifest)],
  ]);

  it('holds manifests against that one, and says that the written one does not rule', () => {
    const amendment = amendmentFile(
      { adopted: { digest: 'd', commit, release: name(1) }, next: name(2) },
      ruling,
      written(''),
    );
    const found = inventoryOf(files, new Set(), { ruling, ...(amendment ? { amendment } : {}) });
    expect([...found.manifests.keys()]).toEqual(['r1', name(2)]);
    expect(found.configuration).toBe(ruling);
    expect(found.written?.configuration.manifests).toBe('other/*.yml');
    expect(found.problems.get(CONFIGURATION_PATH)?.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'not-in-force'],
    ]);
  });

  it('says nothing of an amendment that asks nobody', () => {
    const amendment = amendmentFile({ next: name(1) }, undefined, written(custodians));
    const found = inventoryOf(files, new Set(), { ruling, ...(amendment ? { amendment } : {}) });
    expect([...found.problems.keys()]).toEqual([]);
  });

  it('knows no written configuration where it cannot be used', () => {
    const broken = new Map([[CONFIGURATION_PATH, bytesOf('manifests: 7\n')]]);
    expect(inventoryOf(broken, new Set(), { ruling }).written).toBeUndefined();
  });
});
