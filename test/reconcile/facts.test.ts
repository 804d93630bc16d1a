import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/core/manifest/manifest.ts';
import type { ReleaseRecord } from '../../src/core/record/record.ts';
import type { CheckView } from '../../src/core/release/facts.ts';
import { elsewhereIn } from '../../src/reconcile/facts.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { activity, manifest, recorded, releaseWorld } from '../support/release-world.ts';

const opener = activity('deploy', { approvers: [], phase: 'production', environment: 'Production' });
const opening = manifest([activity('signoff'), opener]);
const plain = manifest([activity('signoff')]);
const recordOf = (release: string, plan: Manifest): readonly [string, ReleaseRecord] => {
  const events = recorded(releaseWorld({ plan }));
  return [release, { release, events, tip: { release, sequence: events.length, event: release } }];
};
const records = new Map([recordOf('other', opening), recordOf('own', plain)]);
const check = (name: string): CheckView => ({
  ...{ nodeId: 'C_1', name, conclusion: 'action_required', title: '', summary: '', externalId: '' },
});
const seenFrom = (plan: Manifest, ...checks: readonly string[]) =>
  elsewhereIn(createMemory(), 'acme/payments', 'own', plan, checks.map(check), records).map(
    ({ environments }) => environments,
  );

describe('T5: what a release knows of others that open environments', () => {
  const waits = [[{ name: 'production', stand: 'waits' }]];

  it('where it names one itself', () => {
    expect(seenFrom(opening)).toEqual(waits);
  });

  it('where their check stands on its own commit, which it would end otherwise', () => {
    expect(seenFrom(plain, 'countersign/environment/production')).toEqual(waits);
  });

  it('nothing where it has nothing to do with them', () => {
    expect(seenFrom(plain, 'countersign/release/own')).toEqual([]);
  });
});
