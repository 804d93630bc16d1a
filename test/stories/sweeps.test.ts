import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTickingApp, type TickingApp } from '../support/story/ticking-app.ts';
import { byQa, manifestOf } from '../support/whole-product.ts';

const releases = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];

let world: TickingApp;
beforeAll(async () => {
  world = await startTickingApp();
  const files = releases.map((release) => [
    `releases/${release}.yml`,
    manifestOf(release, { [`gate-${release}`]: byQa }),
  ]);
  await world.as('ada').brings('six', Object.fromEntries(files));
  // What moved while they were opened is looked at by the first sweep; from then on nothing moves.
  await world.everyHour();
  await world.everyHour();
});
afterAll(() => world.close());

const gate = (release: string) => world.conclusion(`countersign/release/${release}/verify/gate-${release}`);

/** Everything asked for in one go, each as often as it was. */
async function callsOf(tick: () => Promise<void>): Promise<readonly string[]> {
  world.calls();
  await tick();
  return world.calls().map((line) => line.replace('/api/v3', ''));
}

const lookAround = [
  'GET /app/installations 200',
  'GET /installation/repositories 200',
  'POST /api/graphql 200',
];

describe('design 8: a sweep costs a few calls a repository, however many releases are open', () => {
  test('where nothing moved: one look, two free questions, one fetch, and no release is read', async () => {
    world.gitFetches();
    const calls = await callsOf(world.everyHour);
    expect(calls.toSorted()).toEqual(
      [
        ...lookAround,
        'GET /repos/acme/payments/issues 304',
        'GET /repos/acme/payments/issues/comments 304',
      ].toSorted(),
    );
    expect(world.gitFetches()).toBe(1);
  });

  test('every five minutes: one look into the log of deliveries', async () => {
    expect(await callsOf(world.everyFiveMinutes)).toEqual(['GET /app/hook/deliveries 200']);
  });
});

describe('T6: a webhook may be lost, and nothing changes but the delay', () => {
  test('the next hourly sweep finds the vote, and reads that release alone', async () => {
    await world.trouble({ webhook: 'issue_comment.created', do: 'drop' });
    await world.as('grace').comments(await world.issue('gate-r1'), '/approve');
    expect(await gate('r1')).toBe('action_required');
    const calls = await callsOf(world.everyHour);
    expect(await gate('r1')).toBe('success');
    expect(world.records.kinds('r1')).toContain('activity-approved');
    // Beside the sweep itself: the four calls of a decision, and the look by which the release is closed.
    const sweep = [...lookAround, 'issues', 'comments'];
    expect(calls.length).toBeLessThanOrEqual(sweep.length + 5);
    expect(calls.filter((line) => line.includes('/issues/comments/'))).toHaveLength(1);
  });

  test('so are an edit and a deletion of a vote, which no new comment tells of (pitfall 16)', async () => {
    const [r2, r3] = [await world.issue('gate-r2'), await world.issue('gate-r3')];
    await world.trouble({ webhook: 'issue_comment', do: 'drop', times: 4 });
    const edited = await world.as('grace').comments(r2, '/approve');
    const removed = await world.as('grace').comments(r3, '/approve');
    await world.as('grace').edits(edited, '/approve and more');
    await world.as('grace').removes(removed);
    await world.everyHour();
    expect(await gate('r2')).toBe('action_required');
    expect(world.records.kinds('r2')).toContain('doubt-raised');
    expect(world.records.kinds('r3')).toContain('doubt-raised');
  });

  test('a delivery that failed is repeated within five minutes, once', async () => {
    await world.trouble({ webhook: 'issue_comment.created', do: 'drop' });
    await world.as('katherine').comments(await world.issue('gate-r4'), '/approve');
    expect(await gate('r4')).toBe('action_required');
    const calls = await callsOf(world.everyFiveMinutes);
    expect(calls.filter((line) => line.endsWith('/attempts 202'))).toHaveLength(5 + 1);
    expect(await gate('r4')).toBe('success');
    expect(await callsOf(world.everyFiveMinutes)).toEqual(['GET /app/hook/deliveries 200']);
    expect(await world.metrics()).toContain('countersign_redeliveries_total 6');
  });

  test('a sweep that fails is made up for five minutes later', async () => {
    await world.trouble(
      { webhook: 'issue_comment.created', do: 'drop' },
      { on: 'GET /repos/{owner}/{repo}/issues/comments', do: 'fail' },
    );
    await world.as('grace').comments(await world.issue('gate-r5'), '/approve');
    world.lines();
    await world.everyHour();
    expect(await gate('r5')).toBe('action_required');
    expect(world.lines().filter(({ level }) => level === 40)).toMatchObject([
      { repository: 'acme/payments' },
    ]);
    await world.trouble({ webhook: 'issue_comment.created', do: 'drop' });
    await world.everyFiveMinutes();
    expect(await gate('r5')).toBe('success');
  });
});
