import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, column, headOf, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());
beforeEach(() => world.heard());

const actions = '/repos/acme/payments/actions';
const held = '.github/workflows/held.yml';

async function dispatch(file: string): Promise<string> {
  const body = { ref: 'main', return_run_details: true };
  const answer = await world.rest('ada', 'POST', `${actions}/workflows/${file}/dispatches`, body);
  expect(answer.status).toBe(200);
  return `${actions}/runs/${numberAt(answer.body, 'workflow_run_id')}`;
}

const see = async (run: string) => {
  const { body } = await world.rest('ada', 'GET', run);
  return [at(body, 'status'), at(body, 'conclusion')];
};

/** Names and conclusions of the checks on the head, as everybody sees them. */
async function checks() {
  const path = `/repos/acme/payments/commits/${await headOf(world, 'acme/payments')}/check-runs`;
  const runs = at((await world.rest('ada', 'GET', path)).body, 'check_runs');
  return column(runs, 'name').map(
    (name, index) => `${String(name)}: ${String(column(runs, 'conclusion')[index])}`,
  );
}

const answer = (who: string, run: string, body: object) =>
  world.rest(who, 'POST', `${run}/deployment_protection_rule`, { environment_name: 'production', ...body });

describe('a workflow without environments', () => {
  it('ends as its script says, and what follows a failed job never runs', async () => {
    const run = await dispatch('broken.yml');
    expect(await see(run)).toEqual(['completed', 'failure']);
    expect(await checks()).toEqual(['build: failure']);
    expect(await world.heard()).toEqual(
      expect.arrayContaining(['workflow_dispatch', 'workflow_run.requested', 'workflow_run.completed']),
    );
  });

  it('needs a branch, a file that exists, and write access', async () => {
    const path = (file: string) => `${actions}/workflows/${file}/dispatches`;
    expect((await world.rest('ada', 'POST', path('none.yml'), { ref: 'main' })).status).toBe(404);
    expect((await world.rest('ada', 'POST', path('broken.yml'), { ref: 'none' })).status).toBe(422);
    expect((await world.rest('rob', 'POST', path('broken.yml'), { ref: 'main' })).status).toBe(403);
    expect((await world.rest('viewer', 'POST', path('broken.yml'), { ref: 'main' })).status).toBe(403);
  });
});

describe('a workflow that is started by a program', () => {
  const path = `${actions}/workflows/held.yml/dispatches`;
  const endRun = (body: object) => world.send('POST', '/_local/end-run', null, body);

  it('runs on a branch or a tag, never on a commit, and takes at most 25 inputs', async () => {
    const sha = await headOf(world, 'acme/payments');
    await world.rest('ada', 'POST', '/repos/acme/payments/git/refs', { ref: 'refs/tags/v1', sha });
    const inputs = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, 'x']));
    for (const body of [{ ref: sha }, { ref: 'refs/notes/main' }, { ref: 'main', inputs }])
      expect((await world.rest('gate', 'POST', path, body)).status).toBe(422);
    const answer = await world.rest('gate', 'POST', path, { ref: 'refs/tags/v1' });
    expect(answer.status).toBe(204);
    const { body } = await world.rest('gate', 'GET', `${actions}/runs?actor=gate[bot]&head_sha=${sha}`);
    expect(at(body, 'workflow_runs.0')).toMatchObject({ head_branch: 'v1', head_sha: sha, path: held });
  });

  it('goes on until somebody ends it, and is found by who started it', async () => {
    const run = await dispatch('held.yml');
    expect(await see(run)).toEqual(['in_progress', null]);
    expect(await world.heard()).toContain('workflow_run.in_progress');
    const query = 'actor=ada&status=in_progress&event=workflow_dispatch';
    const { body } = await world.rest('ada', 'GET', `${actions}/runs?${query}`);
    expect(at(body, 'total_count')).toBe(1);
    const id = Number(run.split('/').at(-1));
    const end = { repository: 'acme/payments', run: id, conclusion: 'timed_out' };
    expect((await endRun({ ...end, run: 9 })).status).toBe(404);
    expect((await endRun(end)).status).toBe(204);
    expect(await see(run)).toEqual(['completed', 'timed_out']);
    expect((await endRun(end)).status).toBe(422);
    expect(await world.heard()).toContain('workflow_run.completed');
  });
});

describe('a job in a protected environment', () => {
  it('waits until the App of the rule approves', async () => {
    const run = await dispatch('release.yml');
    expect(await see(run)).toEqual(['waiting', null]);
    await world.idle();
    const asked = world.hooks.find(
      ({ headers }) => headers['x-github-event'] === 'deployment_protection_rule',
    )?.body;
    expect(textAt(asked, 'deployment_callback_url')).toBe(
      `${world.url()}/api/v3${run}/deployment_protection_rule`,
    );
    expect(at(asked, 'deployment.sha')).toBe(await headOf(world, 'acme/payments'));
    const report = await answer('gate', run, { comment: 'Two approvals are missing.' });
    expect(report.status).toBe(204);
    expect(await see(run)).toEqual(['waiting', null]);
    expect((await answer('gate', run, { state: 'approved', comment: 'Approved.' })).status).toBe(204);
    expect(await see(run)).toEqual(['completed', 'success']);
    expect(await checks()).toEqual(['after: success', 'deploy: success', 'build: success']);
    const deployments = (await world.rest('ada', 'GET', '/repos/acme/payments/deployments')).body;
    const statuses = await world.rest(
      'ada',
      'GET',
      textAt(deployments, '0.statuses_url').replace(/^.*\/api\/v3/, ''),
    );
    expect(column(statuses.body, 'state')).toEqual(['success', 'pending']);
    const approvals = (await world.rest('ada', 'GET', `${run}/approvals`)).body;
    expect(approvals).toMatchObject([{ state: 'approved', user: { login: 'gate[bot]' } }]);
  });

  it('fails when the App rejects, and a second verdict is refused', async () => {
    const run = await dispatch('release.yml');
    await answer('gate', run, { state: 'rejected', comment: 'Rejected.' });
    expect(await see(run)).toEqual(['completed', 'failure']);
    expect((await answer('gate', run, { state: 'approved' })).status).toBe(422);
  });

  it('hears the App of the rule only, and no person', async () => {
    const run = await dispatch('release.yml');
    expect((await answer('mona', run, { state: 'approved' })).status).toBe(403);
    expect((await answer('viewer', run, { state: 'approved' })).status).toBe(403);
    expect((await answer('gate', run, { comment: 'x'.repeat(1_025) })).status).toBe(422);
    for (let index = 0; index < 10; index += 1) await answer('gate', run, { comment: 'Still waiting.' });
    expect((await answer('gate', run, { comment: 'Once more.' })).status).toBe(422);
    expect(await see(run)).toEqual(['waiting', null]);
  });

  it('is shown with its rules', async () => {
    const rules = '/repos/acme/payments/environments/production/deployment_protection_rules';
    expect(
      column(
        at((await world.rest('ada', 'GET', rules)).body, 'custom_deployment_protection_rules'),
        'app.slug',
      ),
    ).toEqual(['gate']);
    expect((await world.rest('ada', 'GET', '/repos/acme/payments/environments/none')).status).toBe(404);
  });
});

describe('a deployment of a program', () => {
  it('has a life of its own', async () => {
    const body = { ref: 'main', environment: 'staging' };
    const made = await world.rest('gate', 'POST', '/repos/acme/payments/deployments', body);
    expect(made.status).toBe(201);
    const path = `/repos/acme/payments/deployments/${numberAt(made.body, 'id')}`;
    expect((await world.rest('gate', 'POST', `${path}/statuses`, { state: 'success' })).status).toBe(201);
    expect(await world.heard()).toEqual(['deployment.created', 'deployment_status.created']);
    expect(column((await world.rest('rob', 'GET', `${path}/statuses`)).body, 'state')).toEqual(['success']);
  });
});
