import { afterAll, expect, test } from 'vitest';
import { startTickingApp, type TickingApp } from '../support/story/ticking-app.ts';
import { byQa, manifestOf } from '../support/whole-product.ts';

const hour = 3_600_000;

let world: TickingApp | undefined;
afterAll(() => world?.close());

const votesIn = (app: TickingApp, release: string) =>
  app.records.events(release).flatMap((event) => {
    if (event.kind === 'vote-cast') return [`${event.body.elector.person.login} ${event.body.choice}`];
    return event.kind === 'vote-withdrawn' ? [`${event.body.person.login} withdraws`] : [];
  });

test('design 6: a process that was down for two days catches up without a single lost vote', async () => {
  world = await startTickingApp();
  const app = world;
  const two = '{ approvers: { from: team:qa, require: 2 } }';
  const plan = manifestOf('r1', { signoff: two, launch: '{ approvers: { from: team:sre, require: 2 } }' });
  await app.as('ada').brings('r1', { 'releases/r1.yml': plan });
  const [signoff, launch] = [await app.issue('signoff'), await app.issue('launch')];
  await app.as('grace').comments(signoff, '/approve');
  await app.stop();
  // Every few hours somebody does something, and nobody listens.
  app.pass(5 * hour);
  await app.as('katherine').comments(signoff, '/approve');
  app.pass(9 * hour);
  await app.as('radia').comments(launch, '/approve');
  await app.as('eve').comments(launch, '/approve');
  app.pass(10 * hour);
  await app.as('tim').comments(launch, '/reject Not on a Friday.');
  app.pass(12 * hour);
  await app.as('alan').brings('r2', { 'releases/r2.yml': manifestOf('r2', { other: byQa }) });
  app.pass(12 * hour);
  app.lines();
  await app.start();
  await app.everyFiveMinutes();

  expect(votesIn(app, 'r1').toSorted()).toEqual([
    'grace approve',
    'katherine approve',
    'radia approve',
    'tim reject',
  ]);
  expect(await app.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
  expect(await app.conclusion('countersign/release/r1/verify/launch')).toBe('failure');
  expect(await app.conclusion('countersign/release/r2/verify/other')).toBe('action_required');
  // Two days of deliveries failed; each was asked for again, and none of them did anything twice.
  const failed = app.requests.filter((line) => /^webhook .* -> 502$/.test(line)).length;
  expect(failed).toBeGreaterThan(5);
  expect(await app.metrics()).toContain(`countersign_redeliveries_total ${failed}`);
  expect(votesIn(app, 'r1')).toHaveLength(4);
  expect(app.lines().filter(({ level }) => level >= 40)).toEqual([]);
  const head = app.records.head();
  await app.everyHour();
  expect(app.records.head()).toBe(head);
});
