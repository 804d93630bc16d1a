import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const byTwo = '{ approvers: { from: team:qa, require: 2 } }';
const activities = ['alone', 'last', 'next', 'other'];

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({}, { from: '2026-11-23T09:00:00Z' });
  const files = {
    'releases/r1.yml': manifestOf('r1', {
      alone: byQa,
      last: byTwo,
      next: '{ needs: last, approvers: { from: team:qa } }',
    }),
    'releases/r2.yml': manifestOf('r2', { other: byQa }),
  };
  await world.as('ada').brings('two', files);
  await world.as('eve').opensIssue('Something else', 'It is slow today.');
  await world.news();
});
beforeEach(async () => {
  await world.quiet();
  world.calls();
  world.gitCalls();
  world.webhooks();
});
afterAll(() => world.close());

/** GraphQL and REST, in the order of asking. */
const calls = () => world.calls().map((line) => line.replace(/\d{4,}/g, 'ID'));

describe('design 8: a decision takes at most four calls from the webhook to the green check', () => {
  test('the decisive approval: look, ask who really wrote it, record, show', async () => {
    await world.as('grace').comments(await world.issue('alone'), '/approve');
    expect(calls()).toEqual([
      'POST /api/graphql 200',
      'GET /api/v3/repos/acme/payments/issues/comments/ID 200',
      'POST /api/graphql 200',
      'POST /api/graphql 200',
    ]);
    expect(await world.news()).toContain('countersign/release/r1/verify/alone: success');
    expect(world.records.kinds('r1').slice(-2)).toEqual(['vote-cast', 'activity-approved']);
  });

  test('a vote that decides nothing yet takes the same', async () => {
    await world.as('grace').comments(await world.issue('last'), '/approve');
    expect(calls().length).toBeLessThanOrEqual(4);
    expect(await world.news()).toEqual([`counts grace on #${await world.issue('last')}`]);
  });

  test('where the decision opens the next activity, its issue takes two more', async () => {
    await world.as('katherine').comments(await world.issue('last'), '/approve');
    expect(calls().length).toBeLessThanOrEqual(6);
    expect(await world.news()).toContain('countersign/release/r1/verify/next: action_required');
  });

  test('a comment that is refused is answered with two calls', async () => {
    await world.as('eve').comments(await world.issue('other'), '/approve');
    expect(calls().length).toBeLessThanOrEqual(2);
    expect(await world.news()).toEqual([
      `refuses eve on #${await world.issue('other')}`,
      `answers eve on #${await world.issue('other')}: not-eligible`,
    ]);
  });
});

describe('design 8: an event that can change nothing takes none', () => {
  test('a comment without a command', async () => {
    await world.as('grace').comments(await world.issue('other'), 'I shall look at it tomorrow.');
    expect(world.webhooks()).toEqual(['webhook issue_comment.created -> 200']);
    expect(world.calls()).toEqual([]);
  });

  test('a push to another branch', async () => {
    await world.as('alan').pushes('feature', { 'src/a.js': '// a\n' }, { from: 'origin/main' });
    expect(world.webhooks()).toContain('webhook push -> 200');
    expect(world.calls()).toEqual([]);
  });

  test('a command on an issue that is not ours', async () => {
    const issue = await world.as('eve').opensIssue('Another', '/approve');
    await world.as('grace').comments(issue, '/approve');
    expect(world.calls()).toEqual([]);
  });

  test('our own deeds, which come back as webhooks (pitfall 21)', async () => {
    await world.as('eve').comments(await world.issue('other'), '/help');
    await world.news();
    const shown = world.webhooks().filter((line) => line.includes('issue_comment'));
    expect(shown.length).toBe(1);
    expect(world.calls().length).toBeLessThanOrEqual(2);
  });
});

describe('design 8, G-37: a gate that waits costs nothing', () => {
  test('no timer, no call: only people and the hourly look wake it', () => {
    expect(world.timers()).toEqual([]);
    expect(world.calls()).toEqual([]);
    expect(world.gitCalls()).toEqual([]);
  });

  test('after a restart everything is looked at, and nothing that is right is written again', async () => {
    const before = world.records.head();
    await world.restartApp();
    expect(world.webhooks()).toEqual([]);
    expect(await world.news()).toEqual([]);
    expect(world.records.head()).toBe(before);
  });

  test('every name in the release is there, so that the numbers above count something', async () => {
    for (const activity of activities) expect(await world.issue(activity)).toBeGreaterThan(0);
  });
});
