import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import {
  asInherited,
  type Inheritance,
  type Inherited,
} from '../../../src/core/configuration/inheritance.ts';
import type { ReleaseRecord } from '../../../src/core/record/record.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import { judgeInheritance, recordedInheritance } from '../../../src/core/repository/inherited.ts';
import { CONFIGURATION_PATH, inventoryOf } from '../../../src/core/repository/inventory.ts';
import { commit, manifest } from '../../support/release-world.ts';
import { bytesOf, configurationOf } from '../floors/rulebook.ts';

const from = 'acme/.github';
const inherited = (id: number, letter: string): Inherited => ({
  repository: { id, name: from },
  commit: commit('a'),
  digest: letter.repeat(64),
});
const known = (text: string, source = inherited(7, 'd')): Extract<Inheritance, { kind: 'known' }> => ({
  kind: 'known',
  configuration: asInherited(configurationOf(text), from),
  from: source,
});

/** The record of a release that was opened at a moment, and what was inherited then. */
const opened = (release: string, at: string, source?: Inherited): [string, ReleaseRecord] => {
  const plan = manifest([], { release });
  const revision = { manifest: '', path: '', commit: commit('b'), authors: [], plan, roles: [] };
  const happening: Happening = {
    at,
    kind: 'release-opened',
    body: {
      title: '',
      revision: { ...revision, ...(source ? { inherited: source } : {}) },
      target: { commit: commit('c') },
    },
  };
  const event: ReleaseEvent = {
    ...happening,
    version: 1,
    repository: { id: 1, name: 'acme/payments' },
    release,
    sequence: 1,
  };
  return [release, { release, events: [event], tip: { release, sequence: 1, event: '' } }];
};

describe('T7: what the record says was inherited', () => {
  it('is what the release that was opened last inherited; others say nothing', () => {
    const [early, late] = ['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z'];
    const records = (...all: readonly [string, ReleaseRecord][]) => recordedInheritance(new Map(all));
    expect(records()).toBeUndefined();
    expect(records(opened('r1', early))).toBeUndefined();
    const [one, two] = [inherited(7, 'd'), inherited(8, 'e')];
    expect(records(opened('r1', early, one), opened('r2', late, two), opened('r3', late))).toBe(two);
    expect(records(opened('r2', late, two), opened('r1', early, one))).toBe(two);
    const [name, record] = opened('r4', late, one);
    expect(records([name, { ...record, events: [] }])).toBeUndefined();
  });
});

describe('T7, T13: once seen and now unreadable is unknown', () => {
  const found = known('time-zone: UTC');

  it('never seen and absent: there is none', () => {
    expect(judgeInheritance({ kind: 'absent' }, undefined, from)).toEqual({ kind: 'none' });
    expect(judgeInheritance(found, undefined, from)).toBe(found);
  });

  it('seen and absent: unknown, with what to do', () => {
    const judged = judgeInheritance({ kind: 'absent' }, inherited(7, 'd'), from);
    expect(judged).toMatchObject({ kind: 'unknown', why: expect.stringContaining('Put') });
    expect(judged).toMatchObject({ why: expect.stringContaining('d'.repeat(64)) });
  });

  it('broken: unknown, seen or not', () => {
    const broken = { kind: 'unknown', why: 'It has errors.' } as const;
    expect(judgeInheritance(broken, undefined, from)).toBe(broken);
  });

  it('another repository under the name counts only with the very same file', () => {
    expect(judgeInheritance(found, inherited(7, 'e'), from)).toBe(found);
    expect(judgeInheritance(found, inherited(8, 'd'), from)).toBe(found);
    expect(judgeInheritance(found, inherited(8, 'e'), from)).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('another repository'),
    });
  });
});

describe('an inventory under an inherited configuration', () => {
  const file = (release: string) => `release: ${release}
title: Release
target: { ref: v1 }
phases: { verify: { activities: { go-no-go: { uses: go-no-go } } } }
`;
  const inherits = known(`manifests: ship/*.yml
records: { branch: theirs }
catalog: { go-no-go: { approvers: { from: team:sre } } }
`);
  const stock = (files: { readonly [path: string]: string }, inheritance: Inheritance) =>
    inventoryOf(new Map(Object.entries(files).map(([path, text]) => [path, bytesOf(text)])), new Set(), {
      inheritance,
    });

  it('has it where the repository has no file of its own, but for the place of the record', () => {
    const { configuration, manifests, records } = stock({ 'ship/r1.yml': file('r1') }, inherits);
    expect(configuration).toEqual({ ...inherits.configuration, records: defaultConfiguration.records });
    expect([...manifests.keys()]).toEqual(['r1']);
    expect(records).toEqual(defaultConfiguration.records);
  });

  it('puts both together where it has one', () => {
    const own = { [CONFIGURATION_PATH]: 'manifests: own/*.yml\n', 'own/r1.yml': file('r1') };
    const found = stock(own, inherits);
    expect(found.manifests.get('r1')?.plan.phases[0]?.activities[0]?.approvers).toHaveLength(1);
    expect(stock(own, { kind: 'none' }).manifests.size).toBe(0);
  });

  it('T7: knows no configuration while that one is unknown, and says why', () => {
    const own = { [CONFIGURATION_PATH]: 'time-zone: UTC\n' };
    const found = stock(own, { kind: 'unknown', why: 'It is gone.' });
    expect([found.configuration, found.written]).toEqual([undefined, undefined]);
    expect(found.problems.get(CONFIGURATION_PATH)).toMatchObject([
      { severity: 'error', code: 'inherited-unknown', message: 'It is gone.' },
    ]);
  });
});
