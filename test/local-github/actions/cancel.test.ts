import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, numberAt, startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const repository = '/repos/acme/payments';

async function dispatch(file: string): Promise<string> {
  const body = { ref: 'main', return_run_details: true };
  const path = `${repository}/actions/workflows/${file}/dispatches`;
  const started = await world.rest('ada', 'POST', path, body);
  await world.heard();
  return `${repository}/actions/runs/${numberAt(started.body, 'workflow_run_id')}`;
}

const see = async (run: string): Promise<unknown> => (await world.rest('gate', 'GET', run)).body;
const cancel = (run: string, who = 'ada') => world.rest(who, 'POST', `${run}/cancel`);

async function checks(run: string): Promise<string[]> {
  const path = `${repository}/check-suites/${numberAt(await see(run), 'check_suite_id')}/check-runs`;
  const found = at((await world.rest('gate', 'GET', path)).body, 'check_runs');
  const ends = column(found, 'conclusion');
  return column(found, 'name').map((name, index) => `${name}: ${ends[index]}`);
}

describe('a run that waits for an environment', () => {
  it('is cancelled with the job that waits, whose deployment failed', async () => {
    const run = await dispatch('release.yml');
    const answer = await cancel(run);
    expect([answer.status, answer.body]).toEqual([202, {}]);
    expect(await see(run)).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(await checks(run)).toEqual(['deploy: cancelled', 'build: success']);
    const deployments = (await world.rest('gate', 'GET', `${repository}/deployments`)).body;
    const path = `${repository}/deployments/${numberAt(deployments, '0.id')}/statuses`;
    expect(column((await world.rest('gate', 'GET', path)).body, 'state')).toEqual(['failure', 'pending']);
    expect(await world.heard()).toEqual([
      'deployment_status.created',
      'check_run.completed',
      'workflow_run.completed',
    ]);
  });

  it('takes no verdict any more, and waits again when it is started again', async () => {
    const run = await dispatch('release.yml');
    await cancel(run);
    const verdict = { environment_name: 'production', state: 'approved' };
    const path = `${run}/deployment_protection_rule`;
    expect((await world.rest('gate', 'POST', path, verdict)).status).toBe(422);
    await world.rest('ada', 'POST', `${run}/rerun`);
    expect(await see(run)).toMatchObject({ status: 'waiting', run_attempt: 2 });
    expect((await world.rest('gate', 'POST', path, verdict)).status).toBe(204);
  });
});

describe('a run that is held', () => {
  it('is cancelled as well, by an App too', async () => {
    const run = await dispatch('held.yml');
    expect((await cancel(run, 'gate')).status).toBe(202);
    expect(await see(run)).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(await checks(run)).toEqual(['deploy: cancelled', 'build: success']);
  });
});

describe('cancelling', () => {
  it('is refused for a run that is over, and without write access', async () => {
    const run = await dispatch('release.yml');
    for (const who of ['rob', 'viewer']) expect((await cancel(run, who)).status).toBe(403);
    expect((await cancel(`${repository}/actions/runs/9`)).status).toBe(404);
    await cancel(run);
    const late = await cancel(run);
    expect([late.status, at(late.body, 'message')]).toEqual([
      409,
      'Cannot cancel a workflow run that is completed.',
    ]);
  });
});
