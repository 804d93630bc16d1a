import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../support/story/hub.ts';
import { startTickingApp, type TickingApp } from '../support/story/ticking-app.ts';
import { byQa, manifestOf } from '../support/whole-product.ts';

let world: TickingApp;
let issue: number;
let head: string;

/** 5,000 calls an hour, of which so many are said to be left, whatever is asked. */
const leftOfTheHour = (remaining: number) =>
  world.trouble({ on: '*', times: 100_000, do: 'scarce', remaining });

beforeAll(async () => {
  world = await startTickingApp();
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa }) });
  issue = await world.issue('signoff');
  await leftOfTheHour(900);
  await world.as('ada').opensPull('r2', { 'releases/r2.yml': manifestOf('r2', { review: byQa }) });
  head = world.records.git('rev-parse', 'refs/heads/r2').trim();
});
afterAll(() => world.close());

const manifestCheck = async () => {
  const path = `/repos/${repository}/commits/${head}/check-runs`;
  const { check_runs: runs } = await world.hub.get<{
    readonly check_runs: readonly { readonly conclusion: string }[];
  }>(path);
  return runs.map(({ conclusion }) => conclusion);
};

test('T17: nearly nothing is left of the hour, and the check of a pull request waits for the next', async () => {
  expect(await manifestCheck()).toEqual([]);
  const last = world.lines().at(-1);
  expect(last).toMatchObject({ key: repository, outcome: 'retry', calls: 1, writes: 0 });
  expect(last?.['why']).toBe('checks of pull requests wait for the next quota');
});

test('T17: so does another commit of it, what strangers say, and the hourly sweep', async () => {
  world.calls();
  await world.as('ada').pushes('r2', { 'notes.md': 'Notes\n' });
  for (const login of ['eve', 'alan', 'radia']) await world.as(login).comments(issue, '/approve');
  expect(world.calls()).toEqual([]);
  await world.everyHour();
  expect(world.calls().toSorted()).toEqual([
    'GET /api/v3/app/installations 200',
    'GET /api/v3/installation/repositories 200',
  ]);
  expect(world.lines().find(({ sweep }) => sweep === 'repositories')).toMatchObject({
    postponed: 1,
    failed: 0,
  });
});

test('T17: a vote still turns its check green at once, in four calls', async () => {
  world.calls();
  await world.as('grace').comments(issue, '/approve');
  expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
  expect(world.records.kinds('r1')).toContain('activity-approved');
  // And the look by which the release is closed.
  expect(world.calls().length).toBeLessThanOrEqual(4 + 1);
});

test('T17: and a push still brings a release in, past the pull request that waits', async () => {
  await world.as('ada').pushes('main', { 'releases/r3.yml': manifestOf('r3', { release: byQa }) });
  expect(await world.conclusion('countersign/release/r3/verify/release')).toBe('action_required');
  expect(await manifestCheck()).toEqual([]);
});

test('T17: with a new quota everything is made up for', async () => {
  await world.hub.request('mona', 'DELETE', '/_local/faults');
  head = world.records.git('rev-parse', 'refs/heads/r2').trim();
  // The host tells the end of its hour in whole seconds.
  world.pass(2_000);
  await world.everyHour();
  expect(await manifestCheck()).toEqual(['success']);
  expect(world.lines().find(({ sweep }) => sweep === 'repositories')).toMatchObject({ postponed: 0 });
});
