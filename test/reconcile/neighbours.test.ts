import { describe, expect, it } from 'vitest';
import type { Elsewhere } from '../../src/core/release/facts.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { meetNeighbours, wakeNeighbours } from '../../src/reconcile/neighbours.ts';
import type { World } from '../../src/reconcile/world.ts';
import { approved, said, started } from '../core/release/dispatching.ts';
import { commit } from '../support/release-world.ts';

const repository = 'acme/payments';
const order = { workflow: 'deploy.yml', commit: commit('b'), at: '2026-11-23T09:00:01Z' };
const glance = (release: string, environment: string, more: Partial<Elsewhere> = {}) => {
  const elsewhere: Elsewhere = {
    ...{ release, openedAt: '2026-11-23T08:00:00Z', ended: false, supersedes: false, commit: commit('b') },
    ...{ environments: [{ name: environment, stand: 'open' }], openings: [] },
    ...more,
  };
  const found: { tip: string; elsewhere: Elsewhere; bound: [] } = { tip: '', elsewhere, bound: [] };
  return [release, found] as const;
};

describe('T5, T14: releases that wait for what another one came to', () => {
  it('those of the same environment are looked at again, and those that look for a run of theirs', () => {
    const asked: Key[] = [];
    const memory = createMemory();
    const glances = [
      glance('r2', 'production'),
      glance('r3', 'staging'),
      glance('r4', 'staging', { orders: [order] }),
      glance('r5', 'production', { ended: true }),
    ];
    memory.glances.set(repository, new Map(glances) as never);
    const world = { memory, enqueue: (key: Key) => void asked.push(key) } as unknown as World;
    const now = approved();
    const before = now.opened();
    const after = now.change(said(started)).opened();
    wakeNeighbours(world, repository, before, before, true);
    expect(asked).toEqual([]);
    wakeNeighbours(world, repository, before, after, false);
    expect(asked).toEqual(['r2', 'r4'].map((release) => ({ kind: 'release', repository, release })));
  });

  it('G-16: two that were recorded at one time, without knowing of each other, meet', () => {
    const asked: Key[] = [];
    const memory = createMemory();
    const world = { memory, enqueue: (key: Key) => void asked.push(key) } as unknown as World;
    const [old, moved, unrelated] = [
      glance('r2', 'production'),
      glance('r3', 'production'),
      glance('r4', 'staging'),
    ];
    memory.glances.set(repository, new Map([old, moved]) as never);
    const before = approved().opened();
    const after = approved().change(said(started)).opened();
    meetNeighbours(world, repository, before);
    expect(asked).toEqual([]);
    wakeNeighbours(world, repository, before, after, true);
    expect(asked.splice(0).map((key) => 'release' in key && key.release)).toEqual(['r2', 'r3', 'r1']);
    // Its next look finds one that has grown, one that is new, and one that is new elsewhere.
    const grown = [moved[0], { ...moved[1], tip: 'b' }] as const;
    const fresh = glance('r5', 'production');
    memory.glances.set(repository, new Map([old, grown, unrelated, fresh]) as never);
    meetNeighbours(world, repository, after);
    expect(asked.splice(0).map((key) => 'release' in key && key.release)).toEqual(['r3', 'r5']);
    meetNeighbours(world, repository, after);
    expect(asked).toEqual([]);
  });
});
