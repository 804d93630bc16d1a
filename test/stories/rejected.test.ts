import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
let rejection = 0;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa, legal: byQa }) });
  await world.news();
});
afterAll(() => world.close());

describe('design 3.5: one rejection ends an activity, and nothing later brings it back', () => {
  test('the rejection is counted, the activity and its release turn red, and the issue closes (S-042, S-104)', async () => {
    const signoff = await world.issue('signoff');
    rejection = await world.as('grace').comments(signoff, '/reject The totals are off by one cent.');
    expect(await world.news()).toEqual([
      'closes #3 as not_planned',
      'counts grace on #3',
      'countersign/release/r1/verify/signoff: failure',
      'countersign/release/r1: failure',
    ]);
    expect(await world.bodyOf(3)).toContain('Rejected by grace: The totals are off by one cent.');
    expect(await world.bodyOf(2)).toContain('❌ signoff: Rejected');
  });

  test('an approval that comes later gets an answer and changes nothing', async () => {
    await world.as('katherine').comments(3, '/approve');
    expect(await world.news()).toEqual([
      'refuses katherine on #3',
      'answers katherine on #3: already-decided',
    ]);
  });

  test('it stands whatever becomes of its comment (T15)', async () => {
    await world.as('grace').edits(rejection, '/approve');
    expect(await world.news()).toEqual([]);
    await world.as('mona').removes(rejection);
    expect(await world.news()).toEqual([]);
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('failure');
  });

  test('approving everything else does not make the release a success', async () => {
    await world.as('katherine').comments(await world.issue('legal'), '/approve');
    expect(await world.news()).toEqual([
      'closes #4 as completed',
      'counts katherine on #4',
      'countersign/release/r1/verify/legal: success',
    ]);
    expect(await world.conclusion('countersign/release/r1')).toBe('failure');
  });

  test('the record says who rejected what, why, and when', async () => {
    expect(world.records.kinds('r1')).toEqual([
      'release-opened',
      'activity-activated',
      'activity-activated',
      'release-announced',
      'notice-posted',
      'notice-posted',
      'vote-cast',
      'activity-rejected',
      'vote-cast',
      'activity-approved',
    ]);
    expect(world.records.read('releases/r1/RECORD.md')).toContain(
      'rejected: The totals are off by one cent.',
    );
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
