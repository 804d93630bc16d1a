import { describe, expect, it } from 'vitest';
import { defaultConfiguration, nothingOwn } from '../../../src/core/configuration/configuration.ts';
import {
  asInherited,
  type Inheritance,
  type Inherited,
} from '../../../src/core/configuration/inheritance.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import {
  judgeInheritance,
  lastInherited,
  recordedInheritance,
} from '../../../src/core/repository/inherited.ts';
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

/** An event of a release that accepts a revision, which inherits something or nothing. */
const accepts = (
  kind: 'release-opened' | 'manifest-revised',
  at: string,
  source?: Inherited,
): ReleaseEvent => {
  const revision = {
    manifest: '',
    path: '',
    commit: commit('b'),
    authors: [],
    plan: manifest([]),
    roles: [],
    ...(source ? { inherited: source } : {}),
  };
  const target = { commit: commit('c') };
  const happening: Happening =
    kind === 'release-opened'
      ? { at, kind, body: { title: '', revision, target } }
      : { at, kind, body: { revision, target } };
  return {
    ...happening,
    version: 1,
    repository: { id: 1, name: 'acme/payments' },
    release: 'r1',
    sequence: 1,
  };
};

describe('T7: what the record says was inherited', () => {
  const [early, late] = ['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z'];
  const [one, two] = [inherited(7, 'd'), inherited(8, 'e')];

  it('is what the newest revision of a release that names it inherited', () => {
    const opened = accepts('release-opened', early, one);
    expect(lastInherited([])).toBeUndefined();
    expect(lastInherited([accepts('release-opened', early)])).toBeUndefined();
    expect(lastInherited([opened, accepts('manifest-revised', late)])).toEqual({ at: early, inherited: one });
    const adopted = accepts('manifest-revised', late, two);
    const happening = { ...opened, kind: 'release-succeeded', body: {} } as ReleaseEvent;
    expect(lastInherited([opened, adopted, happening])).toEqual({ at: late, inherited: two });
  });

  it('and of all releases the one that was last', () => {
    expect(recordedInheritance([])).toBeUndefined();
    const seen = [
      { at: late, inherited: two },
      { at: early, inherited: one },
    ];
    expect(recordedInheritance(seen)).toBe(two);
    expect(recordedInheritance(seen.toReversed())).toBe(two);
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
    expect(configuration).toEqual({
      ...inherits.configuration,
      records: defaultConfiguration.records,
      own: nothingOwn,
    });
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
