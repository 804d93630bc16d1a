import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, column, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());
beforeEach(() => world.heard());

const repository = '/repos/acme/payments';

/** Starts a workflow; where its run and the checks of its suite are. */
async function dispatch(file: string) {
  const body = { ref: 'main', return_run_details: true };
  const path = `${repository}/actions/workflows/${file}/dispatches`;
  const started = await world.rest('ada', 'POST', path, body);
  const run = `${repository}/actions/runs/${numberAt(started.body, 'workflow_run_id')}`;
  const shown = (await world.rest('ada', 'GET', run)).body;
  return { run, suite: `${repository}/check-suites/${numberAt(shown, 'check_suite_id')}/check-runs` };
}

const checksIn = async (suite: string): Promise<unknown[]> => {
  const found = at((await world.rest('gate', 'GET', suite)).body, 'check_runs');
  return Array.isArray(found) ? found : [];
};

const jobIn = async (suite: string, name: string): Promise<unknown> =>
  (await checksIn(suite)).find((check) => at(check, 'name') === name);

const approve = (run: string) =>
  world.rest('gate', 'POST', `${run}/deployment_protection_rule`, {
    environment_name: 'production',
    state: 'approved',
  });

describe('a job that waits for its environment', () => {
  it('is a check run that waits, and that tells which deployment it is', async () => {
    const { suite } = await dispatch('release.yml');
    const check = await jobIn(suite, 'deploy');
    expect(check).toMatchObject({ status: 'waiting', conclusion: null, completed_at: null });
    const { body } = await world.rest('gate', 'GET', `${repository}/deployments`);
    expect(at(check, 'deployment')).toMatchObject({
      id: at(body, '0.id'),
      task: 'deploy',
      environment: 'production',
      original_environment: 'production',
      description: null,
      statuses_url: at(body, '0.statuses_url'),
      repository_url: at(body, '0.repository_url'),
    });
    expect(at(check, 'deployment.sha')).toBeUndefined();
    expect(column(await checksIn(suite), 'name')).toEqual(['deploy', 'build']);
    expect(at(await jobIn(suite, 'build'), 'deployment')).toBeUndefined();
  });

  it('ends as that very check run, which keeps its deployment', async () => {
    const { run, suite } = await dispatch('release.yml');
    const before = await jobIn(suite, 'deploy');
    await world.heard();
    await approve(run);
    const after = await jobIn(suite, 'deploy');
    expect(after).toMatchObject({ id: at(before, 'id'), status: 'completed', conclusion: 'success' });
    expect(at(after, 'deployment.id')).toBe(at(before, 'deployment.id'));
    expect((await checksIn(suite)).length).toBe(3);
    expect((await world.heard()).filter((event) => event.startsWith('check_run.'))).toEqual([
      'check_run.completed',
      'check_run.created',
      'check_run.completed',
    ]);
  });

  it('is told by webhook before its rule is asked', async () => {
    await dispatch('release.yml');
    await world.idle();
    const told = world.hooks.filter(({ body }) => at(body, 'check_run.name') === 'deploy');
    expect(column(told, 'body.check_run.status')).toEqual(['waiting']);
    expect(at(told[0], 'body.check_run.check_suite.status')).toBe('waiting');
    const events = world.hooks.map(({ headers }) => headers['x-github-event']);
    expect(events.at(-1)).toBe('deployment_protection_rule');
  });

  it('reads the same in GraphQL, and makes its suite wait', async () => {
    const { suite } = await dispatch('release.yml');
    const id = textAt(await jobIn(suite, 'deploy'), 'node_id');
    const query = `query($id: ID!) { node(id: $id) { ... on CheckRun {
      status conclusion
      checkSuite { status conclusion checkRuns(first: 9, filterBy: { statuses: [WAITING] }) { nodes { name } } }
    } } }`;
    expect(at(await world.graphql('gate', query, { id }), 'data.node')).toEqual({
      status: 'WAITING',
      conclusion: null,
      checkSuite: { status: 'WAITING', conclusion: null, checkRuns: { nodes: [{ name: 'deploy' }] } },
    });
  });
});

describe('a job that is held', () => {
  it('is a check run in progress until somebody ends it', async () => {
    const { run, suite } = await dispatch('held.yml');
    const before = await jobIn(suite, 'deploy');
    expect(before).toMatchObject({ status: 'in_progress', conclusion: null });
    const end = { repository: 'acme/payments', run: Number(run.split('/').at(-1)), conclusion: 'failure' };
    await world.send('POST', '/_local/end-run', null, end);
    const after = await jobIn(suite, 'deploy');
    expect(after).toMatchObject({ id: at(before, 'id'), status: 'completed', conclusion: 'failure' });
  });
});

describe('an App', () => {
  it('cannot say of its own check that it waits', async () => {
    const { body } = await world.rest('gate', 'GET', `${repository}/git/ref/heads/main`);
    const head_sha = textAt(body, 'object.sha');
    const sent = { name: 'gate', head_sha, status: 'waiting' };
    expect((await world.rest('gate', 'POST', `${repository}/check-runs`, sent)).status).toBe(422);
  });

  it('cannot change the check of a job', async () => {
    const { suite } = await dispatch('release.yml');
    const path = `${repository}/check-runs/${numberAt(await jobIn(suite, 'deploy'), 'id')}`;
    expect((await world.rest('gate', 'PATCH', path, { conclusion: 'success' })).status).toBe(403);
  });
});
