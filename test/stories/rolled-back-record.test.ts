import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgedBranch } from '../support/story/forgery.ts';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const branch = 'countersign-records';

let world: WholeProduct;
/** What an administrator restores from: any clone has it. */
let good = '';
beforeAll(async () => {
  world = await startWholeProduct();
  const files = {
    'releases/r1.yml': manifestOf('r1', { signoff: byQa, legal: byQa }),
    'releases/r2.yml': manifestOf('r2', { signoff: byQa }),
    'releases/done.yml': manifestOf('done', { signoff: byQa }),
  };
  await world.as('ada').brings('two', files);
  await world.as('grace').comments(await world.issue('signoff', 'r1'), '/reject Not yet.');
  await world.as('grace').comments(await world.issue('signoff', 'done'), '/approve');
  await world.news();
  good = world.records.head() ?? '';
});
afterAll(() => world.close());

const rollBack = () =>
  world.as('eve').movesBranch(branch, world.records.git('rev-parse', `${good}~1`).trim());
const remove = () => world.as('eve').movesBranch(branch, undefined);
const recreate = () =>
  world.as('eve').pushes(branch, forgedBranch(world.records, 'r2', 'signoff', 'grace'), {
    from: 'none',
    force: true,
  });
const restore = () => world.as('mona').movesBranch(branch, good);

const gates = async () => [
  await world.conclusion('countersign/release/r1'),
  await world.conclusion('countersign/release/r2'),
  await world.conclusion('countersign/release/r2/verify/signoff'),
  await world.conclusion('countersign/release/done'),
];
const open = ['failure', 'action_required', 'action_required', 'success'];
const closed = ['failure', 'failure', 'failure', 'failure'];

describe('T8, T9: a records branch that is not what it was closes every gate, until it is restored', () => {
  test.each([
    ['rolled back by a commit', rollBack, 'rolled back'],
    ['deleted', remove, 'rolled back'],
    ['made anew with the attacker’s key', recreate, 'rolled back'],
  ])('%s while the App runs', async (_what, manipulate, words) => {
    await manipulate();
    expect(await gates()).toEqual(closed);
    expect((await world.check('countersign/release/r2'))?.output.summary).toContain(words);
    await world.as('grace').comments(await world.issue('signoff', 'r2'), 'Is it my turn?');
    await restore();
    expect(await gates()).toEqual(open);
    expect(world.troubles().join('\n')).toContain('somebody has to act');
    await world.news();
  });

  test.each([
    ['rolled back by a commit', rollBack],
    ['deleted', remove],
    ['made anew with the attacker’s key', recreate],
  ])('%s before an App starts that has never seen it', async (_what, manipulate) => {
    await world.stopApp();
    await manipulate();
    await world.startApp({ fresh: true });
    expect(await gates()).toEqual(closed);
    await restore();
    expect(await gates()).toEqual(open);
    expect(world.troubles().join('\n')).toContain('somebody has to act');
    await world.news();
  });

  test('a vote that is given meanwhile is not lost', async () => {
    await rollBack();
    await world.as('grace').comments(await world.issue('signoff', 'r2'), '/approve');
    expect(await gates()).toEqual(closed);
    await restore();
    expect(await gates()).toEqual(['failure', 'success', 'success', 'success']);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    world.troubles();
    await world.news();
  });
});
