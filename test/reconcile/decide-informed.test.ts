import { describe, expect, it } from 'vitest';
import { decideInformed } from '../../src/reconcile/decide-informed.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import type { World } from '../../src/reconcile/world.ts';
import { activity, commit, manifest, releaseWorld } from '../support/release-world.ts';

const at = '2026-11-23T10:00:00Z';

/** Somebody hands their seat to `ghost`, whom nobody has looked up yet. */
function waiting() {
  const world = releaseWorld({ plan: manifest([activity('signoff')]) });
  const { step } = world;
  world.step = () => world;
  world.says('grace', '/delegate @ghost');
  world.step = step;
  world.decision();
  const { 'user:ghost': _, ...resolutions } = world.facts.resolutions;
  return { state: world.opened(), facts: { ...world.facts, resolutions } };
}

/** A custodian ignores a rejection, and nobody knows whether they have committed what is released. */
function overruled() {
  const custodians = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;
  const world = releaseWorld({ plan: manifest([activity('other')]), configuration: { custodians } });
  world.change({ target: { commit: commit('b'), tag: true, since: commit('0') } });
  const target = { kind: 'ref', ref: 'v1', since: 'v0' } as const;
  world.revise(manifest([activity('signoff')], { target })).says('grace', '/reject no');
  world.says('sam', '/ignore it was measured wrongly');
  return { state: world.opened(), facts: world.facts };
}

const branches = { records: 'countersign-records', published: 'main' };

const asking = (answers: object) => {
  let calls = 0;
  const observeRelease = async () => {
    calls += 1;
    return { resolutions: answers };
  };
  const world = { forge: { observeRelease } } as unknown as World;
  return {
    calls: () => calls,
    decide: () => decideInformed(world, 'acme/payments', branches, waiting(), at),
  };
};

describe('what a decision rests on', () => {
  it('is asked for once', async () => {
    const host = asking({ 'user:ghost': { kind: 'missing' } });
    const { decision } = await host.decide();
    expect(decision.refusals).toMatchObject([{ answer: { code: 'not-delegated', why: 'missing' } }]);
    expect(host.calls()).toBe(1);
  });

  it('is not asked for over and over where the answer never comes', async () => {
    const host = asking({});
    await expect(host.decide()).rejects.toThrow('release r1 of acme/payments asks the same again and again');
    expect(host.calls()).toBe(100);
  });

  it('T3: who committed what is released is looked up in the commits, once somebody wants to overrule', async () => {
    const asked: string[] = [];
    const mirror = {
      contains: async (_: string, base: string, target: string) => {
        asked.push(`${base.slice(0, 2)}..${target.slice(0, 2)}`);
        return false;
      },
    };
    const world = { mirror, memory: createMemory() } as unknown as World;
    const first = await decideInformed(world, 'acme/payments', branches, overruled(), at);
    const answers = JSON.stringify(first.decision.refusals);
    expect(answers).toContain('is no commit before the target');
    await decideInformed(world, 'acme/payments', branches, overruled(), at);
    expect(asked).toEqual(['00..bb']);
  });
});
