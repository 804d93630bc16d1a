import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const check = (activity: string) => `countersign/release/r1/verify/${activity}`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  const activities = {
    two: '{ approvers: { from: team:qa, require: 2 } }',
    late: '{ approvers: { from: team:qa } }',
    most: '{ approvers: { from: team:sre, require: majority } }',
    nobody: '{ approvers: { from: user:ada } }',
    empty: '{ approvers: { from: team:legal } }',
  };
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', activities) });
});
beforeEach(async () => {
  await world.news();
  world.troubles();
});
afterAll(() => world.close());

const moves = async (team: string, login: string, remove: boolean) => {
  await world.hub.request('mona', 'POST', '/_local/team-member', {
    organization: 'acme',
    team,
    login,
    remove,
  });
  await world.quiet();
};

describe('design 3.3: eligibility is asked when a vote is first seen', () => {
  test('leaving the team later does not undo a counted vote (pitfall 12)', async () => {
    const issue = await world.issue('two');
    await world.as('grace').comments(issue, '/approve');
    await moves('qa', 'grace', true);
    await world.as('katherine').comments(issue, '/approve');
    expect(await world.conclusion(check('two'))).toBe('success');
  });

  test('a command that was refused does not come to life when its author joins', async () => {
    const issue = await world.issue('late');
    await world.as('eve').comments(issue, '/approve');
    await moves('qa', 'eve', false);
    expect(await world.conclusion(check('late'))).toBe('action_required');
    await world.as('eve').comments(issue, '/approve');
    expect(await world.conclusion(check('late'))).toBe('success');
  });
});

describe('T12: the denominator never falls', () => {
  test('removing members does not turn a minority into a majority', async () => {
    const issue = await world.issue('most');
    await world.as('radia').comments(issue, '/approve');
    await moves('sre', 'tim', true);
    await moves('sre', 'katherine', true);
    expect(await world.conclusion(check('most'))).toBe('action_required');
    await moves('sre', 'tim', false);
    await world.as('tim').comments(issue, '/approve');
    expect(await world.conclusion(check('most'))).toBe('success');
  });
});

describe('design 3.6: where nobody can approve, the activity says so instead of waiting', () => {
  test('the only approver is the author', async () => {
    expect((await world.check(check('nobody')))?.output.title).toBe('Blocked');
    expect(await world.conclusion(check('nobody'))).toBe('action_required');
  });

  test('a team that does not exist', async () => {
    expect((await world.check(check('empty')))?.output.title).toBe('Blocked');
    expect((await world.check(check('empty')))?.output.summary).toContain('team');
    expect(await world.conclusion('countersign/release/r1')).toBe('action_required');
  });
});
