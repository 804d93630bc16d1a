import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  const both = {
    'releases/r1.yml': manifestOf('r1', { signoff: byQa }),
    'releases/r2.yml': manifestOf('r2', { signoff: byQa }),
  };
  await world.as('ada').brings('two', both);
  await world.as('grace').comments(await world.issue('signoff', 'r2'), '/approve');
  await world.news();
});
afterAll(() => world.close());

describe('design 2: removing the manifest of an unfinished release cancels it, with a record', () => {
  test('a manifest that is only broken cancels nothing', async () => {
    await world.as('alan').pushes('main', { 'releases/r1.yml': 'release: r1\n' });
    expect(await world.news()).toEqual(['countersign/manifest: failure']);
    expect(await world.conclusion('countersign/release/r1')).toBe('action_required');
  });

  test('its issues close and its checks are cancelled', async () => {
    await world.as('alan').pushes('main', { 'releases/r1.yml': undefined });
    const issues = [await world.trackingIssue('r1'), await world.issue('signoff', 'r1')];
    expect((await world.news()).toSorted()).toEqual([
      ...issues.map((issue) => `closes #${issue} as not_planned`),
      'countersign/release/r1/verify/signoff: cancelled',
      'countersign/release/r1: cancelled',
    ]);
    expect(world.records.kinds('r1').slice(-2)).toEqual(['activity-aborted', 'release-cancelled']);
  });

  test('a release that has succeeded stays a success', async () => {
    await world.as('alan').pushes('main', { 'releases/r2.yml': undefined });
    expect(await world.conclusion('countersign/release/r2')).toBe('success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });

  test('the name of a release is never used again, and the pull request says so', async () => {
    await world.as('ada').brings('again', { 'releases/r1.yml': manifestOf('r1', { other: byQa }) });
    expect(await world.news()).toEqual(['countersign/manifest: failure']);
    expect(world.records.kinds('r1').at(-1)).toBe('release-cancelled');
  });
});
