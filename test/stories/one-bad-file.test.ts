import { afterAll, beforeAll, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  for (const name of ['r1', 'r2'])
    await world.as('ada').brings(name, { [`releases/${name}.yml`]: manifestOf(name, { signoff: byQa }) });
  await world.news();
});
afterAll(() => world.close());

const listed = 'release: r9\ntarget: { ref: v1 }\nphases: { verify: [] }\n';

test('T17: a list where keys belong fails its own pull request and keeps nobody else waiting', async () => {
  const issue = await world.issue('signoff', 'r1');
  await world.as('alan').opensPull('slip', { 'releases/r9.yml': listed });
  expect(await world.news()).toEqual(['countersign/manifest: failure']);
  await world.as('ada').opensPull('fine', { 'releases/r8.yml': manifestOf('r8', { signoff: byQa }) });
  expect(await world.news()).toEqual(['countersign/manifest: success']);
  await world.as('grace').comments(issue, '/approve');
  await world.news();
  expect(await world.conclusion('countersign/release/r1')).toBe('success');
});

test('T17: once on the default branch, it stops no other release', async () => {
  const issue = await world.issue('signoff', 'r2');
  await world.as('ada').pushes('main', { 'releases/r9.yml': listed });
  await world.news();
  await world.as('grace').comments(issue, '/approve');
  await world.news();
  expect(await world.conclusion('countersign/release/r2')).toBe('success');
});
