import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, column, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());
beforeEach(() => world.heard());

const repository = '/repos/acme/payments';

async function dispatch(file: string): Promise<string> {
  const body = { ref: 'main', return_run_details: true };
  const path = `${repository}/actions/workflows/${file}/dispatches`;
  const started = await world.rest('ada', 'POST', path, body);
  return `${repository}/actions/runs/${numberAt(started.body, 'workflow_run_id')}`;
}

const see = async (run: string): Promise<unknown> => (await world.rest('gate', 'GET', run)).body;

const rerun = async (run: string, who = 'mona', body?: object) =>
  world.rest(who, 'POST', `${run}/rerun`, body);

const say = (run: string, state: 'approved' | 'rejected') =>
  world.rest('gate', 'POST', `${run}/deployment_protection_rule`, {
    environment_name: 'production',
    state,
    comment: state,
  });

async function checks(run: string, filter: 'latest' | 'all'): Promise<string[]> {
  const suite = numberAt(await see(run), 'check_suite_id');
  const path = `${repository}/check-suites/${suite}/check-runs?filter=${filter}`;
  const { body } = await world.rest('gate', 'GET', path);
  const found = at(body, 'check_runs');
  const [names, states, ends] = ['name', 'status', 'conclusion'].map((one) => column(found, one));
  return (names ?? []).map((name, index) => `${name}: ${ends?.[index] ?? states?.[index]}`);
}

describe('a run that ended', () => {
  it('starts again as the next attempt of the same run, by whoever asked', async () => {
    const run = await dispatch('broken.yml');
    const before = await see(run);
    expect(before).toMatchObject({ run_attempt: 1, previous_attempt_url: null });
    await world.heard();
    world.clock.now = new Date(world.clock.now.getTime() + 60_000);
    const answer = await rerun(run);
    expect([answer.status, answer.body]).toEqual([201, {}]);
    const after = await see(run);
    for (const same of ['id', 'run_number', 'created_at', 'check_suite_id', 'head_sha', 'actor'])
      expect(at(after, same)).toEqual(at(before, same));
    expect(after).toMatchObject({
      run_attempt: 2,
      run_started_at: '2026-11-23T09:01:00Z',
      triggering_actor: { login: 'mona' },
      actor: { login: 'ada' },
    });
    expect(at(after, 'previous_attempt_url')).toBe(`${at(after, 'url')}/attempts/1`);
    const first = { run_attempt: 1, conclusion: 'failure', triggering_actor: { login: 'ada' } };
    expect(await see(`${run}/attempts/1`)).toMatchObject(first);
    expect(await see(`${run}/attempts/2`)).toEqual(after);
    expect((await world.rest('gate', 'GET', `${run}/attempts/3`)).status).toBe(404);
    const { body } = await world.rest('gate', 'GET', `${repository}/actions/runs`);
    expect(at(body, 'workflow_runs.0')).toEqual(after);
    expect(await world.heard()).toEqual([
      'check_run.created',
      'check_run.completed',
      'workflow_run.completed',
    ]);
  });

  it('has new checks in the suite of the run, of which the newest are shown', async () => {
    const run = await dispatch('broken.yml');
    await rerun(run, 'gate', { enable_debug_logging: true });
    expect(await checks(run, 'latest')).toEqual(['build: failure']);
    expect(await checks(run, 'all')).toEqual(['build: failure', 'build: failure']);
  });

  it('is held once more where its script says so', async () => {
    const run = await dispatch('held.yml');
    const id = Number(run.split('/').at(-1));
    const end = { repository: 'acme/payments', run: id, conclusion: 'success' };
    await world.send('POST', '/_local/end-run', null, end);
    await rerun(run);
    expect(await see(run)).toMatchObject({ status: 'in_progress', conclusion: null, run_attempt: 2 });
    expect(await checks(run, 'latest')).toEqual(['deploy: in_progress', 'build: success']);
  });

  it('needs write access, and a run that is over', async () => {
    const run = await dispatch('release.yml');
    const early = await rerun(run);
    expect([early.status, at(early.body, 'message')]).toEqual([403, 'This workflow is already running']);
    await say(run, 'approved');
    for (const who of ['rob', 'viewer']) expect((await rerun(run, who)).status).toBe(403);
    expect((await rerun(`${repository}/actions/runs/9`)).status).toBe(404);
    expect(await see(run)).toMatchObject({ run_attempt: 1 });
  });
});

describe('a gate of a run that was started again', () => {
  it('is asked anew: a verdict counts for its own attempt', async () => {
    const run = await dispatch('release.yml');
    await say(run, 'rejected');
    expect(await see(run)).toMatchObject({ status: 'completed', conclusion: 'failure' });
    await world.heard();
    await rerun(run);
    expect(await see(run)).toMatchObject({ status: 'waiting', conclusion: null });
    await world.idle();
    const asked = world.hooks.filter(
      ({ headers }) => headers['x-github-event'] === 'deployment_protection_rule',
    );
    const { body } = await world.rest('gate', 'GET', `${repository}/deployments`);
    expect(column(asked, 'body.deployment.id')).toEqual([at(body, '0.id')]);
    expect(at(asked[0], 'body.sender.login')).toBe('mona');
    expect(at(body, '0.id')).not.toBe(at(body, '1.id'));
    expect(await checks(run, 'latest')).toEqual(['deploy: waiting', 'build: success']);
    expect((await say(run, 'approved')).status).toBe(204);
    expect(await see(run)).toMatchObject({ status: 'completed', conclusion: 'success' });
    expect(await checks(run, 'all')).toEqual([
      'after: success',
      'deploy: success',
      'build: success',
      'deploy: failure',
      'build: success',
    ]);
    expect(await world.heard()).toContain('workflow_run.completed');
  });

  it('remembers what was said of the attempts before', async () => {
    const run = await dispatch('release.yml');
    for (const state of ['rejected', 'approved'] as const) {
      await say(run, state);
      await rerun(run);
    }
    expect(column((await world.rest('ada', 'GET', `${run}/approvals`)).body, 'state')).toEqual([
      'rejected',
      'approved',
    ]);
    const report = { environment_name: 'production', comment: 'Still waiting.' };
    for (let index = 0; index < 10; index += 1)
      expect((await world.rest('gate', 'POST', `${run}/deployment_protection_rule`, report)).status).toBe(
        204,
      );
  });
});

describe('the limits of starting again', () => {
  it('are 50 times and 30 days', async () => {
    const run = await dispatch('broken.yml');
    for (let index = 0; index < 50; index += 1) expect((await rerun(run)).status).toBe(201);
    expect((await rerun(run)).status).toBe(403);
    const other = await dispatch('broken.yml');
    const days = 30 * 24 * 60 * 60 * 1_000;
    world.clock.now = new Date(Date.parse(textAt(await see(other), 'created_at')) + days);
    expect((await rerun(other)).status).toBe(201);
    world.clock.now = new Date(world.clock.now.getTime() + 1_000);
    expect((await rerun(other)).status).toBe(403);
  });
});
