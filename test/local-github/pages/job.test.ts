import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, numberAt, startWorld, type World } from '../world.ts';
import { signedIn } from './visitor.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const repository = '/repos/acme/payments';

/** A job that waits for production: its run, and the page of its check. */
async function waiting() {
  const body = { ref: 'main', return_run_details: true };
  const path = `${repository}/actions/workflows/release.yml/dispatches`;
  const started = await world.rest('ada', 'POST', path, body);
  const run = `${repository}/actions/runs/${numberAt(started.body, 'workflow_run_id')}`;
  return { run, page: `/acme/payments/runs/${await newest(run)}` };
}

async function newest(run: string): Promise<number> {
  const suite = numberAt((await world.rest('ada', 'GET', run)).body, 'check_suite_id');
  const path = `${repository}/check-suites/${suite}/check-runs?check_name=deploy`;
  return numberAt((await world.rest('ada', 'GET', path)).body, 'check_runs.0.id');
}

const say = (run: string, body: object) =>
  world.rest('gate', 'POST', `${run}/deployment_protection_rule`, {
    environment_name: 'production',
    ...body,
  });

const standing = async (run: string) => {
  const { body } = await world.rest('ada', 'GET', run);
  return `${at(body, 'status')} ${at(body, 'conclusion')} ${at(body, 'run_attempt')}`;
};

describe('the page of a job that waits for an environment', () => {
  it('tells what it waits for, and what Apps said there', async () => {
    const { run, page } = await waiting();
    const rob = await signedIn(world, 'rob');
    expect((await rob.get(page)).text).toContain('The job waits for the rules of this environment.');
    const { body } = await world.rest('ada', 'GET', run);
    const commit = (await rob.get(`/acme/payments/commit/${at(body, 'head_sha')}`)).text;
    expect(commit).toContain('for the rules of production');
    await say(run, { comment: '**Two** approvals are <missing>.' });
    const reported = (await rob.get(page)).text;
    for (const part of ['<strong>Two</strong> approvals', 'reported']) expect(reported).toContain(part);
    expect(reported).not.toContain('<missing>');
    await say(run, { state: 'approved', comment: 'Released.' });
    const passed = (await rob.get(page)).text;
    for (const part of ['approved', 'Released.']) expect(passed).toContain(part);
    expect(passed).not.toContain('waits for');
  });

  it('lets people who can write cancel the run, and start it again', async () => {
    const { run, page } = await waiting();
    const [ada, rob] = await Promise.all([signedIn(world, 'ada'), signedIn(world, 'rob')]);
    expect((await rob.get(page)).text).not.toContain('Cancel run');
    await rob.post(`${page}/cancel`);
    expect(await standing(run)).toBe('waiting null 1');
    expect((await ada.get(page)).text).toContain('Cancel run');
    await ada.post(`${page}/cancel`);
    expect(await standing(run)).toBe('completed cancelled 1');
    expect((await ada.get(page)).text).toContain('Re-run all jobs');
    await rob.post(`${page}/rerun`);
    expect(await standing(run)).toBe('completed cancelled 1');
    await ada.post(`${page}/rerun`);
    expect(await standing(run)).toBe('waiting null 2');
    expect((await ada.get(page)).text).toContain(`/acme/payments/runs/${await newest(run)}`);
  });
});
