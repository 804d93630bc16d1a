import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const gate = 'countersign/environment/production';
const head = '/repos/acme/payments/commits/main';
const deploy = '      deploy: { environment: production }\n';
const manifest = (release: string, sha: string, activities = deploy) => `release: ${release}
owner: user:mona
target: { sha: '${sha}' }
phases:
  production:
    activities:
      watch: { checks: something }
${activities}`;

let world: WholeProduct;
let first = '';
let second = '';
beforeAll(async () => {
  world = await startWholeProduct({}, { from: '2026-11-23T09:00:00Z' });
  first = (await world.hub.get<{ readonly sha: string }>(head)).sha;
  await world.as('ada').pushes('main', { 'app.txt': 'two' });
  second = (await world.hub.get<{ readonly sha: string }>(head)).sha;
});
afterAll(() => world.close());

/** What whoever deploys a commit sees there. */
const gateOn = async (sha: string) => {
  const path = `/repos/acme/payments/commits/${sha}/check-runs?check_name=${encodeURIComponent(gate)}&filter=latest`;
  type Runs = { readonly check_runs: readonly { readonly id: number; readonly conclusion: string }[] };
  const { check_runs } = await world.hub.get<Runs>(path);
  return check_runs.toSorted((a, b) => b.id - a.id)[0]?.conclusion;
};

describe('T5: the check of a former target does not stay green', () => {
  test('a revision changes the target', async () => {
    await world.as('ada').brings('r1', { 'releases/r1.yml': manifest('r1', first) });
    expect(await gateOn(first)).toBe('success');
    await world.as('ada').brings('r1-b', { 'releases/r1.yml': manifest('r1', second) });
    expect([await gateOn(first), await gateOn(second)]).toEqual(['cancelled', 'success']);
    await world.news();
  });

  test('another one removes the activity too, while nobody looks', async () => {
    await world.stopApp();
    await world.as('ada').brings('r1-c', { 'releases/r1.yml': manifest('r1', first, '') });
    expect(await gateOn(second)).toBe('success');
    await world.startApp({ fresh: true });
    await world.quiet();
    expect([await gateOn(first), await gateOn(second)]).toEqual(['cancelled', 'cancelled']);
    await world.news();
  });

  test('a release that names no environment leaves the check of another one alone', async () => {
    await world.as('ada').brings('r2', { 'releases/r2.yml': manifest('r2', first) });
    expect(await gateOn(first)).toBe('success');
    await world
      .as('ada')
      .brings('r1-d', { 'releases/r1.yml': `${manifest('r1', first, '')}    title: Again\n` });
    expect(await gateOn(first)).toBe('success');
    await world.news();
    world.troubles();
  });
});
