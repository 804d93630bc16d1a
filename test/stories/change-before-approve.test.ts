import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
let issue = 0;
let revision = 0;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('r1', { 'releases/r1.yml': plan('Deploy to staging') });
  issue = await world.issue('signoff');
});
beforeEach(async () => {
  await world.news();
});
afterAll(() => world.close());

const plan = (instructions: string) =>
  manifestOf('r1', {
    signoff: `{ approvers: { from: team:qa, require: 2 }, instructions: ${instructions} }`,
    legal: '{ approvers: { from: team:sre } }',
  });

/** The manifest changes what is approved. */
const changes = async (instructions: string) => {
  revision += 1;
  await world.as('ada').brings(`change-${revision}`, { 'releases/r1.yml': plan(instructions) });
};

const scope = async () => /Scope: `([0-9a-f]{7})`/.exec(await world.bodyOf(issue))?.[1];
const votes = () => world.records.kinds('r1').filter((kind) => kind === 'vote-cast').length;

describe('T11: a vote answers what stood there when it was given', () => {
  test('the change comes first, the approval before anybody was told: it does not count', async () => {
    await world.stopApp();
    await changes('Deploy to production');
    await world.as('grace').comments(issue, '/approve');
    await world.startApp();
    const news = await world.news();
    expect(news).toContain(`announces a change on #${issue}`);
    expect(news).toContain(`answers grace on #${issue}: stale-notice`);
    expect(await world.answerOn(issue)).toContain('production');
    expect(votes()).toBe(0);
  });

  test('the approval comes first, the change before it was counted: it does not count either (pitfall 11)', async () => {
    await world.stopApp();
    await world.as('grace').comments(issue, '/approve');
    await changes('Deploy everywhere');
    await world.startApp();
    expect(await world.news()).toContain(`answers grace on #${issue}: stale-notice`);
    expect(votes()).toBe(0);
  });

  test('a digest that is written out must be the one that waits', async () => {
    const old = await scope();
    await changes('Deploy to Mars');
    await world.as('grace').comments(issue, `/approve signoff @${old}`);
    expect(await world.news()).toContain(`answers grace on #${issue}: wrong-scope`);
    await world.as('grace').comments(issue, `/approve signoff @${await scope()}`);
    expect(await world.news()).toEqual([`counts grace on #${issue}`]);
    expect(votes()).toBe(1);
  });

  test('a change after a vote ends it, and shows the difference on the thread (pitfall 8)', async () => {
    await changes('Deploy to Venus');
    expect(await world.news()).toContain(`announces a change on #${issue}`);
    const notice = await world.answerOn(issue);
    expect(notice).toContain('The votes of grace lapsed.');
    expect(notice).toContain('Mars');
    expect(notice).toContain('Venus');
    await world.as('katherine').comments(issue, '/approve');
    expect(await world.bodyOf(issue)).toContain('1 of 2');
    await world.as('grace').comments(issue, '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
  });

  test('a change of something else leaves an approval alone (pitfall 9)', async () => {
    const manifest = plan('Deploy to Venus').replace('team:sre', 'user:tim');
    await world.as('ada').brings('elsewhere', { 'releases/r1.yml': manifest });
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
    expect(await world.news()).toContain(`announces a change on #${await world.issue('legal')}`);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
