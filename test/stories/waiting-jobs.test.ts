import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Run, runsOn } from '../support/story/runs.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const base = '/repos/acme/payments';
const gate = 'countersign/environment/vault';

const manifest = (release: string, ship = 'environment: vault') => `release: ${release}
owner: user:mona
target: { ref: ${release} }
phases:
  production:
    activities:
      signoff: { approvers: { from: team:qa } }
      ship: { needs: signoff, ${ship} }
`;

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
const statesOn = async (release: string) =>
  (await runsOf(release)).map(({ status, conclusion }) => conclusion ?? status);

/** Somebody starts the workflow that deploys to the vault. */
const starts = (release: string) => world.as('ada').startsRun('ship.yml', release);
const startsAgain = (run: Run | undefined) => world.as('ada').startsAgain(run);
const ends = (run: Run | undefined, conclusion: string) => world.as('mona').endsRun(run, conclusion);
const troubles = async (...faults: readonly object[]) =>
  expect((await world.hub.request('mona', 'POST', '/_local/faults', faults)).status).toBeLessThan(300);

/** A release of a commit of its own, up to the moment before the approval. */
const opens = async (release: string, ship?: string) => {
  const sha = await world.as('ada').pushes('main', { 'app.txt': release });
  await world.as('mona').movesTag(release, sha);
  await world.as('ada').brings(`b-${release}`, { [`releases/${release}.yml`]: manifest(release, ship) });
};
const approves = async (release: string) =>
  world.as('grace').comments(await world.issue('signoff', release), '/approve');
/** What the App said last of a job that waits or waited. */
const saidOf = async (run: Run | undefined) => {
  const page = await world.hub.get<readonly { readonly comment: string; readonly state: string }[]>(
    `${base}/actions/runs/${run?.id}/approvals`,
  );
  return page.at(-1);
};

describe('T5: an opening lets in one try of one run', () => {
  test('a job waits for the approval, and is let in by it', async () => {
    await opens('r1');
    await starts('r1');
    expect(await statesOn('r1')).toEqual(['waiting']);
    await approves('r1');
    expect(await statesOn('r1')).toEqual(['in_progress']);
    const [run] = await runsOf('r1');
    expect(await saidOf(run)).toMatchObject({
      state: 'approved',
      comment: expect.stringContaining(`Release r1 lets in run ${run?.id}, attempt 1, and nothing else.`),
    });
    const record = world.records.read('releases/r1/RECORD.md');
    expect(record).toContain(`ship lets run ${run?.id}, attempt 1, of .github/workflows/ship.yml`);
    expect(await world.bodyOf(await world.trackingIssue('r1'))).toContain('and lets in nothing else.');
  });

  test('whatever else is started on the commit waits, and is refused once the deployment has ended', async () => {
    await starts('r1');
    await starts('r1');
    await world.as('ada').cancelsRun((await runsOf('r1'))[2]);
    // Nothing of what never was in says anything about the release.
    expect(await statesOn('r1')).toEqual(['in_progress', 'waiting', 'cancelled']);
    const [first, second] = await runsOf('r1');
    await ends(first, 'success');
    expect(await statesOn('r1')).toEqual(['success', 'failure', 'cancelled']);
    expect((await saidOf(second))?.comment).toContain('Not let in. No release has this environment open');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    expect(await world.conclusion(gate)).toBe('cancelled');
  });

  test('finish one release, open another, start the first again: refused', async () => {
    await opens('r2');
    await approves('r2');
    expect(world.records.kinds('r2')).toContain('environment-opened');
    const [first] = await runsOf('r1');
    await startsAgain(first);
    expect(await statesOn('r1')).toEqual(['failure', 'failure', 'cancelled']);
    expect((await saidOf(first))?.state).toBe('rejected');
    await starts('r2');
    expect(await statesOn('r2')).toEqual(['in_progress']);
  });

  test('what failed is let in again only after the owner had it tried again', async () => {
    const [run] = await runsOf('r2');
    await ends(run, 'failure');
    await startsAgain(run);
    expect(await statesOn('r2')).toEqual(['waiting']);
    await world.passes('1m');
    await world.as('mona').comments(await world.trackingIssue('r2'), '/retry ship');
    expect(await statesOn('r2')).toEqual(['in_progress']);
    expect(world.records.read('releases/r2/RECORD.md')).toContain(`ship lets run ${run?.id}, attempt 2, of`);
    await ends((await runsOf('r2'))[0], 'success');
    expect(await world.conclusion('countersign/release/r2')).toBe('success');
  });

  test('a run that is cancelled once it is in does not keep the release for ever', async () => {
    await opens('r3');
    await approves('r3');
    await starts('r3');
    await world.as('mona').cancelsRun((await runsOf('r3'))[0]);
    expect(await world.conclusion('countersign/release/r3/production/ship')).toBe('failure');
  });

  test('an aborted release turns away what waits for it', async () => {
    await opens('r4');
    await starts('r4');
    await world.as('mona').comments(await world.trackingIssue('r4'), '/abort not today');
    expect(await statesOn('r4')).toEqual(['failure']);
  });
});

describe('T14: a release that starts a workflow lets in that run', () => {
  test('and no other, nor the same one again', async () => {
    await opens('r5', 'environment: vault, workflow: ship.yml');
    await starts('r5');
    await approves('r5');
    expect(await statesOn('r5')).toEqual(['waiting', 'in_progress']);
    const [stranger, own] = await runsOf('r5');
    await ends(own, 'failure');
    await startsAgain(own);
    expect(await statesOn('r5')).toEqual(['waiting', 'failure']);
    expect((await saidOf(own))?.comment).toContain('This run was started by a release, and is let in once.');
    await world.passes('1m');
    await world.as('mona').comments(await world.trackingIssue('r5'), '/retry ship');
    expect(await statesOn('r5')).toEqual(['waiting', 'failure', 'in_progress']);
    await ends((await runsOf('r5'))[2], 'success');
    expect(await world.conclusion('countersign/release/r5')).toBe('success');
    expect((await saidOf(stranger))?.state).toBe('rejected');
  });
});

describe('G-16: nothing is lost', () => {
  test('a no does not wait for a host that cannot tell what waits (T5, T17)', async () => {
    await opens('r5b');
    await approves('r5b');
    expect(await world.conclusion(gate)).toBe('success');
    const on = 'GET /repos/{owner}/{repo}/check-suites/{id}/check-runs';
    await troubles({ on, do: 'fail', status: 500, times: 500 });
    await starts('r5b');
    await world.as('mona').comments(await world.trackingIssue('r5b'), '/abort stop it');
    expect(await world.conclusion(gate)).toBe('cancelled');
    await world.hub.request('mona', 'DELETE', '/_local/faults');
    await world.passes('10m');
    expect(await statesOn('r5b')).toEqual(['failure']);
  });

  test('a job that waited before there was a release is let in, and told so though the first answer is lost', async () => {
    await world.passes('1m');
    const sha = await world.as('ada').pushes('main', { 'app.txt': 'r0' });
    await world.as('mona').movesTag('r0', sha);
    await starts('r0');
    await world.as('ada').brings('b-r0', { 'releases/r0.yml': manifest('r0') });
    const on = 'POST /repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule';
    await troubles({ on, do: 'cut', when: 'before' });
    await approves('r0');
    await world.passes('1m');
    expect(await statesOn('r0')).toEqual(['in_progress']);
  });

  test('a job that began to wait while nobody listened is found after the start', async () => {
    await opens('r6');
    await approves('r6');
    await world.stopApp();
    await starts('r6');
    await world.startApp({ fresh: true });
    await world.quiet();
    expect(await statesOn('r6')).toEqual(['in_progress']);
  });

  test('a start opens the release that is to come before it turns anything away', async () => {
    await opens('r9');
    await world.as('mona').comments(await world.trackingIssue('r9'), '/abort a mistake');
    await world.stopApp();
    const again = manifest('r9b').replace('ref: r9b', 'ref: r9');
    await world.hub.push('mona', 'main', { 'releases/r9b.yml': again });
    await starts('r9');
    await world.startApp({ fresh: true });
    await world.quiet();
    expect(await statesOn('r9')).toEqual(['waiting']);
    await approves('r9b');
    expect(await statesOn('r9')).toEqual(['in_progress']);
    // Openings of one second take the environment from each other.
    await world.passes('1m');
  });

  test.each([
    ['r7', 'before'],
    ['r8', 'after'],
  ])(
    '%s: an answer that was lost %s it took effect is given again, and nobody else is let in',
    async (release, when) => {
      await opens(release);
      await approves(release);
      const on = 'POST /repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule';
      // So often that nobody gets through before the second run waits as well.
      await troubles({ on, do: 'cut', when, times: when === 'before' ? 20 : 1 });
      await starts(release);
      expect(await statesOn(release)).toEqual([when === 'before' ? 'waiting' : 'in_progress']);
      expect(world.records.kinds(release)).toContain('run-admitted');
      await starts(release);
      await world.hub.request('mona', 'DELETE', '/_local/faults');
      await world.passes('10m');
      expect(await statesOn(release)).toEqual(['in_progress', 'waiting']);
      expect(world.records.kinds(release).filter((kind) => kind === 'run-admitted')).toHaveLength(1);
      expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    },
  );
});
