import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const manifest = (sha: string) => `release: r1
owner: user:mona
target: { sha: '${sha}' }
phases:
  production:
    activities:
      deploy: { environment: production }
      smoke:
        needs: deploy
        checks: [{ name: smoke-tests, workflow: .github/workflows/smoke.yml }]
        deadline: 4h
      ops: { needs: smoke, approvers: { from: team:sre } }
`;
const smoke = 'countersign/release/r1/production/smoke';

let world: WholeProduct;
let sha: string;
beforeAll(async () => {
  world = await startWholeProduct({}, { from: '2026-11-23T09:00:00Z' });
  sha = (await world.hub.get<{ readonly sha: string }>('/repos/acme/payments/commits/main')).sha;
});
afterAll(() => world.close());

const runs = async (workflow: string) => {
  const path = `/repos/acme/payments/actions/workflows/${workflow}/dispatches`;
  await world.hub.request('eve', 'POST', path, { ref: 'checked' });
  return world.news();
};

const deploys = async () => {
  const path = '/repos/acme/payments/deployments';
  const asked = { ref: sha, environment: 'production', required_contexts: [] };
  const made = await world.hub.request<{ readonly id: number }>('mona', 'POST', path, asked);
  await world.hub.request('mona', 'POST', `${path}/${made.body.id}/statuses`, { state: 'success' });
  return world.news();
};

describe('S-012, T14: operations sign off once a deployment has been verified', () => {
  test('a check from before the deployment verifies nothing', async () => {
    const branch = { ref: 'refs/heads/checked', sha };
    await world.hub.request('mona', 'POST', '/repos/acme/payments/git/refs', branch);
    await runs('smoke.yml');
    await world.as('ada').brings('r1', { 'releases/r1.yml': manifest(sha) });
    await world.passes('1m');
    await deploys();
    expect(await world.conclusion(smoke)).toBe('action_required');
    expect(await world.bodyOf(await world.trackingIssue('r1'))).toContain(
      'Waits until the target has passed smoke-tests of .github/workflows/smoke.yml.',
    );
  });

  test('the check of another workflow neither; that of the named one does', async () => {
    await runs('forged.yml');
    expect(await world.conclusion(smoke)).toBe('action_required');
    await runs('smoke.yml');
    expect(await world.conclusion(smoke)).toBe('success');
    await world.as('radia').comments(await world.issue('ops'), '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    await world.news();
  });

  test('and the record tells it to whoever reads it later', async () => {
    const page = world.records.read('releases/r1/RECORD.md');
    expect(page).toContain('smoke-tests of .github/workflows/smoke.yml ended as success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
