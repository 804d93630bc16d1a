import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../support/story/hub.ts';
import { seeComments } from '../support/story/news.ts';
import { startTickingApp, type TickingApp } from '../support/story/ticking-app.ts';
import { byQa, manifestOf } from '../support/whole-product.ts';

let world: TickingApp;
let issue: number;
beforeAll(async () => {
  world = await startTickingApp();
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa }) });
  issue = await world.issue('signoff');
  world.calls();
});
afterAll(() => world.close());

const strangers = ['eve', 'mona', 'alan', 'tim', 'radia'];

/** Says a thousand things that mean nothing, many at a time, as a crowd does. */
async function crowd(): Promise<void> {
  for (let said = 0; said < 1_000; said += 50) {
    const comments = Array.from({ length: 50 }, (_, index) =>
      world.hub.request(
        strangers[index % strangers.length] ?? '',
        'POST',
        `/repos/${repository}/issues/${issue}/comments`,
        { body: `/approve ${said + index}` },
      ),
    );
    for (const { status } of await Promise.all(comments)) expect(status).toBe(201);
  }
  await world.quiet();
}

const isOurs = ({ user }: { readonly user: { readonly login: string } }) => user.login === 'countersign[bot]';

test('T17: a thousand commands of strangers, then one vote: green within the budget, and at most two comments', async () => {
  await crowd();
  // A handful of looks for all of them; each reads the thread, which has ten pages by then.
  const looks = world.lines().filter(({ msg }) => msg === 'reconciled').length;
  expect(looks).toBeLessThanOrEqual(25);
  expect(world.calls().length).toBeLessThanOrEqual(25 * 12);
  expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('action_required');
  world.calls();

  await world.as('grace').comments(issue, '/approve');
  expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
  // The four calls of a decision, and the further ten pages of the thread.
  const calls = world.calls().filter((line) => !line.includes('/check-runs'));
  expect(calls.length).toBeLessThanOrEqual(4 + 10);

  // What it shows is not crowded out by marks for all the others.
  const line = world.lines().find(({ decided }) => Array.isArray(decided));
  expect(line).toMatchObject({
    decided: ['signoff approved'],
    recorded: expect.arrayContaining(['vote-cast']),
  });
  expect(Number(line?.['writes'])).toBeLessThanOrEqual(50 + 10);

  const said = await seeComments(world.hub);
  expect(said.filter(isOurs).length).toBeLessThanOrEqual(2);
  expect(said.filter(({ reactions }) => reactions['+1'] > 0)).toHaveLength(1);
  const votes = world.records.kinds('r1').filter((kind) => kind === 'vote-cast');
  expect(votes).toHaveLength(1);
});
