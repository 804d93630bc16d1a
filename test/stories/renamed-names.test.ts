import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  const activities = {
    signoff: byQa,
    later: '{ needs: signoff, approvers: { from: team:qa } }',
    ops: '{ approvers: { from: team:sre } }',
  };
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', activities) });
  await world.news();
});
afterAll(() => world.close());

describe('T13: a name that comes to mean somebody else decides nothing', () => {
  test('a team is deleted, and another one takes its name: the activity is blocked, and says so', async () => {
    const team = { organization: 'acme', team: 'qa', members: ['eve', 'grace'] };
    await world.hub.request('mona', 'POST', '/_local/replace-team', team);
    await world.quiet();
    expect(await world.bodyOf(await world.issue('signoff'))).toContain('Blocked');
    expect((await world.check('countersign/release/r1/verify/signoff'))?.output.title).toBe('Blocked');
    expect(world.troubles().join('\n')).toContain('team:qa');
    expect(world.timers()).toEqual([]);
  });

  test('its new members approve nothing, not even those who were members before', async () => {
    await world.as('eve').comments(await world.issue('signoff'), '/approve');
    await world.as('grace').comments(await world.issue('signoff'), '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('action_required');
    expect(world.records.kinds('r1')).not.toContain('vote-cast');
    expect(world.troubles().length).toBeGreaterThan(0);
  });

  test('other teams go on', async () => {
    await world.as('radia').comments(await world.issue('ops'), '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/ops')).toBe('success');
    await world.news();
    world.troubles();
  });
});
