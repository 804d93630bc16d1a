import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const worlds: WholeProduct[] = [];
let smooth: WholeProduct;
beforeAll(async () => {
  smooth = await live(none);
});
afterAll(async () => {
  for (const world of worlds) await world.close();
});

type Outage = { begins(world: WholeProduct): Promise<void>; ends(world: WholeProduct): Promise<void> };
const none: Outage = { begins: async () => {}, ends: async () => {} };
const down: Outage = { begins: (world) => world.stopApp(), ends: (world) => world.startApp() };
const gone: Outage = { begins: (world) => world.stopApp(), ends: (world) => world.startApp({ fresh: true }) };

const plan = (instructions: string) =>
  manifestOf('r1', {
    signoff: '{ approvers: { from: team:qa, require: 2 } }',
    legal: '{ approvers: { from: team:sre } }',
    launch: `{ approvers: { from: team:sre }, instructions: ${instructions} }`,
  });

/** People vote, change their minds, say what does not count, and bring in a second release, while nobody may listen. */
async function live(outage: Outage): Promise<WholeProduct> {
  const world = await startWholeProduct();
  worlds.push(world);
  await world.as('ada').brings('r1', { 'releases/r1.yml': plan('Slowly') });
  const [signoff, legal, launch] = [
    await world.issue('signoff'),
    await world.issue('legal'),
    await world.issue('launch'),
  ];
  await world.as('grace').comments(signoff, '/approve');
  await outage.begins(world);
  await world.as('katherine').comments(signoff, '/approve');
  await world.as('eve').comments(legal, '/approve');
  await world.as('tim').comments(legal, '/reject Not like this.');
  await world.as('radia').comments(launch, '/approve\n');
  await world.as('alan').brings('r2', { 'releases/r2.yml': manifestOf('r2', { other: byQa }) });
  await outage.ends(world);
  return world;
}

/** What a record says apart from times, numbers, ids and digests. */
const told = (events: readonly ReleaseEvent[]): readonly string[] =>
  events
    .map((event) => {
      const who =
        event.kind === 'vote-cast' ? ` ${event.body.choice} by ${event.body.elector.person.login}` : '';
      const what = 'activity' in event.body ? ` ${event.body.activity}` : '';
      return `${event.kind}${what}${who}`;
    })
    .toSorted();

const gates = async (world: WholeProduct) => [
  await world.conclusion('countersign/release/r1/verify/signoff'),
  await world.conclusion('countersign/release/r1/verify/legal'),
  await world.conclusion('countersign/release/r1/verify/launch'),
  await world.conclusion('countersign/release/r1'),
  await world.conclusion('countersign/release/r2'),
];

describe('design 6, G-37: whatever happens while the App is down is found when it starts again', () => {
  test.each([
    ['stopped and started', down],
    ['started elsewhere, with nothing but its keys', gone],
  ])('%s: the same record and the same checks as without the outage', async (_what, outage) => {
    const rough = await live(outage);
    expect(told(rough.records.events('r1'))).toEqual(told(smooth.records.events('r1')));
    expect(told(rough.records.events('r2'))).toEqual(told(smooth.records.events('r2')));
    expect(told(rough.records.events('r1'))).toContain('vote-cast legal reject by tim');
    expect(await gates(rough)).toEqual(await gates(smooth));
    expect(await gates(rough)).toEqual(['success', 'failure', 'success', 'failure', 'action_required']);
    expect(await rough.news()).toContain('counts katherine on #3');
    await smooth.news();
    expect((await rough.verify('--key', rough.fingerprint)).code).toBe(0);
  });
});
