import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Run, runsOn } from '../support/story/runs.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const base = '/repos/acme/payments';

const manifest = (release: string, given: string, more = '') => `release: ${release}
owner: user:mona
target: { ref: ${release} }
phases:
  production:
    activities:
      signoff:
        approvers: { from: team:qa }
        inputs: { size: { type: dropdown, label: How many, options: [one, all], required: true } }
      deploy:
        needs: signoff
        environment: production
        workflow: deploy.yml
        with: { version: ${given}, size: '\${{ activities.signoff.inputs.size }}' }
${more}`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({}, { from: '2026-11-23T09:00:00Z' });
});
beforeEach(async () => {
  await world.news();
  world.troubles();
});
afterAll(async () => {
  await world.news();
  world.troubles();
  await world.close();
});

const runsOf = (release: string) => runsOn(world.hub, release);

const headOfMain = async () => (await world.hub.get<{ readonly sha: string }>(`${base}/commits/main`)).sha;

const ends = (run: Run | undefined, conclusion: string) => world.as('mona').endsRun(run, conclusion);

/** A release of a commit of its own, up to the moment before the approval. */
const opens = async (release: string, given = "'1.0'", more = '') => {
  const sha = await world.as('ada').pushes('main', { 'app.txt': release });
  await world.as('mona').movesTag(release, sha);
  await world
    .as('ada')
    .brings(`b-${release}`, { [`releases/${release}.yml`]: manifest(release, given, more) });
  return sha;
};

const approves = async (release: string, login = 'grace') =>
  world.as(login).comments(await world.issue('signoff', release), '/approve\nsize: all');

const conclusion = (release: string) => world.conclusion(`countersign/release/${release}/production/deploy`);

describe('T1, T2, T14: a release starts a workflow once its environment is open', () => {
  test('on the approved commit, and the run decides', async () => {
    const more = '      after: { needs: deploy, approvers: { from: team:qa } }\n';
    const sha = await opens('r1', "'1.0'", more);
    expect(await runsOf('r1')).toEqual([]);
    await approves('r1');
    const [run] = await runsOf('r1');
    expect(run).toMatchObject({ head_sha: sha, path: '.github/workflows/deploy.yml', status: 'in_progress' });
    const page = await world.bodyOf(await world.trackingIssue('r1'));
    expect(page).toContain(`[Run ${run?.id}](`);
    expect(await conclusion('r1')).toBe('action_required');

    // Somebody else's run of the same file on the same commit, and a run of another file, say nothing.
    for (const workflow of ['deploy.yml', 'smoke.yml']) await world.as('eve').startsRun(workflow, 'r1');
    await ends(
      (await runsOf('r1')).find(({ status, id }) => status === 'in_progress' && id !== run?.id),
      'success',
    );
    expect(await conclusion('r1')).toBe('action_required');

    await ends(run, 'success');
    expect(await conclusion('r1')).toBe('success');
    expect(await world.conclusion('countersign/environment/production')).toBe('cancelled');
    await world.as('grace').comments(await world.issue('after', 'r1'), '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    expect(world.records.read('releases/r1/RECORD.md')).toContain('deploy starts deploy.yml on r1');
    expect(world.records.read('releases/r1/RECORD.md')).toContain('size');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });

  test('a failed run fails it, and the owner has another one started', async () => {
    await opens('r2');
    await approves('r2');
    await ends((await runsOf('r2'))[0], 'failure');
    expect(await conclusion('r2')).toBe('failure');
    await world.passes('1m');
    await world.as('mona').comments(await world.trackingIssue('r2'), '/retry deploy');
    const [first, second] = await runsOf('r2');
    expect([first?.status, second?.status]).toEqual(['completed', 'in_progress']);
    await ends(second, 'success');
    expect(await world.conclusion('countersign/release/r2')).toBe('success');
  });

  test('what the workflow is given is approved: changing it ends the vote, and nothing is started', async () => {
    const two = (given: string) => manifest('r3', given).replace('team:qa }', 'team:qa, require: 2 }');
    await world.as('mona').movesTag('r3', await world.as('ada').pushes('main', { 'app.txt': 'r3' }));
    await world.as('ada').brings('b-r3', { 'releases/r3.yml': two("'1.0'") });
    await approves('r3');
    await world.as('ada').brings('c-r3', { 'releases/r3.yml': two("'6.6'") });
    await approves('r3', 'katherine');
    expect(await runsOf('r3')).toEqual([]);
    expect(await world.bodyOf(await world.issue('signoff', 'r3'))).toContain('machines.deploy.with.version');
    expect(world.records.kinds('r3')).not.toContain('workflow-ordered');
    await approves('r3');
    expect(await runsOf('r3')).toHaveLength(1);
    expect(world.records.read('releases/r3/RECORD.md')).toContain('6.6');
  });

  test('a tag that moved starts nothing, and says so', async () => {
    await opens('r4');
    await world.as('mona').movesTag('r4', await headOfMain());
    await approves('r4');
    expect(await runsOf('r4')).toEqual([]);
    expect(await world.bodyOf(await world.trackingIssue('r4'))).toContain('r4 means another commit now');
  });
});

describe('never two runs for one attempt, whatever breaks between the order and the answer', () => {
  const on = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';

  test.each([
    ['r5', 'after', 1],
    ['r6', 'before', 0],
  ])('%s: an answer that was lost %s it took effect', async (release, when, started) => {
    await opens(release);
    const fault = [{ on, do: 'cut', when }];
    expect((await world.hub.request('mona', 'POST', '/_local/faults', fault)).status).toBeLessThan(300);
    await approves(release);
    expect(await runsOf(release)).toHaveLength(started);
    await world.passes('3m');
    expect(await runsOf(release)).toHaveLength(1);
    expect(world.records.kinds(release)).toContain('workflow-answered');
    await ends((await runsOf(release))[0], 'success');
    expect(await world.conclusion(`countersign/release/${release}`)).toBe('success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
