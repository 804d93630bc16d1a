import { describe, expect, it } from 'vitest';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { activity, manifest, type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';
import { job, ruled, ship, told, waiting } from './gates.ts';

const risky = { if: 'failure()' };
const confirm = activity('confirm', { phase: 'after' });

/** A release that goes on after it has, or has not, opened what its conditions let it. */
const world = (...openers: readonly object[]): ReleaseWorld =>
  releaseWorld({ plan: manifest([activity('signoff'), ...openers.map(ship), confirm]) })
    .change(ruled)
    .says('grace', '/approve', {}, 'signoff');
const seen = (now: ReleaseWorld) => elsewhereOf(now.opened())?.environments;
const gate = (now: ReleaseWorld) => now.check('countersign/environment/production')?.conclusion;

describe('T5: an opening that is skipped (decision 0064)', () => {
  it('keeps no other release waiting, and opens nothing', () => {
    const now = world(risky);
    expect([now.status('ship'), now.status('confirm')]).toEqual(['skipped', 'waiting']);
    expect(seen(now)).toEqual([{ name: 'production', stand: 'done', dormant: true }]);
    expect(gate(now)).not.toBe('success');
  });

  it('leaves what else names the environment to be opened', () => {
    const later = { id: 'later', needs: ['confirm'], phase: 'after' };
    expect(seen(world(risky, later))).toMatchObject([{ stand: 'waits' }]);
    expect(seen(world(risky, { id: 'other' }))).toMatchObject([{ stand: 'open' }]);
  });

  it('turns no job away for good: a changed manifest asks the condition anew', () => {
    const now = world(risky).change(waiting(job()));
    expect(told(now)).toEqual(['waits']);
    now.revise(manifest([activity('signoff'), ship(), confirm]));
    expect([now.status('signoff'), now.status('ship')]).toEqual(['waiting', 'pending']);
    expect(seen(now)).toEqual([{ name: 'production', stand: 'waits' }]);
  });
});
