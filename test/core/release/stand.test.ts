import { describe, expect, it } from 'vitest';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { activity, manifest, type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';
import { ruled, ship } from './gates.ts';

const confirm = activity('confirm', { phase: 'after' });
const goOn = { onFailure: { kind: 'continue' } } as const;

/** A release that goes on after it has, or has not, opened what its conditions let it. */
const world = (condition: string, word: string): ReleaseWorld =>
  releaseWorld({ plan: manifest([activity('signoff', goOn), ship({ if: condition }), confirm]) })
    .change(ruled)
    .says('grace', word, {}, 'signoff');
const seen = (now: ReleaseWorld) => elsewhereOf(now.opened())?.environments;

describe('T5: an opening that is skipped (decision 0064)', () => {
  it.each([
    ['because nothing failed', 'failure()', '/approve'],
    ['because of a rejection that was let pass', 'success()', '/reject not this one'],
  ])('has opened nothing, and keeps other releases waiting: %s', (_, condition, word) => {
    const now = world(condition, word);
    expect([now.status('ship'), now.status('confirm')]).toEqual(['skipped', 'waiting']);
    expect(seen(now)).toEqual([{ name: 'production', stand: 'waits' }]);
    now.revise(manifest([activity('signoff', goOn), confirm]));
    expect(seen(now)).toBeUndefined();
  });
});
