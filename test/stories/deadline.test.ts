import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const timed = '{ approvers: { from: team:qa, require: 2 }, deadline: 24h, remind: [12h] }';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({}, { from: '2026-11-23T09:00:00Z' });
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: timed }) });
  await world.news();
});
afterAll(() => world.close());

describe('S-086, S-088, T20: a deadline in the whole product, without a webhook and without a poll', () => {
  test('waits, and reminds on the way to it', async () => {
    await world.passes('23h');
    expect(await world.news()).toEqual([expect.stringContaining('says on #3: @')]);
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('action_required');
  });

  test('counts a vote before it, and ends at the moment that was recorded', async () => {
    await world.as('grace').comments(3, '/approve');
    await world.passes('1h');
    expect(await world.news()).toEqual(['counts grace on #3']);
    await world.passes('1m');
    expect(await world.news()).toEqual([
      'closes #3 as not_planned',
      'countersign/release/r1/verify/signoff: timed_out',
      'countersign/release/r1: failure',
    ]);
    expect(world.timers()).toEqual([]);
  });

  test('and who reads the record afterwards comes to the same end', async () => {
    expect(world.records.events('r1').at(-1)).toMatchObject({
      kind: 'activity-expired',
      at: '2026-11-24T09:00:30Z',
      body: { deadline: '2026-11-24T09:00:00Z' },
    });
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
