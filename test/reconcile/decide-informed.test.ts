import { describe, expect, it } from 'vitest';
import { decideInformed } from '../../src/reconcile/decide-informed.ts';
import type { World } from '../../src/reconcile/world.ts';
import { activity, manifest, releaseWorld } from '../support/release-world.ts';

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

const asking = (answers: object) => {
  let calls = 0;
  const observeRelease = async () => {
    calls += 1;
    return { resolutions: answers };
  };
  const world = { forge: { observeRelease } } as unknown as World;
  return {
    calls: () => calls,
    decide: () => decideInformed(world, 'acme/payments', 'countersign-records', waiting(), at),
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
});
