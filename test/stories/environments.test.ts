import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const configuration = `custodians: { from: team:sre, require: 2 }
floors:
  - for: { environment: production }
    activities: signoff
freezes: { name: Year end, from: 2026-11-24T00:00:00Z, until: 2026-11-25T00:00:00Z, environments: production }
`;

const manifest = (release: string, sha: string, more = '', owner = 'user:mona') => `release: ${release}
owner: ${owner}
target: { sha: '${sha}' }
${more}phases:
  verify:
    activities:
      signoff: { approvers: { from: team:qa } }
  production:
    needs: verify
    activities:
      deploy: { environment: Production }
`;
const gate = 'countersign/environment/production';

let world: WholeProduct;
let sha: string;
beforeAll(async () => {
  world = await startWholeProduct(
    { '.github/countersign.yml': configuration },
    { from: '2026-11-23T09:00:00Z' },
  );
  sha = (await world.hub.get<{ readonly sha: string }>('/repos/acme/payments/commits/main')).sha;
});
afterAll(() => world.close());

/** What a CI workflow does that deploys by itself. */
const deploys = async (environment: string, state: 'success' | 'failure') => {
  const path = '/repos/acme/payments/deployments';
  const deployment = { ref: sha, environment, required_contexts: [] };
  const made = await world.hub.request<{ readonly id: number }>('mona', 'POST', path, deployment);
  expect(made.status).toBe(201);
  await world.hub.request('mona', 'POST', `${path}/${made.body.id}/statuses`, { state });
  await world.quiet();
};

describe('S-020, T1, T5: a release opens an environment', () => {
  test('it waits until people have approved what the floor demands', async () => {
    await world.as('ada').brings('r1', { 'releases/r1.yml': manifest('r1', sha) });
    expect(await world.conclusion(gate)).toBe('action_required');
    await world.as('grace').comments(await world.issue('signoff'), '/approve');
    expect(await world.conclusion(gate)).toBe('success');
    expect(await world.bodyOf(await world.trackingIssue('r1'))).toContain('deploy: Running');
    await world.news();
  });

  test('another release of the same commit shuts it, until that one has opened it too', async () => {
    await world.as('ada').brings('r2', { 'releases/r2.yml': manifest('r2', sha) });
    expect(await world.conclusion(gate)).toBe('action_required');
    expect((await world.check(gate))?.output.title).toBe('Shut: r2 has not opened it yet');
    await world.as('grace').comments(await world.issue('signoff', 'r2'), '/reject not this one');
    expect(await world.conclusion(gate)).toBe('failure');
    await world.as('mona').comments(await world.trackingIssue('r2'), '/abort it was a mistake');
    expect(await world.conclusion(gate)).toBe('success');
    await world.news();
  });

  test('a freeze shuts it, and custodians open it in spite of that, which somebody has to review', async () => {
    await world.passes('15h');
    expect(await world.conclusion(gate)).toBe('action_required');
    const tracking = await world.trackingIssue('r1');
    expect(await world.bodyOf(tracking)).toContain('Held by the freeze "Year end"');
    await world.as('mona').comments(tracking, '/override deploy it is urgent');
    expect(await world.conclusion(gate)).toBe('action_required');
    for (const login of ['radia', 'tim'])
      await world.as(login).comments(tracking, '/override deploy a customer is down');
    expect(await world.conclusion(gate)).toBe('success');
    await world.news();
  });

  test('the deployment ends it; the review is what is left', async () => {
    await deploys('production', 'success');
    expect(await world.conclusion(gate)).toBe('cancelled');
    const review = await world.issue('deploy-follow-up');
    expect(await world.bodyOf(review)).toContain('activity `deploy-follow-up`');
    for (const login of ['radia', 'tim']) await world.as(login).comments(review, '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    await world.news();
  });

  test('and the record tells all of it to whoever reads it later', async () => {
    expect(world.records.read('releases/r1/RECORD.md')).toContain('deploy opens Production');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
