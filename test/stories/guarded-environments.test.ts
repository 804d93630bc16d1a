import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const manifest = (release: string) => `release: ${release}
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
  world = await startWholeProduct({}, { from: '2026-11-23T09:00:00Z' });
});
afterAll(() => world.close());

test('T14: whether GitHub itself guards an environment is found out, recorded and shown', async () => {
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifest('r1') });
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

const floors = `floors: { for: { environment: '*' }, guarded: required }
`;
const gate = 'countersign/environment/production';
/** `vault` is guarded, and opens at once. */
const openings = () => world.records.kinds('r2').filter((kind) => kind === 'environment-opened').length;
/** What an administrator clicks on the page of the environment. */
const setUp = (settings: object) =>
  world.hub.request('mona', 'POST', '/_local/environment', {
    ...{ repository: 'acme/payments', name: 'production' },
    ...settings,
  });

test('T14: a floor demands it: what is open stays open, and nothing that is advisory opens any more', async () => {
  await world.as('ada').brings('floors', { '.github/countersign.yml': floors });
  expect(world.records.kinds('r1')).toContain('manifest-revised');
  expect(await world.conclusion(gate)).toBe('success');
  await world.as('ada').brings('r2', { 'releases/r2.yml': manifest('r2') });
  expect(await world.conclusion(gate)).toBe('action_required');
  expect((await world.check(gate))?.output.summary).toContain(
    'has not opened it yet (a floor demands that GitHub guards it: advisory: our protection rule is not on',
  );
  expect(openings()).toBe(1);
  expect(await world.bodyOf(await world.trackingIssue('r2'))).toContain(
    'In Settings → Environments → production, turn on the deployment protection rule of this App, restrict its deployment branches and tags and no longer allow administrators to bypass its rules.',
  );
});

test('T14: it opens after somebody has set everything up, and not before', async () => {
  const most = { 'protection-rules': ['countersign'], branches: 'protected' };
  await setUp(most);
  await world.passes('15m');
  expect(openings()).toBe(1);
  expect(await world.bodyOf(await world.trackingIssue('r2'))).toContain(
    'In Settings → Environments → production, no longer allow administrators to bypass its rules.',
  );
  await setUp({ ...most, 'admins-bypass': false });
  await world.passes('15m');
  expect(openings()).toBe(2);
  const page = world.records.read('releases/r2/RECORD.md');
  for (const words of ['production is advisory: administrators may bypass', 'production is guarded'])
    expect(page).toContain(words);
  expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  await world.news();
});
