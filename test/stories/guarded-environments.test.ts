import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const manifest = `release: r1
owner: user:mona
target: { ref: main }
phases:
  production:
    activities:
      vault: { environment: vault }
      deploy: { environment: production }
`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
});
afterAll(() => world.close());

test('T14: whether GitHub itself guards an environment is found out, recorded and shown', async () => {
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifest });
  expect(world.records.kinds('r1').filter((kind) => kind === 'guard-seen')).toHaveLength(2);
  const missing =
    'advisory: our protection rule is not on, its branches are not restricted and administrators may bypass its rules';
  const page = world.records.read('releases/r1/RECORD.md');
  expect(page).toContain('vault is guarded');
  expect(page).toContain(`production is ${missing}`);
  expect(await world.bodyOf(await world.trackingIssue('r1'))).toContain('It is guarded.');
  expect((await world.check('countersign/environment/vault'))?.output.summary).toContain('(guarded)');
  expect((await world.check('countersign/environment/production'))?.output.summary).toContain(missing);
  expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  await world.news();
});
