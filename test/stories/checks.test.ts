import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
});
afterAll(() => world.close());

const smoke = '{ name: smoke-tests, workflow: .github/workflows/smoke.yml }';
const conclusion = (activity: string, release: string) =>
  world.conclusion(`countersign/release/${release}/verify/${activity}`);
const dispatch = async (workflow: string) => {
  await world.hub.request('eve', 'POST', `/repos/acme/payments/actions/workflows/${workflow}/dispatches`, {
    ref: 'main',
  });
  return world.news();
};

describe('T14, G-30: an approval that waits for checks of others first', () => {
  test('opens to votes when the named workflow has passed, whatever another one says', async () => {
    const asked = `{ approvers: { from: team:qa }, preconditions: [{ checks: [${smoke}] }] }`;
    await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: asked }) });
    await world.news();
    const issue = await world.issue('signoff', 'r1');
    expect(await world.bodyOf(issue)).toContain(
      '**⏸️ On hold.** Waiting until the target has passed smoke-tests',
    );

    await world.as('grace').comments(issue, '/approve');
    await world.news();
    expect(await world.answerOn(issue)).toContain('first the target has to pass smoke-tests');

    await dispatch('forged.yml');
    expect(await world.bodyOf(issue)).toContain('On hold');
    await dispatch('smoke.yml');
    const page = await world.bodyOf(issue);
    expect(page).toContain('Awaiting approval');
    expect(page).toMatch(/- ✅ smoke-tests of \.github\/workflows\/smoke\.yml: \[success\]/);

    await world.as('grace').comments(issue, '/approve');
    await world.news();
    expect(await conclusion('signoff', 'r1')).toBe('success');
    expect(world.records.kinds('r1')).toContain('preconditions-met');
    expect(world.records.read('releases/r1/RECORD.md')).toContain(
      'smoke-tests of .github/workflows/smoke.yml ended as success',
    );
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });

  test('a waiting release costs no call, and an event about it two', async () => {
    const asked = '{ approvers: { from: team:qa }, preconditions: { checks: smoke-tests } }';
    await world.as('ada').pushes('main', { 'app.txt': 'two' });
    await world.as('ada').brings('r2', { 'releases/r2.yml': manifestOf('r2', { signoff: asked }) });
    await world.news();
    expect(await world.bodyOf(await world.issue('signoff', 'r2'))).toContain('advisory');
    world.calls();
    await dispatch('broken.yml');
    expect(await world.bodyOf(await world.issue('signoff', 'r2'))).toContain('- ❌ smoke-tests');
    // Two reads, one commit, one document with the changed views.
    expect(world.calls()).toHaveLength(4);
  });
});
