import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Governed, govern } from '../support/story/governed.ts';

let world: Governed;
beforeAll(async () => {
  world = await govern('staged-deployment', {});
});
afterAll(() => world.close());

type Gate = { readonly head_sha: string; readonly conclusion: string };
/** The question that the workflow of the example asks; the target of the newest release is what main holds. */
const gate = async (environment: string) => {
  const path = `/repos/acme/payments/commits/main/check-runs?check_name=countersign/environment/${environment}&app_id=1`;
  return (await world.hub.get<{ readonly check_runs: readonly Gate[] }>(path)).check_runs[0];
};
const conclusion = async (environment: string) => (await gate(environment))?.conclusion;

/** What the workflow of the example does: it asks the gate, and deploys the commit that the gate stands on. */
const deploys = async (environment: string, state: 'success' | 'failure') => {
  const check = await gate(environment);
  expect(check?.conclusion).toBe('success');
  const path = '/repos/acme/payments/deployments';
  const deployment = { ref: check?.head_sha, environment, required_contexts: [] };
  const made = await world.hub.request<{ readonly id: number }>('mona', 'POST', path, deployment);
  await world.hub.request('mona', 'POST', `${path}/${made.body.id}/statuses`, { state });
  await world.quiet();
};

const smokeTests = async () => {
  const path = '/repos/acme/payments/actions/workflows/smoke.yml/dispatches';
  await world.hub.request('eve', 'POST', path, { ref: 'main' });
  await world.quiet();
};

const reachesApproval = async (release: string) => {
  await world.opens('shop-12', release);
  await deploys('staging', 'success');
  await world.says('grace', 'walk-through', '/done\nbrowser: Firefox', release);
  await smokeTests();
  await world.says('radia', 'go-no-go', '/approve', release);
};

describe('a deployment in stages (S-001, S-002, S-004, S-006, S-012, S-017, S-020, S-147, G-16, G-29, G-31)', () => {
  test('opens staging at once, and asks for the walk through only when it is deployed there', async () => {
    await world.opens('shop-12', 'r1');
    expect(await conclusion('staging')).toBe('success');
    expect(await world.stands('r1', 'staging/walk-through')).toBeUndefined();
    await deploys('staging', 'success');
    expect(await conclusion('staging')).toBe('cancelled');
    await world.says('grace', 'walk-through', '/done\nbrowser: Firefox', 'r1');
    expect(await world.stands('r1', 'staging/walk-through')).toBe('success');
  });

  test('a newer release ends one that only waits', async () => {
    await reachesApproval('r2');
    expect(await world.stands('r1')).toBe('cancelled');
    expect(await conclusion('production')).toBe('success');
  });

  test('the window closes the gate, and opens it again on the next morning', async () => {
    await world.passes('6h');
    expect(await conclusion('production')).toBe('action_required');
    expect(await world.bodyOf(await world.trackingIssue('r2'))).toContain(
      'Held until the next change window.',
    );
    await world.passes('17h');
    expect(await conclusion('production')).toBe('success');
  });

  test('the owner tries again what a machine did badly, and operations signs what was tested there', async () => {
    await deploys('production', 'failure');
    expect(await conclusion('production')).not.toBe('success');
    const tracking = await world.trackingIssue('r2');
    await world.as('mona').comments(tracking, '/retry deploy a node was full');
    await deploys('production', 'success');
    expect(await conclusion('production')).toBe('cancelled');
    expect(await world.stands('r2', 'production/hypercare')).toBeUndefined();
    await smokeTests();
    await world.says('tim', 'hypercare', '/approve', 'r2');
    expect(await world.stands('r2')).toBe('success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });

  test('a task that cannot be done keeps customers from it', async () => {
    await world.opens('shop-12', 'r3');
    await deploys('staging', 'success');
    await world.says('grace', 'walk-through', '/reject The checkout hangs in Safari.', 'r3');
    expect(await conclusion('production')).toBe('failure');
  });
});
